import { cancelConnection, redriveConnection } from "../../contract/routes/change-connection.ts";
import { cancelConnection as cancel } from "../../domain/connections/cancel-connection.ts";
import { redriveConnection as redrive } from "../../domain/connections/redrive-connection.ts";
import type { ApiDeps } from "../env.ts";
import { fromIfMatch, sendChanged } from "../output/send-connection.ts";
import { route } from "../route.ts";

/** Both take `If-Match` and may be sent twice. */
export function changeConnectionRoutes(deps: ApiDeps) {
  return [
    route(cancelConnection, async (c) => {
      const input = { actor: c.var.actor, id: c.req.param("id"), ...ifMatch(c.req.header("If-Match")) };
      const record = await cancel(deps, { ...input, ...c.req.valid("json") });
      return sendChanged(c, deps.clock, record, 200);
    }),
    route(redriveConnection, async (c) => {
      const input = { actor: c.var.actor, id: c.req.param("id"), ...ifMatch(c.req.header("If-Match")) };
      const { settings } = c.var.caller;
      const record = await redrive(deps, { ...input, ...c.req.valid("json"), settings });
      return sendChanged(c, deps.clock, record, 202);
    }),
  ];
}

function ifMatch(header: string | undefined): { revision?: number } {
  const revision = fromIfMatch(header);
  return revision === undefined ? {} : { revision };
}
