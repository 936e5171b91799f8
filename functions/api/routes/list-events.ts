import { listEvents } from "../../contract/routes/list-events.ts";
import { getConnection } from "../../domain/connections/get-connection.ts";
import type { ApiDeps } from "../env.ts";
import { route } from "../route.ts";

export function listEventsRoute(deps: ApiDeps) {
  return route(listEvents, async (c) => {
    const record = await getConnection(deps, { tenant: c.var.caller.tenant, id: c.req.param("id") });
    return c.json({ items: record.events });
  });
}
