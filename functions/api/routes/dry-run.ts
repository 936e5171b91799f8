import { dryRunConnection } from "../../contract/routes/dry-run.ts";
import { dryRunConnection as dryRun } from "../../domain/connections/dry-run-connection.ts";
import { placeWaitSeconds } from "../../domain/limits.ts";
import { keySubject, takeRate, toQuota, withinQuotas } from "../../domain/quotas.ts";
import { createRequestBody } from "../../domain/request/create-request-body.ts";
import { namesGateways, requireGateways } from "../../domain/tenants/gateway-pattern.ts";
import type { ProviderApiDeps } from "../env.ts";
import { withIdempotencyKey } from "../input/idempotency-key.ts";
import { route } from "../route.ts";

export function dryRunRoute(deps: ProviderApiDeps) {
  return route({ ...dryRunConnection, body: createRequestBody(deps) }, async (c) => {
    const request = withIdempotencyKey(c.req.valid("json"), c.req.header("Idempotency-Key"));
    const { settings } = c.var.caller;
    requireGateways(settings.gateways, request);
    const credentials = settings.credentials[request.provider];
    const given = {
      ...(credentials === undefined ? {} : { credentials }),
      ...(namesGateways(settings.gateways, request) ? { namesGateways: true as const } : {}),
    };
    const { actor } = c.var;
    await takeRate(deps, "dryRunRate", keySubject(actor));
    const { signal } = c.req.raw;
    const queue = [toQuota("dryRunQueue", actor.tenant)];
    const quotas = [toQuota("dryRuns", actor.tenant), toQuota("dryRunsAtVendor", request.provider)];
    const answer = await withinQuotas(deps, queue, { waitSeconds: 0, signal }, () =>
      withinQuotas(deps, quotas, { waitSeconds: placeWaitSeconds, signal }, () =>
        dryRun(deps, { actor, request, ...given }),
      ),
    );
    return c.json(answer);
  });
}
