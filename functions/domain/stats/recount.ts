import type { Clock } from "../clock.ts";
import { everyTenant } from "../tenants/tenant.ts";
import { addRun, type Bucket, emptyBucket, hourOf, hoursBetween, isFull, startOfHour } from "./bucket.ts";
import { longestWindowHours } from "./get-stats.ts";
import type { Tallies } from "./tallies.ts";

/** After an hour is over, for so long an end of it may not have been written, or not be in the index. */
const settleMilliseconds = 10 * 60_000;
/** In one go. */
const maxHours = 100;

/**
 * Counts every hour anew once it is over, from the index of what ended in it, so that what no bucket has heard of is there
 * after all. An hour that was checked is not looked at again.
 */
export async function recountTallies({ tallies, clock }: { tallies: Tallies; clock: Clock }): Promise<void> {
  const checked = await tallies.checkedUntil();
  const first = checked === undefined ? await tallies.firstHour() : nextHour(checked);
  const now = clock.now().getTime();
  const closed = new Date(now - settleMilliseconds - 3_600_000);
  if (first === undefined || startOfHour(first) > closed) return;
  const begin = new Date(Math.max(startOfHour(first).getTime(), now - longestWindowHours * 3_600_000));
  for (const hour of hoursBetween(begin, closed).slice(0, maxHours)) {
    const buckets = new Map<string, Bucket>();
    for await (const run of tallies.listEnded(hour))
      for (const tenant of [run.tenant, everyTenant])
        buckets.set(tenant, addRun(buckets.get(tenant) ?? emptyBucket, run));
    for (const [tenant, bucket] of buckets) if (!isFull(bucket)) await tallies.raise(tenant, hour, bucket);
    await tallies.noteChecked(hour);
  }
}

function nextHour(hour: string): string {
  return hourOf(new Date(startOfHour(hour).getTime() + 3_600_000).toISOString());
}
