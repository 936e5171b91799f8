import { describe, expect, it } from "vitest";
import { hashApiKey } from "../../../../functions/domain/tenants/api-keys.ts";
import { testKey, testTenant } from "../../../fakes/memory-tenant-store.ts";
import { apiKeys, connections, createTestApi } from "../../../support/test-api.ts";

const path = "/v1/admin/tenants/acme/keys";
const asked = { name: "ci", scopes: ["connections:read"] };
const expiry = { expiresInSeconds: 3600 };
const rateLimit = { perSecond: 1, burst: 2 };

function createApi() {
  const api = createTestApi();
  const send = (of: string, body?: unknown) => api.send("POST", of, { key: apiKeys.admin, body });
  return {
    ...api,
    make: (body: unknown) => send(path, body),
    rotate: (id: unknown, body?: unknown) => send(`${path}/${String(id)}/rotate`, body),
    revoke: (id: unknown, body?: unknown) => send(`${path}/${String(id)}/revoke`, body),
    list: async () => {
      const { body, text } = await api.get(path, { key: apiKeys.admin });
      return { items: body["items"] as Record<string, unknown>[], text };
    },
    statusWith: async (key: unknown) => (await api.get(connections, { key: String(key) })).status,
  };
}

describe("a key that is made", () => {
  it("is answered with 201 and its text, which is told this once and works at once", async () => {
    const api = createApi();
    const { status, body } = await api.make({ ...asked, ...expiry, rateLimit, reason: "a new pipeline" });
    expect(status).toBe(201);
    expect(body).toEqual({
      id: expect.stringMatching(/^key_[0-9a-f]{18}$/),
      ...asked,
      rateLimit,
      createdAt: "2026-01-01T00:00:00.000Z",
      expiresAt: "2026-01-01T01:00:00.000Z",
      valid: true,
      key: expect.stringMatching(/^vpb_[\w-]{43}$/),
    });
    expect(await api.statusWith(body["key"])).toBe(200);
    const { items, text } = await api.list();
    const { key: secret, ...shown } = body;
    expect(items.at(-1)).toEqual(shown);
    for (const hidden of [String(secret), hashApiKey(String(secret))]) expect(text).not.toContain(hidden);
    expect(api.audit.entries).toMatchObject([
      { action: "api_key.create", tenant: "acme", target: body["id"], reason: "a new pipeline" },
    ]);
    expect(JSON.stringify(api.audit.entries)).not.toContain(String(secret));
  });

  it("does what its scopes say, and no more", async () => {
    const api = createApi();
    const { body } = await api.make({ name: "ops", scopes: ["connections:write", "admin"] });
    expect(await api.statusWith(body["key"])).toBe(403);
    expect(await api.get(path, { key: String(body["key"]) })).toMatchObject({ status: 200 });
  });

  it("works no more when its time is over", async () => {
    const api = createApi();
    const { body } = await api.make({ ...asked, ...expiry });
    api.clock.advance(3_600_000);
    expect(await api.statusWith(body["key"])).toBe(401);
    expect((await api.list()).items.at(-1)).toMatchObject({ id: body["id"], valid: false });
  });

  it.each<[object, string]>([
    [{ name: undefined }, "/name"],
    [{ name: "" }, "/name"],
    [{ name: " ci" }, "/name"],
    [{ name: "c\u00ed" }, "/name"],
    [{ name: "ci\n" }, "/name"],
    [{ name: "<b>" }, "/name"],
    [{ name: "a".repeat(65) }, "/name"],
    [{ name: 7 }, "/name"],
    [{ scopes: undefined }, "/scopes"],
    [{ scopes: [] }, "/scopes"],
    [{ scopes: "admin" }, "/scopes"],
    [{ scopes: ["admin", "admin"] }, "/scopes"],
    [{ scopes: ["root"] }, "/scopes/0"],
    [{ scopes: ["connections:read", null] }, "/scopes/1"],
    [{ expiresInSeconds: 59 }, "/expiresInSeconds"],
    [{ expiresInSeconds: 315_360_001 }, "/expiresInSeconds"],
    [{ expiresInSeconds: 60.5 }, "/expiresInSeconds"],
    [{ expiresInSeconds: "60" }, "/expiresInSeconds"],
    [{ expiresInSeconds: null }, "/expiresInSeconds"],
    [{ rateLimit: null }, "/rateLimit"],
    [{ rateLimit: { perSecond: 1 } }, "/rateLimit/burst"],
    [{ rateLimit: { burst: 1 } }, "/rateLimit/perSecond"],
    [{ rateLimit: { perSecond: 0, burst: 1 } }, "/rateLimit/perSecond"],
    [{ rateLimit: { perSecond: 0.5, burst: 1 } }, "/rateLimit/perSecond"],
    [{ rateLimit: { perSecond: 10_001, burst: 1 } }, "/rateLimit/perSecond"],
    [{ rateLimit: { perSecond: 1, burst: 0 } }, "/rateLimit/burst"],
    [{ rateLimit: { perSecond: 1, burst: 20_001 } }, "/rateLimit/burst"],
    [{ rateLimit: { perSecond: 1, burst: 1, perHour: 1 } }, "/rateLimit/perHour"],
    [{ reason: "" }, "/reason"],
    [{ expiresAt: "2027-01-01T00:00:00.000Z" }, "/expiresAt"],
    [{ id: "key_mine" }, "/id"],
    [{ hash: "0" }, "/hash"],
    [{ key: "vpb_mine" }, "/key"],
    [{ tenant: "other" }, "/tenant"],
    [{ revokedAt: null }, "/revokedAt"],
  ])("is refused where its request is not right, and nothing is written: %j", async (patch, pointer) => {
    const api = createApi();
    const before = await api.tenants.get("acme");
    const answer = await api.make({ ...asked, ...patch });
    expect(answer.status).toBe(400);
    expect(answer.body["code"]).toBe("invalid_request");
    const pointers = (answer.body["errors"] as { pointer: string }[]).map((flaw) => flaw.pointer);
    expect([...new Set(pointers)]).toEqual([pointer]);
    expect(await api.tenants.get("acme")).toEqual(before);
    expect(api.audit.entries).toEqual([]);
  });

  it("is not refused at the bounds", async () => {
    const api = createApi();
    for (const patch of [
      { name: "a".repeat(64), expiresInSeconds: 60, rateLimit: { perSecond: 10_000, burst: 20_000 } },
      { name: "A b.c_d-e", expiresInSeconds: 315_360_000, scopes: ["connections:read", "secrets:read"] },
    ]) {
      expect(await api.make({ ...asked, ...patch })).toMatchObject({ status: 201 });
    }
  });

  it("belongs to a tenant that is there", async () => {
    const api = createApi();
    for (const name of ["nobody", "NOBODY", "..%2Facme"]) {
      const answer = await api.send("POST", `/v1/admin/tenants/${name}/keys`, { key: apiKeys.admin, body: asked });
      expect(answer).toMatchObject({ status: 404, body: { code: "not_found" } });
    }
  });
});

