import { exampleTime } from "../examples.ts";
import { defineRoute } from "../route.ts";
import { timeline } from "../schemas/timeline.ts";

export const listEvents = defineRoute({
  method: "GET",
  path: "/v1/vpn-connections/:id/events",
  app: "api",
  scope: "connections:read",
  operators: true,
  summary: "The timeline, oldest first: changes of status, vendor calls, webhook attempts",
  answers: { 200: timeline },
  problems: [404],
  examples: {
    answers: { 200: { items: [{ type: "status", at: exampleTime, status: "accepted", reason: "recorded" }] } },
  },
});
