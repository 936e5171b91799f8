import { describe, expect, it } from "vitest";
import { createAuditLog } from "../../../functions/aws/audit-log.ts";
import { createConnectionStore } from "../../../functions/aws/connection-store.ts";
import { toConnectionId } from "../../../functions/domain/record/ids.ts";
import { appendAll, describeAuditLog, newestFirst } from "../../conformance/audit-log.ts";
import { createFakeClock } from "../../fakes/fake-clock.ts";
import { createAcceptedRecord, testActor } from "../../support/accepting.ts";
import { refusalOf } from "../../support/refusal.ts";
import { repeatCalls } from "../../support/repeat-calls.ts";
import { useTestTable } from "../../support/use-test-table.ts";

const storage = useTestTable();
/** The log as it is read at this time. Tests keep decades apart, so that none reads another's. */
const logAt = (now: string) => createAuditLog({ ...storage(), clock: createFakeClock(now) });

describeAuditLog("in DynamoDB", logAt);

describe("an accepted request", () => {
  it("is an entry among the others, as it was accepted", async () => {
    const by = { ...testActor, address: "192.0.2.7", requestId: "request-9" };
    const id = toConnectionId("acme", "audited");
    const createdAt = "2040-06-15T00:00:00.000Z";
    const record = await createAcceptedRecord(undefined, { id, createdBy: by, createdAt, updatedAt: createdAt });
    const store = createConnectionStore({ ...storage(), clock: createFakeClock(createdAt) });
    await store.create(record);
    await store.save({ ...record, status: "queued", updatedAt: "2040-07-01T00:00:00.000Z" });
    const [before, after] = await appendAll(logAt, ["2040-06-14T00:00:00.000Z", "2040-06-16T00:00:00.000Z"]);
    const { items } = await logAt("2040-08-01T00:00:00.000Z").list({ limit: 20, tenant: "acme" });
    const created = { id: `audit_${id}`, at: createdAt, action: "connection.create", tenant: "acme", target: id, by };
    expect(items).toEqual([after, created, before]);
    expect(JSON.stringify(items)).not.toMatch(/sealed|hmac/);
  });
});

describe("an entry", () => {
  it("is one where the SDK repeated a write whose answer was lost", async () => {
    const [entry] = await repeatCalls(storage().client, () => appendAll(logAt, ["2053-01-01T00:00:00.000Z"]));
    expect(await logAt("2053-01-02T00:00:00.000Z").list({ limit: 20 })).toEqual({ items: [entry] });
  });
});

describe("a cursor", () => {
  const encode = (place: string) => Buffer.from(place).toString("base64url");

  it.each([
    encode("2060-01-01"),
    encode("2060-00-01T00:00:00.000Z#audit_1"),
    encode("2060-13-01T00:00:00.000Z#audit_1"),
    encode("2060-01-01T00:00:00.000Z#../x"),
    encode(`2060-01-01T00:00:00.000Z#${"a".repeat(65)}`),
    encode("audit#2060-01"),
  ])("that is none of ours is refused: %s", async (cursor) => {
    const refusal = await refusalOf(logAt("2060-01-02T00:00:00.000Z").list({ limit: 1, cursor }));
    expect(refusal).toMatchObject({ code: "invalid_request", errors: [{ pointer: "/cursor" }] });
  });

  it.each(["0000-01-01T00:00:00.000Z~", "0001-12-31T00:00:00.000Z#a", "9999-12-31T23:59:59.999Z~"])(
    "that leads where nothing is finds nothing: %s",
    async (place) => {
      const found = logAt("2060-01-02T00:00:00.000Z").list({ limit: 1, cursor: encode(place), tenant: "nobody" });
      expect(await found).toEqual({ items: [] });
    },
  );
});

describe("months without an entry", () => {
  it("are crossed, as many as 22 of them", async () => {
    const entries = await appendAll(logAt, ["2070-01-31T23:59:59.999Z", "2071-12-01T00:00:00.000Z"]);
    const { items } = await logAt("2071-12-31T23:59:59.999Z").list({ limit: 20 });
    expect(items).toEqual(newestFirst(entries));
  });

  it("cost a query each, 24 at most, and little time", async () => {
    const { client } = storage();
    const asked: string[] = [];
    client.middlewareStack.add(
      (next, context) => (input) => {
        asked.push(String((context as { commandName?: string }).commandName));
        return next(input);
      },
      { step: "finalizeRequest", priority: "low", name: "count" },
    );
    expect(await logAt("2090-01-01T00:00:00.000Z").list({ limit: 100 })).toEqual({ items: [] });
    client.middlewareStack.remove("count");
    expect(asked).toEqual(Array.from({ length: 24 }, () => "QueryCommand"));
  });
});
