import * as z from "zod";
import { exampleId, exampleTime } from "../examples.ts";
import { defineRoute } from "../route.ts";
import { anyTenant } from "../schemas/fields.ts";
import { stats, window } from "../schemas/stats.ts";

const outcomes = {
  ended: { succeeded: 41, failed: 2, canceled: 1, unknown: 0 },
  successRate: 0.9535,
  secondsToSuccess: { p50: 48.2, p95: 131.5 },
};

export const getStats = defineRoute({
  method: "GET",
  path: "/v1/stats",
  app: "api",
  scope: "connections:read",
  operators: true,
  summary: "How requests ended within a window, how long they took, and what is unfinished now",
  query: z.strictObject({ tenant: anyTenant, window: window.default("24h") }),
  answers: { 200: stats },
  examples: {
    query: { window: "6h" },
    answers: {
      200: {
        window: "6h",
        from: "2026-11-20T02:00:00.000Z",
        at: exampleTime,
        checkedUntil: "2026-11-20T08:00:00.000Z",
        ...outcomes,
        providers: [{ provider: "alibaba", ...outcomes }],
        regions: [{ provider: "alibaba", region: "cn-shanghai", ...outcomes }],
        errors: [{ code: "provider_quota", provider: "alibaba", count: 2 }],
        series: [{ from: "2026-11-20T02:00:00.000Z", ...outcomes }],
        unfinished: {
          total: 3,
          byStatus: { queued: 2, provisioning: 1 },
          oldest: { id: exampleId, status: "provisioning", createdAt: "2026-11-20T08:29:10.000Z", ageSeconds: 50 },
          isWhole: true,
        },
        queues: [
          {
            provider: "alibaba",
            region: "cn-shanghai",
            vpnGatewayId: "vpn-demo01",
            waiting: 2,
            oldest: { id: exampleId, status: "queued", createdAt: "2026-11-20T08:29:30.000Z", ageSeconds: 30 },
          },
        ],
        failingWebhooks: [{ host: "hooks.example.com", requests: 1 }],
      },
    },
  },
});
