import type { Clock } from "../clock.ts";
import { DomainError } from "../errors.ts";
import type { Log } from "../log.ts";
import type { ConnectionStore } from "../ports.ts";
import type { TenantSettings } from "../tenants/tenant.ts";

/** What a tenant is told that has as many as it may have. */
export function toFull({ maxUnfinishedRequests }: Pick<TenantSettings, "maxUnfinishedRequests">): DomainError {
  const detail = `this tenant has ${maxUnfinishedRequests} unfinished requests or webhooks under way, the most it may have; wait for some to end`;
  return new DomainError("rate_limited", detail, [], fullMilliseconds / 1000);
}

/** How many unfinished requests a tenant has, about. */
export interface UnfinishedRequests {
  /** Whether the tenant has that many, as far as is known here. Before it says so, it counts anew. */
  isFull(tenant: string, most: number): Promise<boolean>;
  /** One more was accepted here. */
  add(tenant: string): void;
}

interface Count {
  counted: number;
  /** Accepted here since the count was begun. */
  since: number;
  countedAt: number;
}

const keepMilliseconds = 60_000;
/** A count that says full is believed for so long. */
const fullMilliseconds = 2000;
const maxTenants = 10_000;

/**
 * Counts from the index once a minute, beside the requests and not in their way, and adds what this process has accepted
 * since. What others accepted within the minute is not seen, nor anything before the first count is there.
 */
export function createUnfinishedRequests(deps: { store: ConnectionStore; clock: Clock; log: Log }): UnfinishedRequests {
  const counts = new Map<string, Count>();

  /** A failure leaves what was known; the next minute tries again. */
  async function recount(tenant: string, known: Count | undefined): Promise<Count> {
    const entry = { counted: 0, since: 0, ...known, countedAt: deps.clock.now().getTime() };
    if (!known && counts.size >= maxTenants) counts.clear();
    counts.set(tenant, entry);
    const before = entry.since;
    try {
      entry.counted = await deps.store.countUnfinished(tenant);
      entry.since -= before;
    } catch (error) {
      deps.log("count_failed", { tenant, error: error instanceof Error ? error.name : "unknown" });
    }
    return entry;
  }

  return {
    async isFull(tenant, most) {
      const known = counts.get(tenant);
      const age = known ? deps.clock.now().getTime() - known.countedAt : Infinity;
      const full = known !== undefined && known.counted + known.since >= most;
      if (full && age >= fullMilliseconds) {
        const { counted, since } = await recount(tenant, known);
        return counted + since >= most;
      }
      if (age >= keepMilliseconds) void recount(tenant, known);
      return full;
    },

    add(tenant) {
      const known = counts.get(tenant);
      if (known) known.since += 1;
    },
  };
}
