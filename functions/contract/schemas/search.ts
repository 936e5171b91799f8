import * as z from "zod";
import { matches } from "../../domain/connections/matches.ts";
import { connection } from "./connection.ts";
import { listOf } from "./values.ts";

const matched = z.enum(matches).meta({ id: "Match" });

export const searchResult = listOf(z.strictObject({ matched, connection })).meta({ id: "SearchResult" });
