import { acceptedConnection, exampleRequest } from "../examples.ts";
import { defineRoute } from "../route.ts";
import { connection } from "../schemas/connection.ts";
import { createRequest } from "../schemas/create-request.ts";

export const createConnection = defineRoute({
  method: "POST",
  path: "/v1/vpn-connections",
  app: "api",
  scope: "connections:write",
  summary:
    "Accept a request: the same clientToken again is the same answer, with Idempotent-Replayed, and never a second connection",
  body: createRequest,
  takes: ["Idempotency-Key"],
  answers: { 202: connection },
  gives: { 202: ["Location", "ETag", "Retry-After?", "Idempotent-Replayed?"] },
  problems: [409, 422],
  examples: { body: exampleRequest, answers: { 202: acceptedConnection } },
});
