import { Hono } from "hono";
import { type DryRunDeps, dryRunConnection } from "../../domain/dry-run-connection.ts";
import type { ParseOptions } from "../../domain/parse-create-request.ts";
import type { ApiEnv } from "../env.ts";
import { requireScope } from "../middleware/authenticate.ts";
import { createRequestBody, readCreateRequest } from "../middleware/create-request-body.ts";

/** `POST /v1/vpn-connections/dry-run`: what the real call would find wrong, and what it would send. */
export function dryRunRoute(deps: DryRunDeps & ParseOptions) {
  return new Hono<ApiEnv>().post("/", requireScope("connections:write"), ...createRequestBody, async (c) => {
    const request = readCreateRequest(c.req.valid("json"), c.req.header("Idempotency-Key"), deps);
    return c.json(await dryRunConnection(deps, { tenant: c.var.caller.tenant, request }));
  });
}
