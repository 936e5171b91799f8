import { exampleDelivery, exampleReason } from "../examples.ts";
import { defineRoute } from "../route.ts";
import { deliveries, resentDelivery } from "../schemas/delivery.ts";
import { optionalReason } from "../schemas/fields.ts";

export const listDeliveries = defineRoute({
  method: "GET",
  path: "/v1/vpn-connections/:id/deliveries",
  app: "api",
  scope: "connections:read",
  operators: true,
  summary: "A request's webhooks with every attempt, newest first",
  answers: { 200: deliveries },
  problems: [404],
  examples: { answers: { 200: { items: [exampleDelivery] } } },
});

export const resendDelivery = defineRoute({
  method: "POST",
  path: "/v1/vpn-connections/:id/deliveries/:deliveryId/resend",
  app: "api",
  scope: "connections:write",
  operators: true,
  summary:
    "Send a webhook once more under the same id, with the whole schedule ahead of it. Without connections:read a receipt",
  body: optionalReason,
  answers: { 202: resentDelivery },
  problems: [404, 409],
  examples: { body: exampleReason, answers: { 202: { ...exampleDelivery, state: "pending" } } },
});
