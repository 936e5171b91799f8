import type { Clock } from "../clock.ts";
import { groupBy } from "../group-by.ts";
import type { ConnectionStore } from "../ports.ts";
import type { ProviderName } from "../values.ts";
import { type Bucket, hoursBetween, startOfHour, sumBuckets } from "./bucket.ts";
import { countOf, type ErrorCount, type Outcomes, toCells, toErrors, toOutcomes } from "./outcomes.ts";
import { type Standing, toStanding } from "./standing.ts";
import type { Tallies } from "./tallies.ts";

/** Buckets are kept for a little longer. */
export const longestWindowHours = 720;
export const windowPattern = /^[1-9]\d{0,2}[hd]$/;

/** Of a window as it is asked for: `24h`, `7d`. */
export function hoursOf(window: string): number {
  return Number.parseInt(window, 10) * (window.endsWith("d") ? 24 : 1);
}

/** A series has a point an hour up to this many, and one a day beyond. */
const mostHourlyPoints = 48;

/** Both vendors together have fewer; a caller can name any. */
const mostRegions = 100;

export interface Stats extends Outcomes, Standing {
  /** As it was asked for. */
  window: string;
  /** The beginning of the hour in which the window begins, RFC 3339. */
  from: string;
  at: string;
  /** What ended before this time was counted anew since; what ended later is counted as it ends. Absent = nothing yet. */
  checkedUntil?: string;
  providers: ({ provider: ProviderName } & Outcomes)[];
  /** Those where most ended, 100 at most. */
  regions: ({ provider: ProviderName; region: string } & Outcomes)[];
  errors: ErrorCount[];
  /** By the hour, or by the day, oldest first. */
  series: ({ from: string } & Outcomes)[];
}

/** How requests of a tenant, or of `everyTenant`, do: from buckets of ended runs and from what is unfinished; nothing else is read. */
export async function getStats(
  deps: { store: ConnectionStore; tallies: Tallies; clock: Clock },
  { tenant, window }: { tenant: string; window: string },
): Promise<Stats> {
  const now = deps.clock.now();
  const hours = hoursBetween(new Date(now.getTime() - hoursOf(window) * 3_600_000), now);
  const [buckets, open, checked] = await Promise.all([
    deps.tallies.read(tenant, hours),
    deps.store.listOpen(tenant),
    deps.tallies.checkedUntil(),
  ]);
  const { seconds, ...sum } = sumBuckets([...buckets.values()]);
  const cells = toCells(sum);
  const places = groupBy(cells, ({ provider, region }) => `${provider}#${region}`);
  const most = [...places].toSorted(([, a], [, b]) => countOf(b) - countOf(a)).slice(0, mostRegions);
  /** Of a provider, or of a region of one. */
  const timesIn = (place: string) =>
    Object.entries(seconds).flatMap(([name, histogram]) => (`${name}#`.startsWith(`${place}#`) ? [histogram] : []));
  return {
    window,
    from: startOfHour(hours[0] ?? "").toISOString(),
    at: now.toISOString(),
    ...(checked === undefined
      ? {}
      : { checkedUntil: new Date(startOfHour(checked).getTime() + 3_600_000).toISOString() }),
    ...toOutcomes(cells, Object.values(seconds)),
    providers: [...groupBy(cells, ({ provider }) => provider)].map(([provider, those]) => ({
      provider,
      ...toOutcomes(those, timesIn(provider)),
    })),
    regions: most.flatMap(([place, those]) =>
      those.slice(0, 1).map(({ provider, region }) => ({ provider, region, ...toOutcomes(those, timesIn(place)) })),
    ),
    errors: toErrors(cells),
    series: toSeries(buckets, hours),
    ...toStanding(open, now),
  };
}

function toSeries(buckets: ReadonlyMap<string, Bucket>, hours: readonly string[]): Stats["series"] {
  const length = hours.length <= mostHourlyPoints ? 13 : 10;
  const points = groupBy(hours, (hour) => hour.slice(0, length));
  return [...points.values()].map((within) => {
    const { seconds, ...sum } = sumBuckets(within.flatMap((hour) => buckets.get(hour) ?? []));
    return { from: startOfHour(within[0] ?? "").toISOString(), ...toOutcomes(toCells(sum), Object.values(seconds)) };
  });
}
