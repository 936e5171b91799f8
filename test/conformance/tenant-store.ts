import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { StaleRecordError } from "../../functions/domain/errors.ts";
import type { TenantStore } from "../../functions/domain/ports.ts";
import type { Tenant } from "../../functions/domain/tenants/tenant.ts";
import { testKey, testTenant } from "../fakes/memory-tenant-store.ts";

/** A tenant that was not written yet, with a name of its own. */
const newTenant = (patch: Partial<Tenant> = {}): Tenant =>
  testTenant(patch.name ?? `team-${randomUUID()}`, { version: 0, ...patch });

/** What every implementation of the store keeps to. */
export function describeTenantStore(name: string, open: () => TenantStore): void {
  /** Twenty writers of one version: the one that won, and why the others did not. */
  async function race(tenant: Tenant) {
    const tries = await Promise.allSettled(
      Array.from({ length: 20 }, (_, n) => open().save({ ...tenant, maxUnfinishedRequests: n + 1 })),
    );
    return {
      won: tries.flatMap((one) => (one.status === "fulfilled" ? [one.value] : [])),
      lost: tries.flatMap((one) => (one.status === "rejected" ? [one.reason as unknown] : [])),
    };
  }

  describe(`the tenant store ${name}`, () => {
    it("gives back what it was given, field for field, at its first version", async () => {
      const tenant = newTenant({
        gateways: ["alibaba/cn-*/*", "tencent/ap-shanghai/vpngw-1"],
        credentials: { alibaba: "team-a" },
        webhookUrl: "https://acme.example.com/hook",
        keys: [
          testKey("one", ["admin"], { expiresAt: "2027-01-01T00:00:00.000Z", rateLimit: { perSecond: 1, burst: 2 } }),
          testKey("two", ["secrets:read"], { revokedAt: "2026-02-01T00:00:00.000Z", replacedBy: "key_three" }),
        ],
      });
      const saved = await open().save(tenant);
      expect(saved).toEqual({ ...tenant, version: 1 });
      expect(await open().get(tenant.name)).toEqual(saved);
    });

    it("knows nothing of a name that was never used", async () => {
      expect(await open().get(`team-${randomUUID()}`)).toBeUndefined();
    });

    it("forgets what a later version has no more", async () => {
      const { webhookUrl: _url, ...silent } = await open().save(newTenant({ webhookUrl: "https://a.example.com/" }));
      await open().save({ ...silent, credentials: {} });
      expect(await open().get(silent.name)).toEqual({ ...silent, version: 2 });
    });

    it("lets one of many simultaneous first writes win", async () => {
      const tenant = newTenant();
      const { won, lost } = await race(tenant);
      expect(won).toHaveLength(1);
      expect(await open().get(tenant.name)).toEqual(won[0]);
      for (const reason of lost) expect(reason).toBeInstanceOf(StaleRecordError);
    });

    it("lets one of many simultaneous writes of a version win", async () => {
      const { won, lost } = await race(await open().save(newTenant()));
      expect(won).toMatchObject([{ version: 2 }]);
      expect(await open().get(won[0]?.name ?? "")).toEqual(won[0]);
      for (const reason of lost) expect(reason).toBeInstanceOf(StaleRecordError);
    });

    it("does not write over what it has not seen: not as a new one, and not by an older version", async () => {
      const first = await open().save(newTenant());
      const second = await open().save({ ...first, maxUnfinishedRequests: 7 });
      for (const stale of [{ ...first, version: 0 }, first, { ...second, version: 3 }]) {
        await expect(open().save(stale)).rejects.toBeInstanceOf(StaleRecordError);
      }
      expect(await open().get(first.name)).toEqual(second);
    });

    it("does not write a version of what is not there", async () => {
      const tenant = newTenant({ version: 1 });
      await expect(open().save(tenant)).rejects.toBeInstanceOf(StaleRecordError);
      expect(await open().get(tenant.name)).toBeUndefined();
    });

    it("lists every tenant by name, each as it is now", async () => {
      const names = Array.from({ length: 110 }, (_, n) => `listed-${String(n).padStart(3, "0")}`);
      for (const one of names.toReversed()) await open().save(newTenant({ name: one }));
      const last = await open().get("listed-109");
      if (last) await open().save({ ...last, maxUnfinishedRequests: 7 });
      const listed = (await open().list()).filter((tenant) => tenant.name.startsWith("listed-"));
      expect(listed.map((tenant) => tenant.name)).toEqual(names);
      expect(listed.at(-1)).toMatchObject({ version: 2, maxUnfinishedRequests: 7 });
    });

    it("leads from a key's hash to the tenant that claimed it, and from another nowhere", async () => {
      const hash = randomUUID();
      expect(await open().ownerOf(hash)).toBeUndefined();
      await open().claim(hash, "acme");
      expect(await open().ownerOf(hash)).toBe("acme");
      expect(await open().ownerOf(randomUUID())).toBeUndefined();
    });

    it("takes a claim for no tenant", async () => {
      const name = `team-${randomUUID()}`;
      await open().claim(randomUUID(), name);
      expect(await open().get(name)).toBeUndefined();
      expect((await open().list()).map((tenant) => tenant.name)).not.toContain(name);
    });
  });
}
