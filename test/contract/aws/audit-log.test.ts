import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createAuditLog } from "../../../functions/aws/audit-log.ts";
import { createConnectionStore } from "../../../functions/aws/connection-store.ts";
import type { AuditEntry, AuditQuery } from "../../../functions/domain/audit.ts";
import { toConnectionId } from "../../../functions/domain/record/ids.ts";
import { createFakeClock } from "../../fakes/fake-clock.ts";
import { createAcceptedRecord, testActor } from "../../support/accepting.ts";
import { refusalOf } from "../../support/refusal.ts";
import { repeatCalls } from "../../support/repeat-calls.ts";
import { useTestTable } from "../../support/use-test-table.ts";

const storage = useTestTable();
/** The log as it is read at this time. Tests keep decades apart, so that none reads another's. */
const logAt = (now: string) => createAuditLog({ ...storage(), clock: createFakeClock(now) });

const makeEntry = (at: string, patch: Partial<AuditEntry> = {}): AuditEntry => ({
  id: `audit_${randomUUID().replaceAll("-", "")}`,
  at,
  action: "api_key.create",
  tenant: "acme",
  by: testActor,
  ...patch,
});

/** Appends entries of these times, in this order. */
async function appendAll(times: readonly string[], patch: Partial<AuditEntry> = {}): Promise<AuditEntry[]> {
  const entries = times.map((at) => makeEntry(at, patch));
  for (const entry of entries) await logAt(entry.at).append(entry);
  return entries;
}

