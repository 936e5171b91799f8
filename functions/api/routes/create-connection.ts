import { Hono } from "hono";
import { acceptConnection } from "../../domain/accept-connection.ts";
import type { ApiDeps, ApiEnv } from "../env.ts";
import { requireScope } from "../middleware/authenticate.ts";
import { createRequestBody, readCreateRequest } from "../middleware/create-request-body.ts";
import { sendConnection } from "../send-connection.ts";

/** `POST /v1/vpn-connections`: 202 with the resource, also when the same request comes again. */
export function createConnectionRoute(deps: ApiDeps) {
  return new Hono<ApiEnv>().post("/", requireScope("connections:write"), ...createRequestBody, async (c) => {
    const request = readCreateRequest(c.req.valid("json"), c.req.header("Idempotency-Key"), deps);
    const { record, replayed } = await acceptConnection(deps, { tenant: c.var.caller.tenant, request });
    c.header("Location", `/v1/vpn-connections/${record.id}`);
    if (replayed) c.header("Idempotent-Replayed", "true");
    return sendConnection(c, deps.clock, record, 202);
  });
}
