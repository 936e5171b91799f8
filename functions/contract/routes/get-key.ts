import { defineRoute } from "../route.ts";
import { currentKey } from "../schemas/api-key.ts";

export const getKey = defineRoute({
  method: "GET",
  path: "/v1/key",
  app: "api",
  scope: "any",
  summary: "What the API key that asks is, and may do",
  answers: { 200: currentKey },
  examples: {
    answers: {
      200: {
        tenant: "acme",
        id: "key_0123456789abcdef01",
        name: "ci",
        scopes: ["connections:read", "connections:write"],
        gateways: ["alibaba/cn-shanghai/*"],
        rateLimit: { perSecond: 100, burst: 200 },
        expiresAt: "2027-02-18T08:30:00.000Z",
      },
    },
  },
});
