import * as z from "zod";
import { defineRoute } from "../route.ts";

export const getHealth = defineRoute({
  method: "GET",
  path: "/healthz",
  app: "api",
  scope: "public",
  summary: "Liveness",
  answers: { 200: z.strictObject({ status: z.literal("ok") }).meta({ id: "Health" }) },
  examples: { answers: { 200: { status: "ok" } } },
});
