import * as z from "zod";
import type { Attention } from "../../domain/connections/list-attention.ts";
import { connection } from "./connection.ts";
import { schemaOf } from "./schema-of.ts";
import { listOf, sentence } from "./values.ts";

const reason = schemaOf<Attention["reason"]>()(z.enum(["unknown", "past_deadline", "queued_too_long", "not_started"]));

export const attention = listOf(z.strictObject({ reason, action: sentence, connection })).meta({ id: "Attention" });
