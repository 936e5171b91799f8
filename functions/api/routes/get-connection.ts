import { getConnection } from "../../contract/routes/get-connection.ts";
import { waitForChange } from "../../domain/connections/wait-for-change.ts";
import type { ApiDeps } from "../env.ts";
import { fromETag, sendConnection, sendUnchanged } from "../output/send-connection.ts";
import { route } from "../route.ts";

export function getConnectionRoute(deps: ApiDeps) {
  return route(getConnection, async (c) => {
    const revision = fromETag(c.req.header("If-None-Match"));
    const record = await waitForChange(deps, {
      tenant: c.var.caller.tenant,
      id: c.req.param("id"),
      waitSeconds: c.req.valid("query").wait,
      ...(revision === undefined ? {} : { revision }),
      signal: c.req.raw.signal,
    });
    if (record.revision === revision) return sendUnchanged(c, deps.clock, record);
    return sendConnection(c, deps.clock, record, 200);
  });
}
