import { Hono } from "hono";
import { acceptConnection } from "../../domain/connections/accept-connection.ts";
import type { ApiDeps, ApiEnv } from "../env.ts";
import { readCreateRequest } from "../input/create-request-body.ts";
import { limitBody } from "../input/json-body.ts";
import { noQuery } from "../input/validate.ts";
import { requireScope } from "../middleware/authenticate.ts";
import { sendConnection } from "../output/send-connection.ts";

/** `POST /v1/vpn-connections`: 202 with the resource, also when the same request comes again. */
export function createConnectionRoute(deps: ApiDeps) {
  return new Hono<ApiEnv>().post("/", requireScope("connections:write"), noQuery(), limitBody, async (c) => {
    const request = await readCreateRequest(c, deps);
    const { record, replayed } = await acceptConnection(deps, {
      actor: c.var.actor,
      settings: c.var.caller.settings,
      request,
    });
    c.header("Location", `/v1/vpn-connections/${record.id}`);
    if (replayed) c.header("Idempotent-Replayed", "true");
    return sendConnection(c, deps.clock, record, 202);
  });
}
