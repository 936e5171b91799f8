import { canceledConnection, exampleReason, redrivenConnection } from "../examples.ts";
import { defineRoute } from "../route.ts";
import { changedConnection } from "../schemas/connection.ts";
import { optionalReason, requiredReason } from "../schemas/fields.ts";

export const cancelConnection = defineRoute({
  method: "POST",
  path: "/v1/vpn-connections/:id/cancel",
  app: "api",
  scope: "connections:write",
  operators: true,
  whileSuspended: true,
  summary:
    "End a request that the vendor has not been asked about; may be sent twice. Without connections:read a receipt",
  body: optionalReason,
  takes: ["If-Match"],
  answers: { 200: changedConnection },
  gives: { 200: ["ETag", "Retry-After?"] },
  problems: [404, 409],
  examples: {
    body: exampleReason,
    answers: {
      200: canceledConnection,
    },
  },
});

export const redriveConnection = defineRoute({
  method: "POST",
  path: "/v1/vpn-connections/:id/redrive",
  app: "api",
  scope: "connections:write",
  operators: true,
  summary:
    "Run a failed or unknown request again, which looks up before it creates; may be sent twice. Without connections:read a receipt",
  body: requiredReason,
  takes: ["If-Match"],
  answers: { 202: changedConnection },
  gives: { 202: ["ETag", "Retry-After?"] },
  problems: [404, 409],
  examples: { body: exampleReason, answers: { 202: redrivenConnection } },
});
