import { Hono } from "hono";
import { perhapsReason } from "../../contract/schemas/fields.ts";
import { listDeliveries, resendDelivery } from "../../domain/connections/deliveries.ts";
import type { ApiDeps, ApiEnv } from "../env.ts";
import { limitBody, readBody } from "../input/json-body.ts";
import { noQuery } from "../input/validate.ts";
import { requireScope } from "../middleware/authenticate.ts";

/** `GET …/{id}/deliveries`: a request's webhooks with every attempt; `POST …/deliveries/{deliveryId}/resend`. */
export function deliveriesRoute(deps: ApiDeps) {
  return new Hono<ApiEnv>()
    .get("/:id/deliveries", requireScope("connections:read"), noQuery(), async (c) => {
      const items = await listDeliveries(deps, { tenant: c.var.caller.tenant, id: c.req.param("id") });
      return c.json({ items });
    })
    .post("/:id/deliveries/:deliveryId/resend", requireScope("connections:write"), noQuery(), limitBody, async (c) => {
      const { id, deliveryId } = c.req.param();
      const input = { actor: c.var.actor, id, deliveryId, ...(await readBody(c, perhapsReason)) };
      return c.json(await resendDelivery(deps, input), 202);
    });
}
