import { getConnection } from "../../contract/routes/get-connection.ts";
import { waitForChange } from "../../domain/connections/wait-for-change.ts";
import { keySubject } from "../../domain/quotas.ts";
import type { ApiDeps } from "../env.ts";
import { requireStill } from "../middleware/authenticate.ts";
import { readFor, requireOperator } from "../operators.ts";
import { fromETag, sendConnection, sendUnchanged } from "../output/send-connection.ts";
import { route } from "../route.ts";

export function getConnectionRoute(deps: ApiDeps) {
  return route(getConnection, async (c) => {
    deps.durations.refresh();
    const revision = fromETag(c.req.header("If-None-Match"));
    const waitSeconds = c.req.valid("query").wait;
    const asked = {
      id: c.req.param("id"),
      key: keySubject(c.var.actor),
      waitSeconds,
      ...(revision === undefined ? {} : { revision }),
      signal: c.req.raw.signal,
    };
    const record = await readFor(c, (tenant) => waitForChange(deps, { tenant, ...asked }));
    // Who had a key when the wait began may have none by now.
    const isOwn = record.tenant === c.var.caller.tenant;
    if (waitSeconds > 0) await (isOwn ? requireStill(c, getConnection.scope, true) : requireOperator(c));
    if (record.revision === revision) return sendUnchanged(c, deps, record);
    return sendConnection(c, deps, record, 200);
  });
}
