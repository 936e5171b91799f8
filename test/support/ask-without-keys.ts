import type { Hono } from "hono";
import { createBaseApp } from "../../functions/api/base-app.ts";
import type { ApiEnv } from "../../functions/api/env.ts";
import { createRateLimiter } from "../../functions/domain/tenants/rate-limit.ts";
import { createFakeClock } from "../fakes/fake-clock.ts";

/** Asks an app with these routes, in which nobody has a key: for what is public. */
export function askWithoutKeys(routes: readonly Hono<ApiEnv>[]) {
  const clock = createFakeClock();
  const app = createBaseApp(
    {
      keys: { find: async () => undefined },
      rateLimiter: createRateLimiter(clock),
      clock,
      log: () => undefined,
      createRequestId: () => "request-1",
      addressOf: () => undefined,
    },
    routes,
  );
  return async (path: string, headers: Record<string, string> = {}, method = "GET") => {
    const response = await app.request(path, { headers, method });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
}
