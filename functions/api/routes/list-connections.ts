import { listConnections } from "../../contract/routes/list-connections.ts";
import { listConnections as list } from "../../domain/connections/list-connections.ts";
import type { ApiDeps } from "../env.ts";
import { toListed } from "../operators.ts";
import { showConnection } from "../output/show-connection.ts";
import { route } from "../route.ts";

export function listConnectionsRoute(deps: ApiDeps) {
  return route(listConnections, async (c) => {
    const { status: statuses, tenant: asked, ...filters } = c.req.valid("query");
    const tenant = await toListed(c, deps, asked);
    const { items, ...page } = await list(deps, { ...filters, tenant, ...(statuses ? { statuses } : {}) });
    return c.json({ items: items.map((record) => showConnection(c, deps, record)), ...page });
  });
}