describe("a key that is rotated", () => {
  it("is answered with another that works at once, and until when it works itself", async () => {
    const api = createApi();
    const { body: old } = await api.make({ ...asked, rateLimit });
    const { status, body } = await api.rotate(old["id"], { graceSeconds: 60, reason: "a year old" });
    expect(status).toBe(201);
    expect(body).toMatchObject({ ...asked, rateLimit, valid: true, previousValidUntil: "2026-01-01T00:01:00.000Z" });
    expect(body["key"]).not.toBe(old["key"]);
    expect([await api.statusWith(old["key"]), await api.statusWith(body["key"])]).toEqual([200, 200]);
    const kept = (await api.list()).items.find(({ id }) => id === old["id"]);
    expect(kept).toMatchObject({ replacedBy: body["id"], valid: true });
    api.clock.advance(60_000);
    expect([await api.statusWith(old["key"]), await api.statusWith(body["key"])]).toEqual([401, 200]);
    expect(api.audit.entries.at(-1)).toMatchObject({ action: "api_key.rotate", reason: "a year old" });
  });

  it("works a day longer unless it is said", async () => {
    const api = createApi();
    const { body } = await api.rotate(`key_${apiKeys.all}`);
    expect(body["previousValidUntil"]).toBe("2026-01-02T00:00:00.000Z");
  });

  it("is refused while it is being replaced, once it is dead, and where there is none", async () => {
    const api = createApi();
    await api.rotate(`key_${apiKeys.all}`);
    expect(await api.rotate(`key_${apiKeys.all}`)).toMatchObject({ status: 409, body: { code: "conflict" } });
    await api.revoke(`key_${apiKeys.reader}`);
    expect(await api.rotate(`key_${apiKeys.reader}`)).toMatchObject({ status: 409, body: { code: "conflict" } });
    for (const id of ["key_none", `key_${apiKeys.other}`]) {
      expect(await api.rotate(id)).toMatchObject({ status: 404, body: { code: "not_found" } });
    }
  });

  it.each<[object, string]>([
    [{ graceSeconds: -1 }, "/graceSeconds"],
    [{ graceSeconds: 604_801 }, "/graceSeconds"],
    [{ graceSeconds: null }, "/graceSeconds"],
    [{ scopes: ["admin"] }, "/scopes"],
    [{ reason: "" }, "/reason"],
  ])("is refused where its request is not right: %j", async (body, pointer) => {
    const api = createApi();
    const answer = await api.rotate(`key_${apiKeys.all}`, body);
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ pointer }] } });
    expect(api.audit.entries).toEqual([]);
  });
});

