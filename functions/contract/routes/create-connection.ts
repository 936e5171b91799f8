import { createRequestBody } from "../../domain/request/create-request-body.ts";
import { acceptedConnection, exampleRequest } from "../examples.ts";
import { defineRoute } from "../route.ts";
import { connection } from "../schemas/connection.ts";

export const createConnection = defineRoute({
  method: "POST",
  path: "/v1/vpn-connections",
  app: "api",
  scope: "connections:write",
  summary:
    "Accept a request: the same clientToken again is the same answer, with Idempotent-Replayed, and never a second connection",
  body: createRequestBody({ allowLoopbackCallbacks: false }),
  answers: { 202: connection },
  problems: [409, 422],
  examples: { body: exampleRequest, answers: { 202: acceptedConnection } },
});
