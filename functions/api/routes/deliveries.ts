import { listDeliveries, resendDelivery } from "../../contract/routes/deliveries.ts";
import { listDeliveries as list, resendDelivery as resend } from "../../domain/connections/deliveries.ts";
import type { ApiDeps } from "../env.ts";
import { readFor, toOwner } from "../operators.ts";
import { mayRead } from "../output/send-connection.ts";
import { route } from "../route.ts";

export function deliveriesRoutes(deps: ApiDeps) {
  return [
    route(listDeliveries, async (c) => {
      const id = c.req.param("id");
      return c.json({ items: await readFor(c, (tenant) => list(deps, { tenant, id })) });
    }),
    route(resendDelivery, async (c) => {
      const asked = { ...c.req.param(), ...c.req.valid("json") };
      const owner = await toOwner(c, deps, asked);
      const { id, state, ...more } = await resend(deps, { actor: c.var.actor, ...owner, ...asked });
      return c.json(mayRead(c) ? { id, state, ...more } : { id, state }, 202);
    }),
  ];
}
