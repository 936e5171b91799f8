import * as z from "zod";
import { outcomeStatuses } from "../../domain/record/status.ts";
import { callbackUrl } from "../../domain/request/create-request.ts";
import { defineRoute } from "../route.ts";
import { webhookExample } from "../schemas/webhook-example.ts";

const body = z
  .strictObject({
    /** How the example ended. */
    status: z.enum(outcomeStatuses).default("succeeded"),
    url: callbackUrl.exactOptional(),
  })
  .meta({ id: "WebhookExampleRequest" });

export const sendWebhookExample = defineRoute({
  method: "POST",
  path: "/v1/webhooks/example",
  app: "examples",
  scope: "connections:write",
  summary: "Send a signed example, to the tenant's own endpoint or a URL, and see what came of it",
  body,
  answers: { 200: webhookExample },
  problems: [409],
  examples: {
    body: { status: "failed", url: "https://hooks.example.com/vpn" },
    answers: { 200: { deliveryId: "msg_example_1", outcome: "ok", statusCode: 204, durationMilliseconds: 38 } },
  },
});
