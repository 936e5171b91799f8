import type { Clock } from "../domain/clock.ts";
import { StaleRecordError } from "../domain/errors.ts";
import { sweepSeconds } from "../domain/limits.ts";
import { type ConnectionStore, gatewayRows } from "../domain/ports.ts";
import {
  foundPartition,
  gatewayPartition,
  type RecordItem,
  sweepPartition,
  sweepShards,
  tenantPartition,
  toItem,
} from "./item.ts";
import { listRecords } from "./list-records.ts";
import { type Condition, createTable, type TableDeps } from "./table.ts";

/*
 * Every write is one conditional PutItem of the whole record:
 *
 *   create   |--- isNew ----> version 1 ---|
 *   save                                   |--- isUnchanged ----> version n+1 ---| …
 */
const isNew = (now: number): Condition => ({
  expression: "attribute_not_exists(pk) OR expiresAt < :now",
  values: { ":now": now },
});
const isUnchanged = (version: number): Condition => ({
  expression: "version = :version",
  values: { ":version": version },
});

export interface ConnectionStoreDeps extends TableDeps {
  clock: Clock;
  /** Shortens the quiet time as the local stack shortens all others; 1 without it. */
  timeScale?: number;
}

/** Records in one DynamoDB table, one item each. */
export function createConnectionStore(deps: ConnectionStoreDeps): ConnectionStore {
  const { clock } = deps;
  const table = createTable(deps);
  const wakeAt = (writtenAt = clock.now()) =>
    new Date(writtenAt.getTime() + sweepSeconds * 1000 * (deps.timeScale ?? 1)).toISOString();
  const epochSeconds = () => Math.floor(clock.now().getTime() / 1000);

  async function get(id: string) {
    const item = await table.get<RecordItem>(id);
    return item?.expiresAt !== undefined && item.expiresAt < epochSeconds() ? undefined : item?.data;
  }

  return {
    async create(record) {
      const blocked = await table.putIf(toItem(record, wakeAt()), isNew(epochSeconds()));
      if (!blocked) return undefined;
      if (!blocked.by) throw new StaleRecordError("the record went away while it was being compared");
      return blocked.by.data;
    },

    get,

    // A tenant owns a record for good, so that two reads are as good as one.
    getOwn: async (tenant, id) => ((await table.getAttribute(id, "tenant")) === tenant ? get(id) : undefined),

    async save(record, options) {
      const next = { ...record, version: record.version + 1 };
      const quietFrom = options && new Date(options.asQuietAs);
      if (await table.putIf(toItem(next, wakeAt(quietFrom)), isUnchanged(record.version))) {
        throw new StaleRecordError("the record was written by somebody else");
      }
      return next;
    },

    list: (query) => listRecords(table, query),

    async countUnfinished(tenant) {
      let count = 0;
      const pages = table.pages({
        IndexName: "gsi4",
        Select: "COUNT",
        KeyConditionExpression: "gsi4pk = :tenant",
        values: { ":tenant": tenantPartition(tenant) },
      });
      for await (const page of pages) count += page.count;
      return count;
    },

    async listFound(tenant) {
      const { rows } = await table.query<{ pk: string }>({
        IndexName: "gsi4",
        ScanIndexForward: false,
        KeyConditionExpression: "gsi4pk = :found",
        values: { ":found": foundPartition(tenant) },
        Limit: 100,
      });
      const ids = rows.map(({ pk }) => pk);
      const items = await table.readMany<RecordItem>(ids);
      const records = new Map(items.map(({ data }) => [data.id, data]));
      return ids.flatMap((id) => records.get(id) ?? []).filter(({ lastLook }) => lastLook === "found");
    },

    async listGateway(gateway, kind) {
      const question = {
        IndexName: "gsi3",
        KeyConditionExpression: "gsi3pk = :gateway AND begins_with(gsi3sk, :kind)",
        values: { ":gateway": gatewayPartition(gateway), ":kind": `${kind}#` },
      };
      const ids: string[] = [];
      for await (const { rows } of table.pages<{ pk: string }>({ ...question, Limit: gatewayRows })) {
        ids.push(...rows.map(({ pk }) => pk));
        if (kind === "waiting") break;
      }
      return ids;
    },

    async *listForSweep(wokenBefore) {
      // Each minute from another: a sweep that runs out of time must not always leave the same ones behind.
      const first = Math.floor(clock.now().getTime() / 60_000) % sweepShards;
      for (let n = 0; n < sweepShards; n += 1) {
        const pages = table.pages<{ pk: string }>({
          IndexName: "gsi2",
          KeyConditionExpression: "gsi2pk = :shard AND gsi2sk < :before",
          values: {
            ":shard": sweepPartition((first + n) % sweepShards),
            ":before": wokenBefore?.toISOString() ?? "~",
          },
        });
        for await (const { rows } of pages) yield* rows.map(({ pk }) => pk);
      }
    },
  };
}
