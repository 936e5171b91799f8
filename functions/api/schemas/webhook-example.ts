import * as z from "zod";
import type { SecretsApiDeps } from "../env.ts";
import { describes } from "./describes.ts";
import { count, sentence } from "./values.ts";

export const webhookExample = describes<Awaited<ReturnType<SecretsApiDeps["sendExample"]>>>()(
  z.strictObject({
    deliveryId: z.string().regex(/^msg_example_/),
    outcome: sentence,
    statusCode: z.int().min(100).max(999).exactOptional(),
    durationMilliseconds: count,
  }),
).meta({ id: "WebhookExample" });
