import { listDeliveries, resendDelivery } from "../../contract/routes/deliveries.ts";
import { listDeliveries as list, resendDelivery as resend } from "../../domain/connections/deliveries.ts";
import type { ApiDeps } from "../env.ts";
import { route } from "../route.ts";

export function deliveriesRoutes(deps: ApiDeps) {
  return [
    route(listDeliveries, async (c) =>
      c.json({ items: await list(deps, { tenant: c.var.caller.tenant, id: c.req.param("id") }) }),
    ),
    route(resendDelivery, async (c) => {
      const input = { actor: c.var.actor, ...c.req.param(), ...c.req.valid("json") };
      const { id, state, ...more } = await resend(deps, input);
      const mayRead = c.var.caller.scopes.includes("connections:read");
      return c.json(mayRead ? { id, state, ...more } : { id, state }, 202);
    }),
  ];
}
