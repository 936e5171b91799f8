import * as z from "zod";
import { maxWaitSeconds } from "../../domain/limits.ts";
import { succeededConnection } from "../examples.ts";
import { defineRoute } from "../route.ts";
import { connection } from "../schemas/connection.ts";
import { noBody } from "../schemas/values.ts";

const range = `must be 0 to ${maxWaitSeconds} seconds`;
const query = z.strictObject({
  /** Seconds to hold the answer for a change. */
  wait: z
    .string()
    .regex(/^\d{1,2}(\.\d+)?$/, range)
    .transform(Number)
    .refine((seconds) => seconds <= maxWaitSeconds, range)
    .meta({ type: "number", minimum: 0, maximum: maxWaitSeconds, description: "Seconds." })
    .default(0),
});

export const getConnection = defineRoute({
  method: "GET",
  path: "/v1/vpn-connections/:id",
  app: "api",
  scope: "connections:read",
  operators: true,
  summary: "The resource; with wait as soon as it changes, with If-None-Match 304 when it has not",
  query,
  takes: ["If-None-Match"],
  answers: { 200: connection, 304: noBody },
  gives: { 200: ["ETag", "Retry-After?"], 304: ["ETag", "Retry-After?"] },
  problems: [404],
  examples: { query: { wait: "20" }, answers: { 200: succeededConnection } },
});
