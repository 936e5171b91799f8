import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { AuditEntry, AuditLog, AuditQuery } from "../../functions/domain/audit.ts";
import { testActor } from "../support/accepting.ts";

const makeEntry = (at: string, patch: Partial<AuditEntry> = {}): AuditEntry => ({
  id: `audit_${randomUUID().replaceAll("-", "")}`,
  at,
  action: "api_key.create",
  tenant: "acme",
  by: testActor,
  ...patch,
});

const newestFirst = (entries: readonly AuditEntry[]) => entries.toSorted((a, b) => (a.at < b.at ? 1 : -1));

/** Appends entries of these times, in this order. */
export async function appendAll(
  log: AuditLog,
  times: readonly string[],
  patch: Partial<AuditEntry> = {},
): Promise<AuditEntry[]> {
  const entries = times.map((at) => makeEntry(at, patch));
  for (const entry of entries) await log.append(entry);
  return entries;
}

/** Every page until there is none. */
async function pagesOf(log: AuditLog, query: AuditQuery): Promise<AuditEntry[][]> {
  const pages: AuditEntry[][] = [];
  let before: string | undefined;
  do {
    const page = await log.list({ ...query, ...(before === undefined ? {} : { before }) });
    pages.push(page.items);
    before = page.next;
  } while (before !== undefined && pages.length < 50);
  return pages;
}

/** What every implementation of the audit log keeps to, but for entries of accepted requests, which only the table has. */
export function describeAuditLog(name: string, open: () => AuditLog): void {
  /** A tenant of which nothing is in the log yet, so that no test reads another's. */
  const newTenant = () => `tenant-${randomUUID()}`;

  describe(`the audit log ${name}`, () => {
    it("gives back what was appended, field for field", async () => {
      const tenant = newTenant();
      const by = { ...testActor, address: "192.0.2.7" };
      const details = { scopes: ["admin"], perSecond: 5 };
      const patch = { tenant, target: "key_1", reason: "a new colleague", by, details };
      const entries = await appendAll(open(), ["2010-05-05T00:00:00.000Z"], patch);
      expect(await open().list({ limit: 20, tenant })).toEqual({ items: entries });
    });

    it("is newest first, of all tenants too", async () => {
      const times = ["9020-12-31T23:59:59.999Z", "9021-02-28T23:59:59.999Z", "9020-11-01T00:00:00.000Z"];
      const tenant = newTenant();
      const entries = await appendAll(open(), times, { tenant });
      expect(await open().list({ limit: 20, tenant })).toEqual({ items: newestFirst(entries) });
      const others = await appendAll(open(), ["9021-01-01T00:00:00.000Z"], { tenant: newTenant() });
      expect((await open().list({ limit: 4 })).items).toEqual(newestFirst([...entries, ...others]));
    });

    it.each([1, 2, 3, 4, 7, 8])("shows each entry once in pages of %i", async (limit) => {
      const tenant = newTenant();
      const days = ["01-31", "02-01", "02-28", "04-30", "05-01", "12-31", "12-31"];
      const times = days.map((day, second) => `2100-${day}T23:59:5${second}.000Z`);
      const entries = await appendAll(open(), times, { tenant });
      const pages = await pagesOf(open(), { limit, tenant });
      expect(pages.flat()).toEqual(newestFirst(entries));
      for (const page of pages) expect(page.length).toBeLessThanOrEqual(limit);
    });

    it("shows each entry once where several are of the same time", async () => {
      const tenant = newTenant();
      const times = Array.from({ length: 5 }, () => "2025-01-01T00:00:00.000Z");
      const entries = await appendAll(open(), times, { tenant });
      const pages = await pagesOf(open(), { limit: 2, tenant });
      const idsOf = (some: readonly AuditEntry[]) => some.map(({ id }) => id).toSorted();
      expect(idsOf(pages.flat())).toEqual(idsOf(entries));
    });

    it("shows a tenant's own, whatever stands between them", async () => {
      const [tenant, other] = [newTenant(), newTenant()];
      const times = ["2030-01-01T00:00:00.000Z", "2030-02-01T00:00:00.000Z", "2030-02-28T00:00:00.000Z"];
      const mine = await appendAll(open(), times, { tenant });
      const between = Array.from({ length: 120 }, (_, n) => `2030-02-10T00:00:00.${String(n).padStart(3, "0")}Z`);
      await appendAll(open(), between, { tenant: other });
      expect((await pagesOf(open(), { limit: 1, tenant })).flat()).toEqual(newestFirst(mine));
      expect((await open().list({ limit: 20, tenant })).items).toEqual(newestFirst(mine));
      expect((await pagesOf(open(), { limit: 50, tenant: other })).flat()).toHaveLength(120);
      expect(await open().list({ limit: 20, tenant: newTenant() })).toEqual({ items: [] });
    });

    it("has an entry that is appended twice once, as it was first", async () => {
      const tenant = newTenant();
      const [entry] = await appendAll(open(), ["2050-01-01T00:00:00.000Z"], { tenant });
      if (entry) await open().append(entry);
      if (entry) await open().append({ ...entry, action: "tenant.set", reason: "another" });
      expect(await open().list({ limit: 20, tenant })).toEqual({ items: [entry] });
    });

    it("is not changed through what it was given or has given out", async () => {
      const tenant = newTenant();
      const entry = makeEntry("2056-01-01T00:00:00.000Z", { tenant, reason: "as it was" });
      const log = open();
      await log.append(entry);
      entry.reason = "changed";
      for (const given of (await log.list({ limit: 20, tenant })).items) given.reason = "changed";
      expect((await log.list({ limit: 20, tenant })).items).toMatchObject([{ reason: "as it was" }]);
    });

    it("leads by a place to nothing of another tenant's", async () => {
      const [tenant, other] = [newTenant(), newTenant()];
      await appendAll(open(), ["2063-01-01T00:00:00.000Z", "2063-01-02T00:00:00.000Z"], { tenant: other });
      const { next = "" } = await open().list({ limit: 1, tenant: other });
      expect(await open().list({ limit: 1, tenant, before: next })).toEqual({ items: [] });
    });
  });
}
