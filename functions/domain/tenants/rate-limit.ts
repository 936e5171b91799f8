import type { Clock } from "../clock.ts";
import type { RateLimit } from "./tenant.ts";

/** What became of one request. */
export interface Taken {
  allowed: boolean;
  /** Requests that may follow at once. */
  remaining: number;
  /** Whole seconds until the burst is there again in full. */
  fullInSeconds: number;
  /** Whole seconds until one more request will be allowed; 0 when it is now. */
  retryAfterSeconds: number;
}

export interface RateLimiter {
  take(key: string, limit: RateLimit): Taken;
}

const maxBuckets = 10_000;

/**
 * A token bucket for each key, in this process alone: `burst` requests at once, `perSecond` more each second. Other
 * processes count for themselves, so that together they let through as many times more.
 */
export function createRateLimiter(clock: Clock): RateLimiter {
  const buckets = new Map<string, { tokens: number; at: number }>();

  return {
    take(key, { perSecond, burst }) {
      const now = clock.now().getTime();
      const known = buckets.get(key) ?? { tokens: burst, at: now };
      // A clock that was set back gives nothing, and takes nothing away.
      const refilled = known.tokens + (Math.max(0, now - known.at) / 1000) * perSecond;
      const tokens = Math.min(burst, refilled);
      const allowed = tokens >= 1;
      const left = allowed ? tokens - 1 : tokens;
      if (!buckets.has(key) && buckets.size >= maxBuckets) buckets.clear();
      buckets.set(key, { tokens: left, at: now });
      return {
        allowed,
        remaining: Math.floor(left),
        fullInSeconds: Math.ceil((burst - left) / perSecond),
        retryAfterSeconds: allowed ? 0 : Math.ceil((1 - left) / perSecond),
      };
    },
  };
}
