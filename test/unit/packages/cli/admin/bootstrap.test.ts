import { describe, expect, it } from "vitest";
import { authenticateCaller, createKeyDirectory } from "../../../../../functions/domain/tenants/caller.ts";
import { scopes, type Tenant } from "../../../../../functions/domain/tenants/tenant.ts";
import { bootstrap } from "../../../../../packages/cli/src/admin/bootstrap.ts";
import { createFakeClock } from "../../../../fakes/fake-clock.ts";
import { createMemoryAuditLog } from "../../../../fakes/memory-audit-log.ts";
import { createMemoryTenantStore, testKey, testTenant } from "../../../../fakes/memory-tenant-store.ts";

const input = { tenant: "ops", keyName: "first key", force: false };

function setUp(...tenants: Tenant[]) {
  return { tenants: createMemoryTenantStore(...tenants), audit: createMemoryAuditLog(), clock: createFakeClock() };
}

describe("bootstrap", () => {
  it("makes a tenant that may touch nothing, and a key that works, both audited", async () => {
    const deps = setUp();
    const { secret, key, made } = await bootstrap(deps, input);
    expect(made).toBe(true);
    expect(await deps.tenants.get("ops")).toMatchObject({ gateways: [], webhookSecrets: [], keys: [{ id: key.id }] });
    const caller = await authenticateCaller({ ...deps, keys: createKeyDirectory(deps.tenants) }, `Bearer ${secret}`);
    expect(caller).toMatchObject({ tenant: "ops", scopes: [...scopes] });
    expect(deps.audit.entries).toMatchObject([
      { action: "tenant.set", tenant: "ops", by: { keyId: "bootstrap" } },
      { action: "api_key.create", tenant: "ops", target: key.id, by: { keyId: "bootstrap" } },
    ]);
    expect(JSON.stringify([deps.audit.entries, await deps.tenants.get("ops")])).not.toContain(secret);
  });

  it("refuses a tenant with a valid admin key, unless it is forced", async () => {
    const deps = setUp(testTenant("ops", { keys: [testKey("old", ["admin"])] }));
    await expect(bootstrap(deps, input)).rejects.toThrow(/has a valid admin key already, key_old \(old\)/);
    expect(deps.audit.entries).toEqual([]);
    const { made } = await bootstrap(deps, { ...input, force: true });
    expect(made).toBe(false);
    expect((await deps.tenants.get("ops"))?.keys).toHaveLength(2);
    expect(deps.audit.entries.map(({ action }) => action)).toEqual(["api_key.create"]);
  });

  it("takes no notice of keys that are no admin's, or that have ended", async () => {
    const ended = { expiresAt: "2025-01-01T00:00:00.000Z" };
    const keys = [testKey("ended", ["admin"], ended), testKey("other", ["connections:read", "connections:write"])];
    const deps = setUp(testTenant("ops", { keys, gateways: ["alibaba/*/*"] }));
    const { tenant } = await bootstrap(deps, input);
    expect(tenant.gateways).toEqual(["alibaba/*/*"]);
    expect(tenant.keys).toHaveLength(3);
  });

  it("leaves one key when two do it at once", async () => {
    const deps = setUp();
    const both = await Promise.allSettled([bootstrap(deps, input), bootstrap(deps, input)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect((await deps.tenants.get("ops"))?.keys).toHaveLength(1);
  });
});
