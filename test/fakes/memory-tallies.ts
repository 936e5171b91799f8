import { addRun, type Bucket, emptyBucket, greaterOf } from "../../functions/domain/stats/bucket.ts";
import type { EndedRun } from "../../functions/domain/stats/ended-run.ts";
import type { Tallies } from "../../functions/domain/stats/tallies.ts";
import { everyTenant } from "../../functions/domain/tenants/tenant.ts";

/** The port of the counts in memory; `ended` is what its index of ended runs has, by hour, which a test fills in. */
export interface MemoryTallies extends Tallies {
  ended: Map<string, EndedRun[]>;
}

export function createMemoryTallies(): MemoryTallies {
  const buckets = new Map<string, Bucket>();
  const ended = new Map<string, EndedRun[]>();
  let checked: string | undefined;
  const key = (tenant: string, hour: string) => `${tenant}#${hour}`;
  const change = (tenant: string, hour: string, to: (bucket: Bucket) => Bucket) =>
    void buckets.set(key(tenant, hour), structuredClone(to(buckets.get(key(tenant, hour)) ?? emptyBucket)));
  return {
    ended,
    async add(run, hour) {
      for (const tenant of [run.tenant, everyTenant]) change(tenant, hour, (bucket) => addRun(bucket, run));
    },
    read: async (tenant, hours) =>
      new Map(
        hours.flatMap((hour) => {
          const bucket = buckets.get(key(tenant, hour));
          return bucket ? [[hour, bucket] as const] : [];
        }),
      ),
    raise: async (tenant, hour, counted) => change(tenant, hour, (bucket) => greaterOf(bucket, counted)),
    async *listEnded(hour) {
      yield* ended.get(hour) ?? [];
    },
    firstHour: async () => [...ended.keys()].toSorted()[0],
    checkedUntil: async () => checked,
    async noteChecked(hour) {
      checked = hour;
    },
  };
}
