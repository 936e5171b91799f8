import { Hono } from "hono";
import { dryRunConnection } from "../../domain/connections/dry-run-connection.ts";
import { requireGateways } from "../../domain/tenants/gateway-pattern.ts";
import type { ApiEnv, ProviderApiDeps } from "../env.ts";
import { readCreateRequest } from "../input/create-request-body.ts";
import { limitBody } from "../input/json-body.ts";
import { noQuery } from "../input/validate.ts";
import { requireScope } from "../middleware/authenticate.ts";

/** `POST /v1/vpn-connections/dry-run`: what the real call would find wrong, and what it would send. */
export function dryRunRoute(deps: ProviderApiDeps) {
  return new Hono<ApiEnv>().post("/", requireScope("connections:write"), noQuery(), limitBody, async (c) => {
    const request = await readCreateRequest(c, deps);
    const { tenant, settings } = c.var.caller;
    requireGateways(settings.gateways, request);
    const credentials = settings.credentials[request.provider];
    return c.json(
      await dryRunConnection(deps, { tenant, request, ...(credentials === undefined ? {} : { credentials }) }),
    );
  });
}