/** Every page until there is none. */
async function pagesOf(log: ReturnType<typeof logAt>, query: AuditQuery): Promise<AuditEntry[][]> {
  const pages: AuditEntry[][] = [];
  let cursor: string | undefined;
  do {
    const page = await log.list({ ...query, ...(cursor === undefined ? {} : { cursor }) });
    pages.push(page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined && pages.length < 50);
  return pages;
}

const newestFirst = (entries: readonly AuditEntry[]) => entries.toSorted((a, b) => (a.at < b.at ? 1 : -1));

describe("the audit log", () => {
  it("gives back what was appended, field for field", async () => {
    const by = { ...testActor, address: "192.0.2.7" };
    const entry = makeEntry("2010-05-05T00:00:00.000Z", { target: "key_1", reason: "a new colleague", by });
    await logAt(entry.at).append(entry);
    expect(await logAt("2010-05-06T00:00:00.000Z").list({ limit: 20 })).toEqual({ items: [entry] });
  });

  it("is newest first, over the borders of months and of years", async () => {
    const entries = await appendAll([
      "2020-12-31T23:59:59.999Z",
      "2021-02-28T23:59:59.999Z",
      "2020-11-01T00:00:00.000Z",
      "2021-01-01T00:00:00.000Z",
      "2021-03-01T00:00:00.000Z",
    ]);
    const { items, nextCursor } = await logAt("2021-03-31T12:00:00.000Z").list({ limit: 20 });
    expect(items).toEqual(newestFirst(entries));
    expect(nextCursor).toBeUndefined();
  });

  it.each([1, 2, 3, 4, 7, 8])("shows each entry once in pages of %i", async (limit) => {
    const year = 2100 + limit * 5;
    const days = ["01-31", "02-01", "02-28", "04-30", "05-01", "12-31", "12-31"];
    const entries = await appendAll(days.map((day, second) => `${year}-${day}T23:59:5${second}.000Z`));
    const pages = await pagesOf(logAt(`${year + 1}-01-15T00:00:00.000Z`), { limit });
    expect(pages.flat()).toEqual(newestFirst(entries));
    for (const page of pages) expect(page.length).toBeLessThanOrEqual(limit);
  });

  it("shows a tenant's own, whatever stands between them", async () => {
    const mine = await appendAll(["2030-01-01T00:00:00.000Z", "2030-02-01T00:00:00.000Z", "2030-02-28T00:00:00.000Z"]);
    const between = Array.from({ length: 120 }, (_, n) => `2030-02-10T00:00:00.${String(n).padStart(3, "0")}Z`);
    await appendAll(between, { tenant: "other" });
    const log = logAt("2030-03-01T00:00:00.000Z");
    expect((await pagesOf(log, { limit: 1, tenant: "acme" })).flat()).toEqual(newestFirst(mine));
    expect((await log.list({ limit: 20, tenant: "acme" })).items).toEqual(newestFirst(mine));
    expect((await pagesOf(log, { limit: 50, tenant: "other" })).flat()).toHaveLength(120);
    expect(await log.list({ limit: 20, tenant: "nobody" })).toEqual({ items: [] });
  });

  it("has an accepted request among the others, as it was accepted", async () => {
    const by = { ...testActor, address: "192.0.2.7", requestId: "request-9" };
    const id = toConnectionId("acme", "audited");
    const createdAt = "2040-06-15T00:00:00.000Z";
    const record = await createAcceptedRecord(undefined, { id, createdBy: by, createdAt, updatedAt: createdAt });
    const store = createConnectionStore({ ...storage(), clock: createFakeClock(createdAt) });
    await store.create(record);
    await store.save({ ...record, status: "queued", updatedAt: "2040-07-01T00:00:00.000Z" });
    const [before, after] = await appendAll(["2040-06-14T00:00:00.000Z", "2040-06-16T00:00:00.000Z"]);
    const { items } = await logAt("2040-08-01T00:00:00.000Z").list({ limit: 20, tenant: "acme" });
    const created = { id: `audit_${id}`, at: createdAt, action: "connection.create", tenant: "acme", target: id, by };
    expect(items).toEqual([after, created, before]);
    expect(JSON.stringify(items)).not.toMatch(/sealed|hmac/);
  });
});

describe("an entry", () => {
  it("that is appended twice is one", async () => {
    const [entry] = await appendAll(["2050-01-01T00:00:00.000Z"]);
    if (entry) await logAt(entry.at).append(entry);
    expect(await logAt("2050-01-02T00:00:00.000Z").list({ limit: 20 })).toEqual({ items: [entry] });
  });

  it("is one where the SDK repeated a write whose answer was lost", async () => {
    const [entry] = await repeatCalls(storage().client, () => appendAll(["2053-01-01T00:00:00.000Z"]));
    expect(await logAt("2053-01-02T00:00:00.000Z").list({ limit: 20 })).toEqual({ items: [entry] });
  });

  it("is never changed", async () => {
    const [entry] = await appendAll(["2056-01-01T00:00:00.000Z"]);
    if (entry) await logAt(entry.at).append({ ...entry, action: "tenant.set", reason: "another" });
    expect(await logAt("2056-01-02T00:00:00.000Z").list({ limit: 20 })).toEqual({ items: [entry] });
  });
});

describe("a cursor", () => {
  const encode = (place: string) => Buffer.from(place).toString("base64url");

  it.each([
    "",
    "nonsense",
    encode("2060-01-01"),
    encode("2060-01-01T00:00:00.000Z"),
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

  it("leads to nothing of another tenant's", async () => {
    await appendAll(["2063-01-01T00:00:00.000Z", "2063-01-02T00:00:00.000Z"], { tenant: "other" });
    const log = logAt("2063-01-03T00:00:00.000Z");
    const { nextCursor = "" } = await log.list({ limit: 1, tenant: "other" });
    expect(await log.list({ limit: 1, tenant: "acme", cursor: nextCursor })).toEqual({ items: [] });
  });
});

describe("months without an entry", () => {
  it("are crossed, as many as 22 of them", async () => {
    const entries = await appendAll(["2070-01-31T23:59:59.999Z", "2071-12-01T00:00:00.000Z"]);
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
    const started = performance.now();
    expect(await logAt("2090-01-01T00:00:00.000Z").list({ limit: 100 })).toEqual({ items: [] });
    client.middlewareStack.remove("count");
    expect(asked).toEqual(Array.from({ length: 24 }, () => "QueryCommand"));
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
