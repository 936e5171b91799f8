import { describe, expect, it } from "vitest";
import { hashApiKey } from "../../../../functions/domain/tenants/api-keys.ts";
import {
  authenticateCaller,
  createKeyDirectory,
  type KeyDirectory,
  type KnownKey,
  rememberKeys,
} from "../../../../functions/domain/tenants/caller.ts";
import { defaultRateLimit } from "../../../../functions/domain/tenants/tenant.ts";
import { createFakeClock } from "../../../fakes/fake-clock.ts";
import { createMemoryTenantStore, testKey, testTenant } from "../../../fakes/memory-tenant-store.ts";
import { refusalOf } from "../../../support/refusal.ts";

const key = testKey("vpb_key", ["connections:read"]);
const known: KnownKey = { key, tenant: testTenant("acme", { keys: [key] }) };

/** A directory that counts how often it is asked and answers as it is told. */
function createDirectory(answer: () => Promise<KnownKey | undefined> = async () => known) {
  const asked: string[] = [];
  const directory: KeyDirectory = {
    find(hash) {
      asked.push(hash);
      return answer();
    },
  };
  return { keys: directory, clock: createFakeClock(), asked };
}

describe("authenticateCaller", () => {
  it.each(["Bearer vpb_key", "bearer vpb_key", "BEARER  vpb_key"])(
    "finds the caller of '%s' by the key's hash",
    async (header) => {
      const deps = createDirectory();
      expect(await authenticateCaller(deps, header)).toMatchObject({
        tenant: "acme",
        key: { id: "key_vpb_key", name: "vpb_key" },
        scopes: ["connections:read"],
        settings: { gateways: ["*"], credentials: {}, maxUnfinishedRequests: 1000 },
      });
      expect(deps.asked).toEqual([hashApiKey("vpb_key")]);
    },
  );

  it("tells of the key only its id and name", async () => {
    const caller = await authenticateCaller(createDirectory(), "Bearer vpb_key");
    expect(Object.keys(caller.key).toSorted()).toEqual(["id", "name"]);
  });

  it.each([undefined, { perSecond: 1, burst: 3 }])("has the key's own rate limit, or the default: %j", async (own) => {
    const limited = { ...key, ...(own ? { rateLimit: own } : {}) };
    const deps = createDirectory(async () => ({ ...known, key: limited }));
    expect((await authenticateCaller(deps, "Bearer vpb_key")).rateLimit).toEqual(own ?? defaultRateLimit);
  });

  it.each([
    undefined,
    "",
    "vpb_key",
    "Bearer",
    "Bearer ",
    "Basic dXNlcjpwYXNz",
    "Bearer a b",
    "Bearer k\u00fc",
    `Bearer ${"k".repeat(201)}`,
  ])("refuses %j without asking anybody", async (header) => {
    const deps = createDirectory();
    expect((await refusalOf(authenticateCaller(deps, header))).code).toBe("unauthenticated");
    expect(deps.asked).toEqual([]);
  });

  it("refuses unknown, expired and revoked keys alike, without repeating them", async () => {
    const dead = [
      undefined,
      { ...known, key: { ...key, expiresAt: "2026-01-01T00:00:00.000Z" } },
      { ...known, key: { ...key, revokedAt: "2025-12-31T00:00:00.000Z" } },
      { ...known, key: { ...key, expiresAt: "2027-01-01T00:00:00.000Z", revokedAt: "2025-12-31T00:00:00.000Z" } },
    ];
    const refusals = await Promise.all(
      dead.map((found) =>
        refusalOf(
          authenticateCaller(
            createDirectory(async () => found),
            "Bearer MARKER",
          ),
        ),
      ),
    );
    for (const refusal of refusals) expect(refusal.code).toBe("unauthenticated");
    expect(new Set(refusals.map(String)).size).toBe(1);
    expect(String(refusals[0])).not.toContain("MARKER");
  });

  it("lets a key in until the moment it expires", async () => {
    const deps = createDirectory(async () => ({ ...known, key: { ...key, expiresAt: "2026-01-01T00:01:00.000Z" } }));
    deps.clock.advance(59_999);
    expect(await authenticateCaller(deps, "Bearer vpb_key")).toMatchObject({ tenant: "acme" });
    deps.clock.advance(1);
    expect((await refusalOf(authenticateCaller(deps, "Bearer vpb_key"))).code).toBe("unauthenticated");
  });
});

describe("createKeyDirectory", () => {
  const hash = hashApiKey("vpb_key");

  it("finds a key by way of the tenant that lists it, valid or not", async () => {
    const revoked = { ...key, revokedAt: "2025-12-31T00:00:00.000Z" };
    const tenant = testTenant("acme", { keys: [testKey("another", ["admin"]), revoked] });
    expect(await createKeyDirectory(createMemoryTenantStore(tenant)).find(hash)).toEqual({ key: revoked, tenant });
  });

  it("finds nothing by a claim alone: the tenant must be there and list the key", async () => {
    const store = createMemoryTenantStore(testTenant("acme", { keys: [testKey("another", ["admin"])] }));
    expect(await createKeyDirectory(store).find(hash)).toBeUndefined();
    await store.claim(hash, "nobody");
    expect(await createKeyDirectory(store).find(hash)).toBeUndefined();
    await store.claim(hash, "acme");
    expect(await createKeyDirectory(store).find(hash)).toBeUndefined();
  });

  it.each(["", "a", hash.slice(0, -1), `${hash}0`, hash.toUpperCase(), "\u00e9".repeat(32)])(
    "compares all of a hash, of whatever length: '%s'",
    async (other) => {
      const store = createMemoryTenantStore(testTenant("acme", { keys: [key] }));
      await store.claim(other, "acme");
      expect(await createKeyDirectory(store).find(other)).toBeUndefined();
    },
  );
});

