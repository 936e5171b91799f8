import * as z from "zod";
import type { ExampleSent } from "../../domain/record/example-connection.ts";
import { schemaOf } from "./schema-of.ts";
import { count, sentence } from "./values.ts";

export const webhookExample = schemaOf<ExampleSent>()(
  z.strictObject({
    deliveryId: z.string().regex(/^msg_example_/),
    outcome: sentence,
    statusCode: z.int().min(100).max(999).exactOptional(),
    durationMilliseconds: count,
  }),
).meta({ id: "WebhookExample" });
