import * as z from "zod";
import { unknownConnection } from "../examples.ts";
import { defineRoute } from "../route.ts";
import { attention } from "../schemas/attention.ts";
import { anyTenant, cursor, limit } from "../schemas/fields.ts";

export const listAttention = defineRoute({
  method: "GET",
  path: "/v1/attention",
  app: "api",
  scope: "connections:read",
  operators: true,
  summary: "What a person should look at, each with the suggested next action",
  query: z.strictObject({ tenant: anyTenant, limit, cursor }),
  answers: { 200: attention },
  examples: {
    answers: {
      200: {
        items: [
          {
            reason: "unknown",
            action: unknownConnection.error.advice,
            connection: unknownConnection,
          },
        ],
        groups: [],
      },
    },
  },
});
