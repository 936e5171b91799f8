import type { Log } from "./log.ts";
import type { Clock, ConnectionStore } from "./ports.ts";

/** How many unfinished requests a tenant has, about. */
export interface OpenRequests {
  /** Whether the tenant has that many, as far as is known here. */
  isFull(tenant: string, most: number): boolean;
  /** One more was accepted here. */
  add(tenant: string): void;
}

const keepMilliseconds = 60_000;
const mostTenants = 10_000;

/**
 * Counts from the index once a minute, beside the requests and never in their way, and adds what this process has accepted
 * since. What others accepted within the minute is not seen, nor anything before the first count is there.
 */
export function createOpenRequests(deps: { store: ConnectionStore; clock: Clock; log: Log }): OpenRequests {
  const counts = new Map<string, { counted: number; since: number; until: number }>();

  async function recount(tenant: string, known: { counted: number; since: number }, until: number): Promise<void> {
    const entry = { ...known, until };
    if (!counts.has(tenant) && counts.size >= mostTenants) counts.clear();
    counts.set(tenant, entry);
    const before = entry.since;
    try {
      entry.counted = await deps.store.countOpen(tenant);
      entry.since -= before;
    } catch (error) {
      deps.log("count_failed", { tenant, error: error instanceof Error ? error.name : "unknown" });
    }
  }

  return {
    isFull(tenant, most) {
      const now = deps.clock.now().getTime();
      const known = counts.get(tenant) ?? { counted: 0, since: 0, until: 0 };
      if (known.until <= now) void recount(tenant, known, now + keepMilliseconds);
      return known.counted + known.since >= most;
    },

    add(tenant) {
      const known = counts.get(tenant);
      if (known) known.since += 1;
    },
  };
}
