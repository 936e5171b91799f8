import { listConnections } from "../../contract/routes/list-connections.ts";
import { toResource } from "../../domain/record/to-resource.ts";
import type { ApiDeps } from "../env.ts";
import { toListed } from "../operators.ts";
import { route } from "../route.ts";

export function listConnectionsRoute(deps: ApiDeps) {
  return route(listConnections, async (c) => {
    const { status: statuses, tenant: asked, ...filters } = c.req.valid("query");
    const tenant = await toListed(c, asked);
    const { items, nextCursor } = await deps.store.list({ ...filters, tenant, ...(statuses ? { statuses } : {}) });
    return c.json({ items: items.map(toResource), ...(nextCursor ? { nextCursor } : {}) });
  });
}
