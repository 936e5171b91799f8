import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import {
  addKey,
  createApiKey,
  hashApiKey,
  type NewKey,
  replaceKey,
  retireKey,
} from "../../../../functions/domain/tenants/api-keys.ts";
import { isValid, type Tenant } from "../../../../functions/domain/tenants/tenant.ts";
import { testKey, testTenant } from "../../../fakes/memory-tenant-store.ts";
import { refusalOf } from "../../../support/refusal.ts";

const now = new Date("2026-03-01T00:00:00.000Z");
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const time = (seconds: number) => later(seconds).toISOString();
const made: NewKey = { name: "ci", scopes: ["connections:write"], rateLimit: { perSecond: 1, burst: 2 } };

/** A tenant with one key of this kind, made now. */
const withKey = (patch: Partial<NewKey> = {}) => addKey(testTenant("acme"), "vpb_first", { ...made, ...patch }, now);
const keyOf = (tenant: Tenant, id: string) => tenant.keys.find((key) => key.id === id);
const validAt = (tenant: Tenant, at: Date) => tenant.keys.filter((key) => isValid(key, at)).map(({ id }) => id);
const manyKeys = (count: number, patch: Parameters<typeof testKey>[2] = {}) =>
  Array.from({ length: count }, (_, n) => testKey(`key-${n}`, ["admin"], patch));
const revoked = { revokedAt: time(-1) };

describe("an API key", () => {
  it("is vpb_ and 32 random bytes in base64url, another one each time", () => {
    const keys = Array.from({ length: 100 }, createApiKey);
    for (const key of keys) {
      expect(key).toMatch(/^vpb_[A-Za-z0-9_-]{43}$/);
      expect(Buffer.from(key.slice(4), "base64url")).toHaveLength(32);
    }
    expect(new Set(keys).size).toBe(100);
  });

  it("is kept as its SHA-256 in hex", () => {
    expect(hashApiKey("vpb_key")).toBe(createHash("sha256").update("vpb_key").digest("hex"));
  });
});

