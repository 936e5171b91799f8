import { marshall } from "@aws-sdk/util-dynamodb";
import { indexes } from "../../functions/aws/indexes.ts";
import { type RecordItem, toItem } from "../../functions/aws/item.ts";
import type { ConnectionRecord } from "../../functions/domain/record/connection-record.ts";
import type { ProviderName } from "../../functions/domain/values.ts";
import template from "../../infra/table.json" with { type: "json" };
import { createInProcess, runToEnd } from "../support/vendor-stepping.ts";

type Item = Readonly<Record<string, unknown>>;

/** Bytes of attributes as DynamoDB counts them, about. */
const bytesOf = (item: Item) =>
  Buffer.byteLength(JSON.stringify(marshall(item, { removeUndefinedValues: true, convertClassInstanceToMap: true })));
const unitsOf = (item: Item) => Math.ceil(bytesOf(item) / 1024);

/** The row that an index has of an item; undefined where it has none. */
function rowOf(item: Item | undefined, name: string): Item | undefined {
  const index = template.Properties.GlobalSecondaryIndexes.find(({ IndexName }) => IndexName === name);
  const keys = index?.KeySchema.map(({ AttributeName }) => AttributeName) ?? [];
  if (!item || keys.some((key) => item[key] === undefined)) return undefined;
  const copied = ["pk", ...keys, ...(index?.Projection.NonKeyAttributes ?? [])];
  return Object.fromEntries(copied.flatMap((key) => (item[key] === undefined ? [] : [[key, item[key]]])));
}

/** What DynamoDB writes in an index: a row that is new, gone or other costs once, one whose keys change is removed and put. */
function unitsOfChange(before: Item | undefined, after: Item | undefined, keys: readonly string[]): number {
  if (JSON.stringify(before) === JSON.stringify(after)) return 0;
  const moved = before && after && keys.some((key) => before[key] !== after[key]);
  if (moved) return unitsOf(before) + unitsOf(after);
  return unitsOf(after ?? before ?? {});
}

/** Write units of the request's acceptance, and of the whole of it, for the table and for each index. */
export async function countWriteUnits(vendor: ProviderName): Promise<Map<string, { accept: number; all: number }>> {
  const deps = await createInProcess(vendor);
  const versions: RecordItem[] = [];
  const note = (record: ConnectionRecord) => {
    const wake = Math.ceil((deps.clock.now().getTime() + 300_000) / 60_000) * 60_000;
    versions.push(toItem(record, new Date(wake).toISOString()));
  };
  note(deps.record);
  const store = {
    ...deps.store,
    save: async (record: ConnectionRecord) => {
      const saved = await deps.store.save(record);
      note(saved);
      return saved;
    },
  };
  await runToEnd({ ...deps, store }, deps.record.id, 10_000);
  const units = new Map<string, { accept: number; all: number }>();
  const sum = (cost: (before: Item | undefined, after: Item) => number) => {
    const costs = versions.map((item, n) => cost(versions[n - 1] as Item | undefined, item as unknown as Item));
    return { accept: costs[0] ?? 0, all: costs.reduce((total, one) => total + one, 0) };
  };
  units.set(
    "table",
    sum((_, after) => unitsOf(after)),
  );
  for (const [use, { name, partition, sort }] of Object.entries(indexes)) {
    const cost = (before: Item | undefined, after: Item) =>
      unitsOfChange(rowOf(before, name), rowOf(after, name), [partition, sort]);
    units.set(`${name} (${use})`, sum(cost));
  }
  const total = (part: "accept" | "all") => [...units.values()].reduce((all, one) => all + one[part], 0);
  units.set("together", { accept: total("accept"), all: total("all") });
  return units;
}
