import { describe, expect, it } from "vitest";
import { createAuditLog } from "../../../functions/aws/audit-log.ts";
import { createConnectionStore } from "../../../functions/aws/connection-store.ts";
import { toConnectionId } from "../../../functions/domain/record/ids.ts";
import { appendAll, describeAuditLog } from "../../conformance/audit-log.ts";
import { createFakeClock } from "../../fakes/fake-clock.ts";
import { createAcceptedRecord, testActor } from "../../support/accepting.ts";
import { repeatCalls } from "../../support/repeat-calls.ts";
import { useTestTable } from "../../support/use-test-table.ts";

const storage = useTestTable();
const open = () => createAuditLog(storage());

describeAuditLog("in DynamoDB", open);

describe("an accepted request", () => {
  it("is an entry among the others, as it was accepted, in its tenant's log and in everybody's", async () => {
    const tenant = "audited";
    const by = { ...testActor, tenant, address: "192.0.2.7", requestId: "request-9" };
    const id = toConnectionId(tenant, "audited");
    const createdAt = "9140-06-15T00:00:00.000Z";
    const record = await createAcceptedRecord(undefined, {
      id,
      tenant,
      createdBy: by,
      createdAt,
      updatedAt: createdAt,
    });
    const store = createConnectionStore({ ...storage(), clock: createFakeClock(createdAt) });
    await store.create(record);
    await store.save({ ...record, status: "queued", updatedAt: "9140-07-01T00:00:00.000Z" });
    const times = ["9140-06-14T00:00:00.000Z", "9140-06-16T00:00:00.000Z"];
    const [before, after] = await appendAll(open(), times, { tenant });
    const created = { id: `audit_${id}`, at: createdAt, action: "connection.create", tenant, target: id, by };
    const { items } = await open().list({ limit: 20, tenant });
    expect(items).toEqual([after, created, before]);
    expect((await open().list({ limit: 3 })).items).toEqual([after, created, before]);
    expect(JSON.stringify(items)).not.toMatch(/sealed|hmac/);
  });
});

describe("an entry", () => {
  it("is one where the SDK repeated a write whose answer was lost", async () => {
    const [entry] = await repeatCalls(storage().client, () =>
      appendAll(open(), ["2053-01-01T00:00:00.000Z"], { tenant: "repeated" }),
    );
    expect(await open().list({ limit: 20, tenant: "repeated" })).toEqual({ items: [entry] });
  });
});
