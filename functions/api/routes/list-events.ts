import { listEvents } from "../../contract/routes/list-events.ts";
import { getConnection } from "../../domain/connections/get-connection.ts";
import type { ApiDeps } from "../env.ts";
import { readFor } from "../operators.ts";
import { route } from "../route.ts";

export function listEventsRoute(deps: ApiDeps) {
  return route(listEvents, async (c) => {
    const id = c.req.param("id");
    const { events } = await readFor(c, (tenant) => getConnection(deps, { tenant, id }));
    return c.json({ items: events });
  });
}
