import type { QueryCommandInput } from "@aws-sdk/client-dynamodb";
import { expect, it } from "vitest";
import { createConnectionStore } from "../../../functions/aws/connection-store.ts";
import type { ConnectionStore, ListQuery } from "../../../functions/domain/ports.ts";
import type { ConnectionRecord } from "../../../functions/domain/record/connection-record.ts";
import { toConnectionId } from "../../../functions/domain/record/ids.ts";
import { type Status, statuses } from "../../../functions/domain/record/status.ts";
import { createFakeClock } from "../../fakes/fake-clock.ts";
import { createAcceptedRecord } from "../../support/accepting.ts";
import { useTestTable } from "../../support/use-test-table.ts";

const storage = useTestTable();
const open = () => createConnectionStore({ ...storage(), clock: createFakeClock("2026-01-01T02:00:00.000Z") });

function createIn(store: ConnectionStore, tenant: string) {
  return async (n: number, status: Status): Promise<ConnectionRecord> => {
    const clientToken = `token-${n}`;
    const id = toConnectionId(tenant, clientToken);
    const createdAt = new Date(Date.UTC(2026, 0, 1, 0, Math.floor(n / 2))).toISOString();
    const record = await createAcceptedRecord(undefined, { id, tenant, clientToken, createdAt, status });
    await store.create(record);
    return record;
  };
}

it("a request that goes on while its list is read is in it once", async () => {
  const store = open();
  const record = await createIn(store, "moving")(0, "queued");
  const { client } = storage();
  let isSeen = (): void => undefined;
  const seen = new Promise<void>((resolve) => (isSeen = resolve));
  client.middlewareStack.add(
    (next) => async (args) => {
      // Partitions are asked side by side: the one that it goes to is, here, when the one that it comes from has answered.
      if (asksFor(args.input, "tenant#moving#alibaba#creating")) {
        await seen;
        await store.save({ ...record, status: "creating" });
      }
      const result = await next(args);
      if (asksFor(args.input, "tenant#moving#alibaba#queued")) isSeen();
      return result;
    },
    { step: "initialize", name: "moves", override: true },
  );
  try {
    const { items } = await store.list({ tenant: "moving", limit: 10, statuses: ["queued", "creating"] });
    expect(items.map(({ id }) => id)).toEqual([record.id]);
  } finally {
    client.middlewareStack.remove("moves");
  }
});

function asksFor(input: object, partition: string): boolean {
  const { ExpressionAttributeValues } = input as QueryCommandInput;
  return ExpressionAttributeValues?.[":partition"]?.S === partition;
}

it("requests that change between pages: none is there twice, and none that matched all the while is missing", async () => {
  const store = open();
  const create = createIn(store, "changing");
  const pick = <Value>(values: readonly Value[], n: number) => values[n % values.length] as Value;
  const asked = ["queued", "creating", "failed"] as const satisfies Status[];
  let records = await Promise.all(Array.from({ length: 60 }, (_, n) => create(n, pick(statuses, n * 5))));
  for (const query of [
    { statuses: asked, limit: 3 },
    { statuses: asked, limit: 1 },
    { statuses: asked, region: "cn-shanghai", limit: 4 },
  ] satisfies Partial<ListQuery>[]) {
    const isAsked = ({ status }: ConnectionRecord) => (asked as readonly Status[]).includes(status);
    let always = new Set(records.filter(isAsked).map(({ id }) => id));
    const seen: string[] = [];
    let before: string | undefined;
    for (let page = 0; ; page += 1) {
      const { items, next } = await store.list({ tenant: "changing", ...query, ...(before ? { before } : {}) });
      seen.push(...items.map(({ id }) => id));
      if (next === undefined) break;
      expect(next < (before ?? "~")).toBe(true);
      before = next;
      const change = async (record: ConnectionRecord, n: number) =>
        (n * 7 + page) % 31 === 0 ? store.save({ ...record, status: pick(statuses, n + page) }) : record;
      records = await Promise.all(records.map(change));
      const still = records.filter(isAsked).map(({ id }) => id);
      always = new Set(still.filter((id) => always.has(id)));
      await create(100 + page, "failed");
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect([...always].filter((id) => !seen.includes(id))).toEqual([]);
    expect(always.size).toBeGreaterThan(3);
  }
}, 60_000);
