import * as z from "zod";
import { attentionReasons } from "../../domain/connections/attention-reasons.ts";
import { connection } from "./connection.ts";
import { listOf, sentence } from "./values.ts";

const reason = z.enum(attentionReasons);

export const attention = listOf(z.strictObject({ reason, action: sentence, connection })).meta({ id: "Attention" });