describe("a key that is added", () => {
  it("has what was asked for, and is valid from now on", () => {
    const { tenant, added } = withKey({ expiresAt: time(60) });
    expect(added).toEqual({
      id: expect.stringMatching(/^key_[0-9a-f]{18}$/),
      hash: hashApiKey("vpb_first"),
      createdAt: time(0),
      expiresAt: time(60),
      ...made,
    });
    expect(tenant).toEqual({ ...testTenant("acme"), keys: [added] });
    expect([isValid(added, now), isValid(added, later(59.999)), isValid(added, later(60))]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it("leaves nothing of its text behind", () => {
    const secret = createApiKey();
    const text = JSON.stringify(addKey(testTenant("acme"), secret, made, now));
    for (const part of [secret, secret.slice(4), secret.slice(4, 16)]) expect(text).not.toContain(part);
  });

  it("does not touch the tenant it was added to", () => {
    const tenant = testTenant("acme", { keys: manyKeys(2) });
    addKey(tenant, "vpb_new", made, now);
    expect(tenant.keys).toEqual(manyKeys(2));
  });

  it("is refused beside 50 that are valid, and not for those that are dead", async () => {
    const full = testTenant("acme", { keys: [...manyKeys(50), testKey("dead", ["admin"], revoked)] });
    expect(await refusalOf(() => addKey(full, "vpb_new", made, now))).toMatchObject({
      code: "conflict",
      message: "a tenant has at most 50 keys",
    });
    const [first, ...others] = full.keys;
    const room = first ? [{ ...first, ...revoked }, ...others] : [];
    expect(validAt(addKey({ ...full, keys: room }, "vpb_new", made, now).tenant, now)).toHaveLength(50);
  });

  it("drives out the oldest of dead keys, of which 50 are kept, and none that is valid", () => {
    const keys = [...manyKeys(30, revoked), testKey("valid", ["admin"]), ...manyKeys(60, { expiresAt: time(-1) })];
    const { tenant, added } = addKey(testTenant("acme", { keys }), "vpb_new", made, now);
    expect(tenant.keys).toHaveLength(52);
    expect(tenant.keys.slice(0, 50)).toEqual(manyKeys(60, { expiresAt: time(-1) }).slice(-50));
    expect(validAt(tenant, now)).toEqual(["key_valid", added.id]);
  });
});

describe("a key that is replaced", () => {
  const replace = (tenant: Tenant, id: string, graceSeconds = 60, at = now) =>
    replaceKey(tenant, id, createApiKey(), graceSeconds, at);

  it("works beside the new one until the grace time is over", () => {
    const { tenant: before, added: old } = withKey();
    const { tenant, added, replaced } = replace(before, old.id);
    expect(replaced).toEqual({ ...old, replacedBy: added.id, expiresAt: time(60) });
    expect(keyOf(tenant, old.id)).toEqual(replaced);
    expect(validAt(tenant, later(59.999))).toEqual([old.id, added.id]);
    expect(validAt(tenant, later(60))).toEqual([added.id]);
  });

  it("works no more at once without a grace time", () => {
    const { tenant: before, added: old } = withKey();
    const { tenant, added } = replace(before, old.id, 0);
    expect(validAt(tenant, now)).toEqual([added.id]);
  });

  it("passes on its name, scopes and rate limit, and nothing of its text", () => {
    const { tenant: before, added: old } = withKey();
    const { added } = replaceKey(before, old.id, "vpb_second", 60, later(10));
    expect(added).toEqual({ ...made, id: added.id, hash: hashApiKey("vpb_second"), createdAt: time(10) });
    expect(added.id).not.toBe(old.id);
  });

  it("passes on how long it was to live, counted anew", () => {
    const { tenant: before, added: old } = withKey({ expiresAt: time(1000) });
    const { added } = replace(before, old.id, 60, later(900));
    expect(added).toMatchObject({ createdAt: time(900), expiresAt: time(1900) });
  });

  it("lives no longer for it than it would have", () => {
    const { tenant: before, added: old } = withKey({ expiresAt: time(30) });
    expect(replace(before, old.id).replaced.expiresAt).toBe(time(30));
  });

  it("cannot be replaced a second time: two of a kind are valid at once, not three", async () => {
    const { tenant: before, added: old } = withKey();
    const { tenant, added } = replace(before, old.id);
    expect(await refusalOf(() => replace(tenant, old.id))).toMatchObject({
      code: "conflict",
      message: expect.stringContaining(added.id),
    });
  });

  it("cannot have its successor replaced meanwhile, either; afterwards it can", async () => {
    const { tenant: before, added: old } = withKey();
    const { tenant, added } = replace(before, old.id);
    expect((await refusalOf(() => replace(tenant, added.id))).code).toBe("conflict");
    const { tenant: next, added: third } = replace(tenant, added.id, 60, later(60));
    expect(validAt(next, later(60))).toEqual([added.id, third.id]);
    const ended = retireKey(tenant, old.id, now);
    expect(validAt(replace(ended, added.id).tenant, now)).toHaveLength(2);
  });

  it.each([
    ["revoked", { revokedAt: time(-1) }],
    ["expired", { expiresAt: time(0) }],
  ])("must be valid: not %s", async (_, patch) => {
    const tenant = testTenant("acme", { keys: [testKey("dead", ["admin"], patch)] });
    expect((await refusalOf(() => replace(tenant, "key_dead"))).code).toBe("conflict");
  });

  it("must be the tenant's", async () => {
    expect((await refusalOf(() => replace(testTenant("acme"), "key_none"))).code).toBe("not_found");
  });

  it("leaves the others as they are", () => {
    const { tenant: before, added: old } = addKey(testTenant("acme", { keys: manyKeys(3) }), "vpb_x", made, now);
    const { tenant } = replace(before, old.id);
    expect(tenant.keys.filter(({ name }) => name !== "ci")).toEqual(manyKeys(3));
  });
});

describe("a key that is revoked", () => {
  it("works no more, whatever its time, and is kept", () => {
    const { tenant: before, added } = withKey({ expiresAt: time(1000) });
    const tenant = retireKey(before, added.id, later(5));
    expect(keyOf(tenant, added.id)).toEqual({ ...added, revokedAt: time(5) });
    expect(validAt(tenant, later(5))).toEqual([]);
  });

  it("stays as it was revoked first", () => {
    const { tenant: before, added } = withKey();
    const tenant = retireKey(before, added.id, now);
    expect(retireKey(tenant, added.id, later(60))).toBe(tenant);
  });

  it("must be the tenant's", async () => {
    expect((await refusalOf(() => retireKey(testTenant("acme"), "key_none", now))).code).toBe("not_found");
  });

  it("may be the one that another replaced; that one goes on", () => {
    const { tenant: before, added: old } = withKey();
    const { tenant, added } = replaceKey(before, old.id, "vpb_second", 60, now);
    expect(validAt(retireKey(tenant, old.id, now), now)).toEqual([added.id]);
  });
});
