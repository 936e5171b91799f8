import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";
import { capabilities } from "../provider/capabilities.ts";
import { everyTenant } from "../tenants/tenant.ts";
import type { ProviderName } from "../values.ts";
import { type Bucket, hoursBetween, sumBuckets } from "./bucket.ts";
import { quantile } from "./histogram.ts";
import { totalOf } from "./merge.ts";
import type { Tallies } from "./tallies.ts";

/** How long requests take from their turn on. */
export interface ObservedDurations {
  /**
   * Seconds that half of those of the vendor's region take; after so many have `elapsed`, those that nearly all take; undefined
   * after those.
   */
  secondsOf(provider: ProviderName, region: string, elapsed: number): number | undefined;
  /** Seconds that nearly all of those of the vendor's region take. */
  mostSecondsOf(provider: ProviderName, region: string): number;
  /** Has them read anew where that was a while ago; waits for nothing. Accepting never asks for it. */
  refresh(): void;
}

const keepMilliseconds = 300_000;
const hours = 24;
/** Fewer say less than what is usual. */
const fewest = 5;

/** What is usual at the vendor, where nothing was observed: of what takes longer than that nothing is known. */
export const usualDurations: ObservedDurations = {
  secondsOf: (provider, _region, elapsed) => [capabilities[provider].usualSeconds].find((seconds) => seconds > elapsed),
  mostSecondsOf: (provider) => capabilities[provider].usualSeconds,
  refresh: () => undefined,
};

/**
 * Observed over all tenants in the last day. Read once in five minutes, beside the requests and not in their way; a failure
 * leaves what was known.
 */
export function createObservedDurations(deps: { tallies: Tallies; clock: Clock; log: Log }): ObservedDurations {
  let observed: Bucket["workSeconds"] = {};
  let readAt = -Infinity;

  async function read(now: Date): Promise<void> {
    readAt = now.getTime();
    try {
      const asked = hoursBetween(new Date(now.getTime() - (hours - 1) * 3_600_000), now);
      observed = sumBuckets([...(await deps.tallies.read(everyTenant, asked)).values()]).workSeconds;
    } catch (error) {
      deps.log("durations_not_read", { error: error instanceof Error ? error.name : "unknown" });
    }
  }

  /** Undefined where too few were observed. */
  function quantilesOf(provider: ProviderName, region: string): readonly [half: number, most: number] | undefined {
    const here = observed[`${provider}#${region}`];
    if (!here || totalOf(here) < fewest) return undefined;
    return [quantile(here, 0.5) ?? 0, quantile(here, 0.95) ?? 0];
  }

  return {
    refresh() {
      const now = deps.clock.now();
      if (now.getTime() - readAt >= keepMilliseconds) void read(now);
    },

    secondsOf(provider, region, elapsed) {
      const here = quantilesOf(provider, region);
      // Two and no more, so that what is told of a request changes once and not as the clock goes.
      return here ? here.find((seconds) => seconds > elapsed) : usualDurations.secondsOf(provider, region, elapsed);
    },

    mostSecondsOf: (provider, region) =>
      quantilesOf(provider, region)?.[1] ?? usualDurations.mostSecondsOf(provider, region),
  };
}
