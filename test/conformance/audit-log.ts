import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { AuditEntry, AuditLog, AuditQuery } from "../../functions/domain/audit.ts";
import { testActor } from "../support/accepting.ts";
import { refusalOf } from "../support/refusal.ts";

const makeEntry = (at: string, patch: Partial<AuditEntry> = {}): AuditEntry => ({
  id: `audit_${randomUUID().replaceAll("-", "")}`,
  at,
  action: "api_key.create",
  tenant: "acme",
  by: testActor,
  ...patch,
});

export const newestFirst = (entries: readonly AuditEntry[]) => entries.toSorted((a, b) => (a.at < b.at ? 1 : -1));

/** Appends entries of these times, in this order. */
export async function appendAll(
  logAt: (now: string) => AuditLog,
  times: readonly string[],
  patch: Partial<AuditEntry> = {},
): Promise<AuditEntry[]> {
  const entries = times.map((at) => makeEntry(at, patch));
  for (const entry of entries) await logAt(entry.at).append(entry);
  return entries;
}

/** Every page until there is none. */
async function pagesOf(log: AuditLog, query: AuditQuery): Promise<AuditEntry[][]> {
  const pages: AuditEntry[][] = [];
  let cursor: string | undefined;
  do {
    const page = await log.list({ ...query, ...(cursor === undefined ? {} : { cursor }) });
    pages.push(page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined && pages.length < 50);
  return pages;
}

/**
 * What every implementation of the audit log keeps to, but for entries of accepted requests, which only the table has.
 * `logAt` is the log as it is read at a time. Tests keep decades apart, so that none reads another's.
 */
export function describeAuditLog(name: string, logAt: (now: string) => AuditLog): void {
  const append = (times: readonly string[], patch?: Partial<AuditEntry>) => appendAll(logAt, times, patch);

  describe(`the audit log ${name}`, () => {
    it("gives back what was appended, field for field", async () => {
      const by = { ...testActor, address: "192.0.2.7" };
      const details = { scopes: ["admin"], perSecond: 5 };
      const patch = { target: "key_1", reason: "a new colleague", by, details };
      const entries = await append(["2010-05-05T00:00:00.000Z"], patch);
      expect(await logAt("2010-05-06T00:00:00.000Z").list({ limit: 20 })).toEqual({ items: entries });
    });

    it("is newest first, over the borders of months and of years", async () => {
      const entries = await append([
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
      const entries = await append(days.map((day, second) => `${year}-${day}T23:59:5${second}.000Z`));
      const pages = await pagesOf(logAt(`${year + 1}-01-15T00:00:00.000Z`), { limit });
      expect(pages.flat()).toEqual(newestFirst(entries));
      for (const page of pages) expect(page.length).toBeLessThanOrEqual(limit);
    });

    it("shows each entry once where several are of the same time", async () => {
      const entries = await append(Array.from({ length: 5 }, () => "2025-01-01T00:00:00.000Z"));
      const pages = await pagesOf(logAt("2025-01-02T00:00:00.000Z"), { limit: 2 });
      const idsOf = (some: readonly AuditEntry[]) => some.map(({ id }) => id).toSorted();
      expect(idsOf(pages.flat())).toEqual(idsOf(entries));
    });

    it("shows a tenant's own, whatever stands between them", async () => {
      const mine = await append(["2030-01-01T00:00:00.000Z", "2030-02-01T00:00:00.000Z", "2030-02-28T00:00:00.000Z"]);
      const between = Array.from({ length: 120 }, (_, n) => `2030-02-10T00:00:00.${String(n).padStart(3, "0")}Z`);
      await append(between, { tenant: "other" });
      const log = logAt("2030-03-01T00:00:00.000Z");
      expect((await pagesOf(log, { limit: 1, tenant: "acme" })).flat()).toEqual(newestFirst(mine));
      expect((await log.list({ limit: 20, tenant: "acme" })).items).toEqual(newestFirst(mine));
      expect((await pagesOf(log, { limit: 50, tenant: "other" })).flat()).toHaveLength(120);
      expect(await log.list({ limit: 20, tenant: "nobody" })).toEqual({ items: [] });
    });

    it("has an entry that is appended twice once, as it was first", async () => {
      const entries = await append(["2050-01-01T00:00:00.000Z"]);
      for (const entry of entries) {
        await logAt(entry.at).append(entry);
        await logAt(entry.at).append({ ...entry, action: "tenant.set", reason: "another" });
      }
      expect(await logAt("2050-01-02T00:00:00.000Z").list({ limit: 20 })).toEqual({ items: entries });
    });

    it("is not changed through what it was given or has given out", async () => {
      const entry = makeEntry("2056-01-01T00:00:00.000Z", { reason: "as it was" });
      const log = logAt("2056-01-02T00:00:00.000Z");
      await log.append(entry);
      entry.reason = "changed";
      for (const given of (await log.list({ limit: 20 })).items) given.reason = "changed";
      expect((await log.list({ limit: 20 })).items).toMatchObject([{ reason: "as it was" }]);
    });

    it.each(["", "nonsense", Buffer.from("2060-01-01T00:00:00.000Z").toString("base64url")])(
      "refuses a cursor that is none of its own: '%s'",
      async (cursor) => {
        const refusal = await refusalOf(logAt("2060-01-02T00:00:00.000Z").list({ limit: 1, cursor }));
        expect(refusal).toMatchObject({ code: "invalid_request", errors: [{ pointer: "/cursor" }] });
      },
    );

    it("leads by a cursor to nothing of another tenant's", async () => {
      await append(["2063-01-01T00:00:00.000Z", "2063-01-02T00:00:00.000Z"], { tenant: "other" });
      const log = logAt("2063-01-03T00:00:00.000Z");
      const { nextCursor = "" } = await log.list({ limit: 1, tenant: "other" });
      expect(await log.list({ limit: 1, tenant: "acme", cursor: nextCursor })).toEqual({ items: [] });
    });
  });
}
