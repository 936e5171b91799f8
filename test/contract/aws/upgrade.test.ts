import { PutItemCommand } from "@aws-sdk/client-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import { beforeEach, describe, expect, it } from "vitest";
import { createAuditLog } from "../../../functions/aws/audit-log.ts";
import { createConnectionStore } from "../../../functions/aws/connection-store.ts";
import { createTallies } from "../../../functions/aws/tallies.ts";
import { createTenantStore } from "../../../functions/aws/tenant-store.ts";
import { createUpgrade } from "../../../functions/aws/upgrade.ts";
import type { ListQuery, Reference } from "../../../functions/domain/ports.ts";
import { recountTallies } from "../../../functions/domain/stats/recount.ts";
import { createFakeClock } from "../../fakes/fake-clock.ts";
import items from "../../fixtures/items-of-version-4.json" with { type: "json" };
import { useTestTable } from "../../support/use-test-table.ts";

const storage = useTestTable();
const clock = createFakeClock("2026-01-01T02:00:00.000Z");
const store = () => createConnectionStore({ ...storage(), clock });
const upgrade = () => createUpgrade({ ...storage(), clock });
const [succeeded, failed, open] = [
  "pjdt3sdw6lytzrlpkx5onxip2o",
  "failedfailedfailedfailed22",
  "openopenopenopenopenopen22",
];

async function putRaw(item: object): Promise<void> {
  const { client, table } = storage();
  await client.send(new PutItemCommand({ TableName: table, Item: marshall(item) }));
}

beforeEach(async () => {
  for (const item of items) await putRaw(item);
});

describe("items of the version before", () => {
  it("are in none of today's indexes until the sweeper went through, and in all of them then", async () => {
    const idsOf = async (query: Partial<ListQuery>) =>
      (await store().list({ tenant: "acme", limit: 10, ...query })).items.map(({ id }) => id).toSorted();
    const found = async (reference: Reference, value: string) =>
      (await store().find(reference, value, "acme")).map(({ id }) => id).toSorted();
    expect(await idsOf({})).toEqual([]);
    expect(await upgrade().goOn()).toEqual({ written: 5, isDone: true, isOver: false });
    const all = [failed, open, succeeded].toSorted();
    expect(await idsOf({})).toEqual(all);
    expect(await idsOf({ provider: "alibaba" })).toEqual(all);
    expect(await idsOf({ region: "cn-shanghai" })).toEqual(all);
    expect(await idsOf({ vpnGatewayId: "vpn-bp1q8bgx4xnkm" })).toEqual(all);
    expect(await idsOf({ statuses: ["succeeded"] })).toEqual([succeeded]);
    expect(await idsOf({ errorCode: "provider_quota" })).toEqual([failed]);
    expect(await idsOf({ providerConnectionId: "vco-of-version-4" })).toEqual([succeeded]);
    expect(await found("createRequestId", "request-of-the-create")).toEqual([succeeded]);
    expect(await found("operationId", "openopenopen")).toEqual([open]);
    const failures = await store().listAttention({ tenant: "acme", kind: "failed", limit: 10 });
    expect(failures.items.map(({ id }) => id)).toEqual([failed]);
    expect((await createTenantStore(storage()).list()).map(({ name }) => name)).toEqual(["acme"]);
    const { items: entries } = await createAuditLog(storage()).list({ tenant: "acme", limit: 10 });
    expect(entries.map(({ action }) => action).toSorted()).toEqual([
      ...all.map(() => "connection.create"),
      "tenant.set",
    ]);
    expect(await createAuditLog(storage()).list({ limit: 10 })).toEqual({ items: entries });
    const tallies = createTallies(storage());
    await recountTallies({ tallies, clock });
    const hour = "2026-01-01T00";
    expect(Object.values((await tallies.read("acme", [hour])).get(hour)?.counts ?? {})).toEqual([1, 1]);
  });

  it("that were written while it went through are found by the next time through, and none is written twice", async () => {
    const again = createUpgrade({ ...storage(), clock: createFakeClock("2026-01-01T03:00:00.000Z") });
    expect((await again.goOn()).isDone).toBe(true);
    expect(await again.goOn()).toEqual({ written: 0, isDone: true, isOver: true });
  });

  it("keep the time from which the sweeper looks at them, and what somebody writes meanwhile", async () => {
    const before = await store().get(open ?? "");
    if (before) await store().save({ ...before, statusReason: "written meanwhile" });
    await upgrade().goOn();
    expect((await store().get(open ?? ""))?.statusReason).toBe("written meanwhile");
  });
});
