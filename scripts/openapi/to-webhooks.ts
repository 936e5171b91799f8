import type { ZodOpenApiPathItemObject } from "zod-openapi";
import {
  canceledConnection,
  exampleDelivery,
  failedConnection,
  readyConnection,
  unknownConnection,
} from "../../functions/contract/examples.ts";
import { webhookEvents } from "../../functions/contract/schemas/webhook-event.ts";
import { type OutcomeStatus, outcomeStatuses } from "../../functions/domain/record/status.ts";

const told: Record<OutcomeStatus, { summary: string; data: { completedAt: string } }> = {
  succeeded: { summary: "A connection is ready at the vendor", data: readyConnection },
  failed: { summary: "A request has ended without a connection", data: failedConnection },
  canceled: {
    summary: "A request was canceled before the vendor was asked",
    data: canceledConnection,
  },
  unknown: {
    summary: "Whether there is a connection could not be decided safely: a person must look",
    data: unknownConnection,
  },
};

const headers = [
  {
    name: "webhook-id",
    description: "The same at every attempt: by it a receiver knows what it has seen already.",
    schema: { type: "string" },
    example: exampleDelivery.id,
  },
  {
    name: "webhook-timestamp",
    description:
      "When this attempt was signed, in seconds since 1970. One of more than five minutes ago is to be refused.",
    schema: { type: "string", pattern: String.raw`^\d+$` },
    example: "1795163453",
  },
  {
    name: "webhook-signature",
    description:
      "`v1,` and the base64 of an HMAC-SHA256 over `<webhook-id>.<webhook-timestamp>.<body>`, by the tenant's secret; while a secret is being replaced one for each, with a space between.",
    schema: { type: "string" },
    example: "v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=",
  },
] as const;

/** What is sent to a callback, by how the request ended. */
export function toWebhooks(): Record<string, ZodOpenApiPathItemObject> {
  return Object.fromEntries(
    outcomeStatuses.map((status) => [`vpn_connection.${status}`, { post: toDelivery(status) }]),
  );
}

function toDelivery(status: OutcomeStatus) {
  const { summary, data } = told[status];
  const example = { type: `vpn_connection.${status}`, timestamp: data.completedAt, data };
  return {
    operationId: `on${status[0]?.toUpperCase()}${status.slice(1)}`,
    tags: ["Webhooks"],
    summary,
    description:
      "Signed by Standard Webhooks 1.0. Answer within 15 s; what is not a 2xx is sent again: eight attempts in all, over 27 hours, each with a `webhook-timestamp` of its own. `data` is read anew for each, `timestamp` is when the request ended. Of two about one request, the newer has the higher `data.revision`.",
    security: [],
    parameters: headers.map((header) => ({ in: "header" as const, required: true, ...header })),
    requestBody: {
      required: true,
      content: { "application/json": { schema: webhookEvents[status], example } },
    },
    responses: {
      "2XX": { description: "Taken. The body is not read." },
      "410": { description: "Not wanted any more: this webhook is not sent again." },
    },
  };
}