describe("rememberKeys", () => {
  it("asks once a minute for a key it knows", async () => {
    const { keys, clock, asked } = createDirectory();
    const remembering = rememberKeys(keys, clock);
    for (let count = 0; count < 3; count += 1) expect(await remembering.find("hash")).toEqual(known);
    clock.advance(59_999);
    expect(await remembering.find("hash")).toEqual(known);
    expect(asked).toHaveLength(1);
    clock.advance(1);
    expect(await remembering.find("hash")).toEqual(known);
    expect(asked).toHaveLength(2);
  });

  it("lets nobody in with a remembered key that has expired", async () => {
    const expiring = { ...known, key: { ...key, expiresAt: "2026-01-01T00:00:10.000Z" } };
    const { keys, clock, asked } = createDirectory(async () => expiring);
    const deps = { keys: rememberKeys(keys, clock), clock };
    await authenticateCaller(deps, "Bearer vpb_key");
    clock.advance(10_000);
    expect((await refusalOf(authenticateCaller(deps, "Bearer vpb_key"))).code).toBe("unauthenticated");
    expect(asked).toHaveLength(1);
  });

  it("lets nobody in with a revoked key, remembered as such, nor a minute after it was revoked", async () => {
    let found = known;
    const { keys, clock } = createDirectory(async () => found);
    const deps = { keys: rememberKeys(keys, clock), clock };
    await authenticateCaller(deps, "Bearer vpb_key");
    found = { ...known, key: { ...key, revokedAt: clock.now().toISOString() } };
    clock.advance(60_000);
    for (let count = 0; count < 2; count += 1) {
      expect((await refusalOf(authenticateCaller(deps, "Bearer vpb_key"))).code).toBe("unauthenticated");
    }
  });

  it("asks anew for what must be fresh, each time, and remembers the answer from then on", async () => {
    let found: KnownKey | undefined = known;
    const { keys, clock, asked } = createDirectory(async () => found);
    const remembering = rememberKeys(keys, clock);
    await remembering.find("hash");
    const revoked = { ...known, key: { ...key, revokedAt: clock.now().toISOString() } };
    found = revoked;
    expect(await remembering.find("hash")).toEqual(known);
    expect(await remembering.find("hash", { fresh: false })).toEqual(known);
    expect(asked).toHaveLength(1);
    expect(await remembering.find("hash", { fresh: true })).toEqual(revoked);
    expect(await remembering.find("hash")).toEqual(revoked);
    expect(asked).toHaveLength(2);
    await remembering.find("hash", { fresh: true });
    expect(asked).toHaveLength(3);
    found = undefined;
    expect(await remembering.find("hash", { fresh: true })).toBeUndefined();
    expect(await remembering.find("hash")).toBeUndefined();
  });

  it("lets nobody in who is asked for anew and has been revoked", async () => {
    let found = known;
    const { keys, clock } = createDirectory(async () => found);
    const deps = { keys: rememberKeys(keys, clock), clock };
    await authenticateCaller(deps, "Bearer vpb_key");
    found = { ...known, key: { ...key, revokedAt: clock.now().toISOString() } };
    expect(await authenticateCaller(deps, "Bearer vpb_key")).toMatchObject({ tenant: "acme" });
    expect((await refusalOf(authenticateCaller(deps, "Bearer vpb_key", { fresh: true }))).code).toBe("unauthenticated");
  });

  it("asks once for many at the same time", async () => {
    const { keys, clock, asked } = createDirectory();
    const remembering = rememberKeys(keys, clock);
    const found = await Promise.all(Array.from({ length: 20 }, () => remembering.find("hash")));
    expect(found).toEqual(Array.from({ length: 20 }, () => known));
    expect(asked).toHaveLength(1);
  });

  it("keeps keys apart", async () => {
    const { keys, clock, asked } = createDirectory();
    const remembering = rememberKeys(keys, clock);
    await remembering.find("one");
    await remembering.find("two");
    expect(asked).toEqual(["one", "two"]);
  });

  it("does not remember strangers: a key made just now works at once", async () => {
    let made = false;
    const { keys, clock } = createDirectory(async () => (made ? known : undefined));
    const remembering = rememberKeys(keys, clock);
    expect(await remembering.find("hash")).toBeUndefined();
    made = true;
    expect(await remembering.find("hash")).toEqual(known);
  });

  it("does not remember a failure", async () => {
    let broken = true;
    const { keys, clock } = createDirectory(async () => {
      if (broken) throw new Error("no directory");
      return known;
    });
    const remembering = rememberKeys(keys, clock);
    await expect(remembering.find("hash")).rejects.toThrow("no directory");
    broken = false;
    expect(await remembering.find("hash")).toEqual(known);
  });

  it("forgets rather than grow without bound", async () => {
    const { keys, clock, asked } = createDirectory();
    const remembering = rememberKeys(keys, clock);
    for (let index = 0; index <= 1000; index += 1) await remembering.find(`hash-${index}`);
    await remembering.find("hash-0");
    expect(asked.filter((hash) => hash === "hash-0")).toHaveLength(2);
  });
});
