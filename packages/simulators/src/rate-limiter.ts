/** At most this many calls within any window of this length. */
export interface RateLimit {
  readonly calls: number;
  readonly perMilliseconds: number;
}

/** A sliding window per key; refused calls do not count, so waiting always helps. */
export class RateLimiter {
  readonly #now: () => number;
  readonly #admitted = new Map<string, number[]>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Milliseconds to wait before this call would be admitted; 0 admits and counts it. */
  wait(key: string, limit: RateLimit): number {
    const now = this.#now();
    const recent = (this.#admitted.get(key) ?? []).filter((at) => at > now - limit.perMilliseconds);
    this.#admitted.set(key, recent);
    if (recent.length < limit.calls) {
      recent.push(now);
      return 0;
    }
    const oldest = recent[recent.length - limit.calls] ?? now;
    return Math.max(1, oldest + limit.perMilliseconds - now);
  }

  /** Forgets every call. */
  clear(): void {
    this.#admitted.clear();
  }
}