describe("a key that is revoked", () => {
  it("is answered as it is kept, and works no more", async () => {
    const api = createApi();
    const { status, body, text } = await api.revoke(`key_${apiKeys.all}`, { reason: "it leaked" });
    expect(status).toBe(200);
    expect(body).toMatchObject({ id: `key_${apiKeys.all}`, revokedAt: "2026-01-01T00:00:00.000Z", valid: false });
    expect(text).not.toContain(hashApiKey(apiKeys.all));
    expect(await api.statusWith(apiKeys.all)).toBe(401);
    expect(api.audit.entries).toMatchObject([{ action: "api_key.revoke", target: body["id"], reason: "it leaked" }]);
  });

  it("may be revoked twice, and stays as it was", async () => {
    const api = createApi();
    const { body } = await api.revoke(`key_${apiKeys.all}`);
    api.clock.advance(1000);
    expect(await api.revoke(`key_${apiKeys.all}`)).toMatchObject({ status: 200, body });
    expect(api.audit.entries).toHaveLength(1);
  });

  it("is refused where it is the last admin key, unless it is forced", async () => {
    const api = createApi();
    const refused = await api.revoke(`key_${apiKeys.admin}`);
    expect(refused).toMatchObject({ status: 409, body: { code: "conflict", errors: [{ pointer: "/force" }] } });
    expect(await api.revoke(`key_${apiKeys.admin}`, { force: true })).toMatchObject({
      status: 200,
      body: { valid: false },
    });
  });

  it("is refused where the others' tenants are suspended, and so could manage nothing", async () => {
    const api = createApi();
    const suspended = { at: "2026-01-01T00:00:00.000Z", reason: "its key has leaked" };
    await api.tenants.save(testTenant("others", { keys: [testKey("other-admin", ["admin"])], suspended, version: 0 }));
    expect(await api.revoke(`key_${apiKeys.admin}`)).toMatchObject({ status: 409, body: { code: "conflict" } });
    const others = await api.tenants.get("others");
    if (others) await api.tenants.save(testTenant("others", { keys: others.keys, version: others.version }));
    expect(await api.revoke(`key_${apiKeys.admin}`)).toMatchObject({ status: 200 });
  });

  it("must be the tenant's", async () => {
    for (const id of ["key_none", `key_${apiKeys.other}`]) {
      expect(await createApi().revoke(id)).toMatchObject({ status: 404, body: { code: "not_found" } });
    }
    expect(await createApi().revoke(`key_${apiKeys.all}`, { at: "now" })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: "/at" }] },
    });
  });
});

describe("the list of keys", () => {
  it("has every key with whether it is valid, and neither text nor hash", async () => {
    const api = createApi();
    await api.revoke(`key_${apiKeys.reader}`);
    const { items, text } = await api.list();
    expect(items.map(({ id, valid }) => [id, valid])).toEqual([
      [`key_${apiKeys.all}`, true],
      [`key_${apiKeys.reader}`, false],
      [`key_${apiKeys.writer}`, true],
      [`key_${apiKeys.admin}`, true],
      [`key_${apiKeys.secrets}`, true],
    ]);
    for (const key of Object.values(apiKeys)) expect(text).not.toContain(hashApiKey(key));
    expect(text).not.toContain("hash");
  });
});
