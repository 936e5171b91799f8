import { GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { marshall, unmarshall } from "@aws-sdk/util-dynamodb";
import { beforeEach, describe, expect, it } from "vitest";
import { createAuditLog } from "../../../functions/aws/audit-log.ts";
import { createConnectionStore } from "../../../functions/aws/connection-store.ts";
import { rekey } from "../../../functions/aws/rekey.ts";
import { schemaVersion, toCurrent } from "../../../functions/aws/schema.ts";
import { createTallies } from "../../../functions/aws/tallies.ts";
import { createTenantStore } from "../../../functions/aws/tenant-store.ts";
import { createTurns } from "../../../functions/aws/turns.ts";
import { SchemaVersionError } from "../../../functions/domain/errors.ts";
import type { Provider } from "../../../functions/domain/provider/provider.ts";
import { awaitProvisioned } from "../../../functions/steps/await-provisioned.ts";
import { recordOutcome } from "../../../functions/steps/record-outcome.ts";
import { submit } from "../../../functions/steps/submit/submit.ts";
import { sweep } from "../../../functions/steps/sweep.ts";
import { takeTurn } from "../../../functions/steps/take-turn.ts";
import { createFakeClock } from "../../fakes/fake-clock.ts";
import { nothingToUpgrade } from "../../fakes/nothing-to-upgrade.ts";
import { plainSealer } from "../../fakes/plain-sealer.ts";
import { createRecordingLog } from "../../fakes/recording-log.ts";
import { createRecordingWorkflows } from "../../fakes/recording-workflows.ts";
import items from "../../fixtures/items-of-version-1.json" with { type: "json" };
import { createAcceptedRecord } from "../../support/accepting.ts";
import { useTestTable } from "../../support/use-test-table.ts";

const storage = useTestTable();
const clock = createFakeClock("2026-01-01T00:10:00.000Z");
const records = () => createConnectionStore({ ...storage(), clock });
const tenants = () => createTenantStore(storage());
const { pk: id } = items.record;
const later = "2026-01-01T00:20:00.000Z";
const query = { tenant: "acme", limit: 10 };

async function putRaw(item: object): Promise<void> {
  const { client, table } = storage();
  await client.send(new PutItemCommand({ TableName: table, Item: marshall(item) }));
}

async function getRaw(pk: string): Promise<Record<string, unknown>> {
  const { client, table } = storage();
  const { Item = {} } = await client.send(new GetItemCommand({ TableName: table, Key: marshall({ pk }) }));
  return unmarshall(Item);
}

/** The steps at a vendor that has made the connection which the attempt asked for, and must not be asked for another. */
function createSteps() {
  const provider: Partial<Provider> = {
    firstLookSeconds: 10,
    find: async () => ["vco-1"],
    provisioning: async () => ({ state: "ready", reported: {} }),
    create: () => Promise.reject(new Error("a second create")),
  };
  const connectProvider = async () => provider as Provider;
  const workflows = createRecordingWorkflows();
  const { log, lines } = createRecordingLog();
  return {
    store: records(),
    tenants: tenants(),
    turns: createTurns(storage()),
    tallies: createTallies(storage()),
    upgrade: nothingToUpgrade,
    connectProvider,
    workflows,
    opener: plainSealer,
    clock,
    timeScale: 1,
    log,
    lines,
  };
}

/** An item as it is once the sweeper has given it the keys of today's indexes. */
const rekeyed = (item: { pk: string }): object => rekey(toCurrent({ ...item }) as { pk: string })?.item ?? item;

beforeEach(async () => {
  for (const item of Object.values(items)) await putRaw(item);
});

describe("items of version 1", () => {
  it("are read as what they are today, one by one and where they are in the way", async () => {
    const { estimatedCompletionAt: _estimate, ...data } = items.record.data;
    const record = { ...data, create: { ...data.create, state: "undecided" }, queueDeadlineAt: data.deadlineAt };
    expect(await records().get(id)).toEqual(record);
    expect(await records().create(await createAcceptedRecord(undefined, { id }))).toEqual(record);

    const { mostOpenRequests, ...rest } = items.tenant.data;
    const tenant = { ...rest, maxUnfinishedRequests: mostOpenRequests };
    expect(await tenants().get("acme")).toEqual(tenant);
    expect(await tenants().ownerOf(items.tenant.data.keys[0]?.hash ?? "")).toBe("acme");
  });

  it("are of today's version once they are written again", async () => {
    const tenant = await tenants().get("acme");
    if (tenant) await tenants().save(tenant);
    const written = await getRaw("tenant#acme");
    expect(written).toMatchObject({ schemaVersion, version: 2, data: { maxUnfinishedRequests: 50 } });
    expect(written["data"]).not.toHaveProperty("mostOpenRequests");
  });

  it("are gone on with: what an attempt of then has made is found, and no second one is made", async () => {
    const steps = createSteps();
    expect(await sweep(steps, clock.now())).toEqual({ looked: 1, started: 1 });
    const [run] = steps.workflows.started;
    if (!run) throw new Error("nothing was started");
    await takeTurn(steps, run);
    await submit(steps, run);
    await awaitProvisioned(steps, run);
    await recordOutcome(steps, run);
    expect(await records().get(id)).toMatchObject({ status: "succeeded", providerConnectionId: "vco-1", attempts: 1 });
    expect(await getRaw(id)).toMatchObject({ schemaVersion, data: { create: { state: "accepted" } } });
  });
});

describe("a record of version 2", () => {
  it("keeps its deadline, which began when it was accepted, through its turn", async () => {
    const { queueDeadlineAt: _new, ...data } = await createAcceptedRecord(undefined, { deadlineAt: later });
    await putRaw({ ...items.record, pk: data.id, schemaVersion: 2, data });
    const steps = createSteps();
    await takeTurn(steps, { id: data.id, generation: 1 });
    expect(await records().get(data.id)).toMatchObject({ deadlineAt: later, queueDeadlineAt: later });
  });
});

describe("an item of a newer version", () => {
  const newer = schemaVersion + 1;
  const message = `is of schema version ${newer}, and this code knows ${schemaVersion}: wait until the newer release`;

  it.each([
    ["that is asked for", () => records().get(id), id],
    ["in a list", () => records().list(query), id],
    ["in the audit log", () => createAuditLog(storage()).list({ limit: 10 }), id],
    ["in the way of a new one", async () => records().create(await createAcceptedRecord(undefined, { id })), id],
    ["that is a tenant", () => tenants().get("acme"), "tenant#acme"],
    ["among the tenants", () => tenants().list(), "tenant#acme"],
    ["that is a turn", () => createTurns(storage()).holders("alibaba#cn-shanghai#vpn-bp1q8bgx4xnkm"), items.turn.pk],
  ])("%s is refused by its key, with both versions and what to do", async (_, read, key) => {
    for (const item of Object.values(items)) await putRaw({ ...rekeyed(item), schemaVersion: newer });
    const refused = await Promise.resolve(read()).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(SchemaVersionError);
    expect((refused as Error).message).toContain(`the item ${key} ${message}`);
  });

  it("is left as it is by the sweeper, which puts right the others", async () => {
    const other = `a${id.slice(1)}`;
    const { record } = items;
    await putRaw({ ...record, schemaVersion: newer });
    await putRaw({ ...record, pk: other, gsi2sk: `${record.gsi2sk}2`, data: { ...record.data, id: other } });
    const before = await getRaw(id);
    const steps = createSteps();
    expect(await sweep(steps, clock.now())).toEqual({ looked: 2, started: 1 });
    expect(steps.workflows.started).toMatchObject([{ id: other }]);
    expect(steps.lines).toContainEqual({ event: "sweep_failed", connectionId: id, error: "SchemaVersion" });
    expect(await getRaw(id)).toEqual(before);
  });
});
