import { getStats } from "../../contract/routes/stats.ts";
import { getStats as get } from "../../domain/stats/get-stats.ts";
import type { ApiDeps } from "../env.ts";
import { toListed } from "../operators.ts";
import { route } from "../route.ts";

export function statsRoute(deps: ApiDeps) {
  return route(getStats, async (c) => {
    const { tenant: asked, window } = c.req.valid("query");
    return c.json(await get(deps, { tenant: await toListed(c, deps, asked), window }));
  });
}
