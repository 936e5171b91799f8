import { search } from "../../contract/routes/search.ts";
import { searchConnections } from "../../domain/connections/search-connections.ts";
import type { ApiDeps } from "../env.ts";
import { toReach } from "../operators.ts";
import { showConnection } from "../output/show-connection.ts";
import { route } from "../route.ts";

export function searchRoute(deps: ApiDeps) {
  return route(search, async (c) => {
    const found = await searchConnections(deps, { text: c.req.valid("query").q, tenant: await toReach(c) });
    const items = found.map(({ matched, record }) => ({ matched, connection: showConnection(c, deps, record) }));
    return c.json({ items });
  });
}
