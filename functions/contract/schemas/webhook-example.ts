import * as z from "zod";
import type { SecretsApiDeps } from "../../api/env.ts";
import { schemaOf } from "./schema-of.ts";
import { count, sentence } from "./values.ts";

export const webhookExample = schemaOf<Awaited<ReturnType<SecretsApiDeps["sendExample"]>>>()(
  z.strictObject({
    deliveryId: z.string().regex(/^msg_example_/),
    outcome: sentence,
    statusCode: z.int().min(100).max(999).exactOptional(),
    durationMilliseconds: count,
  }),
).meta({ id: "WebhookExample" });
