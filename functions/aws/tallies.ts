import { randomUUID } from "node:crypto";
import { StaleRecordError } from "../domain/errors.ts";
import { addRun, type Bucket, emptyBucket, greaterOf, hourOf, startOfHour } from "../domain/stats/bucket.ts";
import type { EndedRun } from "../domain/stats/ended-run.ts";
import type { Tallies } from "../domain/stats/tallies.ts";
import { everyTenant } from "../domain/tenants/tenant.ts";
import { isNew, isUnchanged } from "./conditions.ts";
import { indexes } from "./indexes.ts";
import { allEnded } from "./item.ts";
import { createTable, type TableDeps } from "./table.ts";

interface BucketItem {
  pk: string;
  hour: string;
  bucket: Bucket;
  version: number;
  /** The last changes, so that one whose answer was lost is known for ours under others' that came after it. */
  changes?: string[];
  /** Epoch seconds after which nobody asks for it; DynamoDB removes it some time later. */
  expiresAt: number;
}

const keptChanges = 30;
const keptDays = 35;
/** Each time somebody else has counted an end of the same hour; what is then not counted, the sweeper finds. */
const maxTries = 10;

const toKey = (tenant: string, hour: string) => `stats#${tenant}#${hour}`;
const checkedKey = "stats#checked";

/** The buckets, in the same table as the records: one item for each tenant and hour, and one for all tenants together. */
export function createTallies(deps: TableDeps): Tallies {
  const table = createTable(deps);

  async function change(tenant: string, hour: string, to: (bucket: Bucket) => Bucket): Promise<void> {
    const pk = toKey(tenant, hour);
    const expiresAt = Math.floor(startOfHour(hour).getTime() / 1000) + keptDays * 86_400;
    const change = randomUUID().slice(0, 8);
    let item = await table.get<BucketItem>(pk);
    for (let tries = 0; tries < maxTries; tries += 1) {
      const before = item?.bucket ?? emptyBucket;
      const bucket = to(before);
      if (bucket === before) return;
      const changes = [change, ...(item?.changes ?? [])].slice(0, keptChanges);
      const next: BucketItem = { pk, hour, bucket, version: (item?.version ?? 0) + 1, changes, expiresAt };
      const blocked = await table.putIf<BucketItem>(next, item ? isUnchanged(item.version) : isNew);
      if (!blocked || blocked.by?.changes?.includes(change)) return;
      item = blocked.by;
    }
    throw new StaleRecordError("others were always counting");
  }

  return {
    async add(run, hour) {
      const add = (bucket: Bucket) => addRun(bucket, run);
      await Promise.all([run.tenant, everyTenant].map((tenant) => change(tenant, hour, add)));
    },

    async read(tenant, hours) {
      const items = await table.readMany<BucketItem>(hours.map((hour) => toKey(tenant, hour)));
      return new Map(items.map(({ hour, bucket }) => [hour, bucket]));
    },

    raise: (tenant, hour, counted) => change(tenant, hour, (bucket) => greaterOf(bucket, counted)),

    async *listEnded(hour) {
      const question = { index: indexes.ended, partition: allEnded, from: `${hour}:`, to: `${hour}:~` };
      for await (const { rows } of table.pages<EndedRun>(question)) yield* rows;
    },

    async firstHour() {
      const { rows } = await table.query<{ byEnd: string }>({ index: indexes.ended, partition: allEnded, limit: 1 });
      return rows[0] && hourOf(rows[0].byEnd);
    },

    checkedUntil: async () => (await table.get<{ hour: string }>(checkedKey))?.hour,

    noteChecked: (hour) => table.put({ pk: checkedKey, hour }),
  };
}
