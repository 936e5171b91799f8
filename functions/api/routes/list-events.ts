import { Hono } from "hono";
import { getConnection } from "../../domain/connections/get-connection.ts";
import type { ApiDeps, ApiEnv } from "../env.ts";
import { noQuery } from "../input/validate.ts";
import { requireScope } from "../middleware/authenticate.ts";

/** `GET /v1/vpn-connections/{id}/events`: the timeline, oldest first. */
export function listEventsRoute(deps: ApiDeps) {
  return new Hono<ApiEnv>().get("/:id/events", requireScope("connections:read"), noQuery(), async (c) => {
    const record = await getConnection(deps, { tenant: c.var.caller.tenant, id: c.req.param("id") });
    return c.json({ items: record.events });
  });
}
