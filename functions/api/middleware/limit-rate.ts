import { createMiddleware } from "hono/factory";
import { DomainError } from "../../domain/errors.ts";
import type { ApiEnv, BaseDeps } from "../env.ts";

/**
 * Answers 429 to a key that asks too often. The headers are those of draft-ietf-httpapi-ratelimit-headers-10: `r` is how
 * many requests may follow at once, `t` the seconds until the whole quota is there again.
 */
export function limitRate({ rateLimiter }: Pick<BaseDeps, "rateLimiter">) {
  return createMiddleware<ApiEnv>(async function limitRate(c, next) {
    const { key, rateLimit } = c.var.caller;
    const { perSecond, burst } = rateLimit;
    const taken = rateLimiter.take(key.id, rateLimit);
    c.header("RateLimit-Policy", `"key";q=${burst};w=${Math.ceil(burst / perSecond)}`);
    c.header("RateLimit", `"key";r=${taken.remaining};t=${taken.fullInSeconds}`);
    if (!taken.allowed) {
      const detail = `this API key may send ${perSecond} requests a second, and ${burst} at once`;
      throw new DomainError("rate_limited", detail, [], taken.retryAfterSeconds);
    }
    await next();
  });
}
