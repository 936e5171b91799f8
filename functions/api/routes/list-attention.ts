import { Hono } from "hono";
import { listAttention } from "../../domain/connections/list-attention.ts";
import { toResource } from "../../domain/record/to-resource.ts";
import type { ApiDeps, ApiEnv } from "../env.ts";
import { noQuery } from "../input/validate.ts";
import { requireScope } from "../middleware/authenticate.ts";

/** `GET /v1/attention`: requests that a person should look at, each with the suggested next action. */
export function listAttentionRoute(deps: ApiDeps) {
  return new Hono<ApiEnv>().get("/", requireScope("connections:read"), noQuery(), async (c) => {
    const found = await listAttention(deps, { tenant: c.var.caller.tenant });
    const items = found.map(({ reason, action, record }) => ({ reason, action, connection: toResource(record) }));
    return c.json({ items });
  });
}
