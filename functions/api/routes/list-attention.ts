import { listAttention } from "../../contract/routes/list-attention.ts";
import { groupAttention } from "../../domain/connections/group-attention.ts";
import { listAttention as list } from "../../domain/connections/list-attention.ts";
import { nameTurnHolders } from "../../domain/connections/name-turn-holders.ts";
import { everyTenant } from "../../domain/tenants/tenant.ts";
import type { ApiDeps } from "../env.ts";
import { toListed } from "../operators.ts";
import { showConnection } from "../output/show-connection.ts";
import { route } from "../route.ts";

/** What several have in common is told with the first page. */
export function listAttentionRoute(deps: ApiDeps) {
  return route(listAttention, async (c) => {
    const { tenant: asked, ...wanted } = c.req.valid("query");
    deps.durations.refresh();
    const tenant = await toListed(c, deps, asked);
    const { items: found, ...page } = await list(deps, { tenant, ...wanted });
    const isWhole = page.nextCursor === undefined;
    const groups = wanted.cursor === undefined ? await groupAttention(deps, { tenant, items: found, isWhole }) : [];
    // Who may name a tenant is an operator.
    const named = await nameTurnHolders(deps, { items: found, reach: asked === undefined ? tenant : everyTenant });
    const items = named.map(({ record, ...why }) => ({ ...why, connection: showConnection(c, deps, record) }));
    return c.json({ items, groups, ...page });
  });
}
