import { cancelConnection, redriveConnection } from "../../contract/routes/change-connection.ts";
import { cancelConnection as cancel } from "../../domain/connections/cancel-connection.ts";
import { redriveConnection as redrive } from "../../domain/connections/redrive-connection.ts";
import { getTenant } from "../../domain/tenants/manage-tenants.ts";
import type { ApiDeps } from "../env.ts";
import { toOwner } from "../operators.ts";
import { fromIfMatch, sendChanged } from "../output/send-connection.ts";
import { route } from "../route.ts";

/** Both take `If-Match` and may be sent twice. */
export function changeConnectionRoutes(deps: ApiDeps) {
  return [
    route(cancelConnection, async (c) => {
      const asked = { id: c.req.param("id"), ...c.req.valid("json"), ...ifMatch(c.req.header("If-Match")) };
      const owner = await toOwner(c, deps, asked);
      const record = await cancel(deps, { actor: c.var.actor, ...owner, ...asked });
      return sendChanged(c, deps, record, 200);
    }),
    route(redriveConnection, async (c) => {
      const asked = { id: c.req.param("id"), ...c.req.valid("json"), ...ifMatch(c.req.header("If-Match")) };
      const owner = await toOwner(c, deps, asked);
      // As they are now and not as they are remembered: the run would end at once with what was taken away.
      const settings = await getTenant(deps, owner.owner ?? c.var.caller.tenant);
      const record = await redrive(deps, { actor: c.var.actor, ...owner, ...asked, settings });
      return sendChanged(c, deps, record, 202);
    }),
  ];
}

function ifMatch(header: string | undefined): { revision?: number } {
  const revision = fromIfMatch(header);
  return revision === undefined ? {} : { revision };
}
