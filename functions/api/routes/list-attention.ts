import { listAttention } from "../../contract/routes/list-attention.ts";
import { listAttention as list } from "../../domain/connections/list-attention.ts";
import { toResource } from "../../domain/record/to-resource.ts";
import type { ApiDeps } from "../env.ts";
import { toListed } from "../operators.ts";
import { route } from "../route.ts";

export function listAttentionRoute(deps: ApiDeps) {
  return route(listAttention, async (c) => {
    const found = await list(deps, { tenant: await toListed(c, c.req.valid("query").tenant) });
    const items = found.map(({ reason, action, record }) => ({ reason, action, connection: toResource(record) }));
    return c.json({ items });
  });
}
