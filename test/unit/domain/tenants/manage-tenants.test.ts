import { describe, expect, it } from "vitest";
import type { AuditEntry } from "../../../../functions/domain/audit.ts";
import { StaleRecordError } from "../../../../functions/domain/errors.ts";
import type { TenantStore } from "../../../../functions/domain/ports.ts";
import { authenticateCaller, createKeyDirectory } from "../../../../functions/domain/tenants/caller.ts";
import {
  createKey,
  getTenant,
  type ManageDeps,
  revokeKey,
  rotateKey,
  resumeTenant,
  rotateWebhookSecret,
  setTenant,
  suspendTenant,
} from "../../../../functions/domain/tenants/manage-tenants.ts";
import type { ApiKey, Tenant, TenantSettings } from "../../../../functions/domain/tenants/tenant.ts";
import { openWebhookSecrets } from "../../../../functions/domain/tenants/webhook-secrets.ts";
import { createFakeClock } from "../../../fakes/fake-clock.ts";
import { createMemoryAuditLog } from "../../../fakes/memory-audit-log.ts";
import { createMemoryTenantStore, testKey, testTenant } from "../../../fakes/memory-tenant-store.ts";
import { plainSealer } from "../../../fakes/plain-sealer.ts";
import { testActor } from "../../../support/accepting.ts";
import { refusalOf } from "../../../support/refusal.ts";

const actor = { ...testActor, tenant: "operators", keyId: "key_op" };
const settings: TenantSettings = { gateways: ["tencent/*/*"], credentials: { tencent: "t" }, maxUnfinishedRequests: 7 };
const key = { name: "ci", scopes: ["connections:read" as const] };
const input = { actor, tenant: "acme", reason: "asked for in a ticket" };

/** What managing needs, in memory: a tenant that has one key, and one that has another operator's; the store may be made to differ. */
function createDeps(patch: Partial<TenantStore> = {}, tenant: Partial<Tenant> = {}, other: Partial<ApiKey> = {}) {
  const store = createMemoryTenantStore(
    testTenant("acme", { keys: [testKey("old", ["admin"])], ...tenant }),
    testTenant("operators", { keys: [testKey("op", ["admin"], other)] }),
  );
  const clock = createFakeClock();
  const deps = { tenants: { ...store, ...patch }, sealer: plainSealer, audit: createMemoryAuditLog(), clock };
  const letIn = async (text: string) =>
    authenticateCaller({ keys: createKeyDirectory(store), clock }, `Bearer ${text}`).then(
      ({ tenant: name }) => name,
      () => "nobody",
    );
  return { ...deps, store, letIn };
}

const newKey = expect.stringMatching(/^key_[0-9a-f]{18}$/) as string;
const changes: [action: string, change: (deps: ManageDeps) => Promise<unknown>, about: Partial<AuditEntry>][] = [
  [
    "tenant.set",
    (deps) =>
      setTenant(deps, { ...input, settings: { ...settings, webhookUrl: "https://a.example.com/MARKER?a=MARKER" } }),
    {
      details: {
        gateways: ["tencent/*/*"],
        credentials: ["tencent=t"],
        maxUnfinishedRequests: 7,
        webhookOrigin: "https://a.example.com",
      },
    },
  ],
  ["tenant.suspend", (deps) => suspendTenant(deps, input), {}],
  ["webhook_secret.rotate", (deps) => rotateWebhookSecret(deps, { ...input, graceSeconds: 60 }), {}],
  [
    "api_key.create",
    (deps) => createKey(deps, { ...input, key: { ...key, expiresAt: "2027-01-01T00:00:00.000Z" } }),
    { target: newKey, details: { name: "ci", scopes: ["connections:read"], expiresAt: "2027-01-01T00:00:00.000Z" } },
  ],
  [
    "api_key.rotate",
    (deps) => rotateKey(deps, { ...input, keyId: "key_old", graceSeconds: 60 }),
    { target: newKey, details: { name: "old", scopes: ["admin"], replaces: "key_old" } },
  ],
  ["api_key.revoke", (deps) => revokeKey(deps, { ...input, keyId: "key_old" }), { target: "key_old" }],
];

describe.each(changes)("%s", (action, change, about) => {
  const entry = { action, tenant: "acme", by: actor, reason: input.reason, ...about };

  it("is written once, and stands in the audit log with who, what and why", async () => {
    const deps = createDeps();
    deps.clock.advance(1000);
    await change(deps);
    expect(await deps.store.get("acme")).toMatchObject({ version: 2, updatedAt: "2026-01-01T00:00:01.000Z" });
    const at = "2026-01-01T00:00:01.000Z";
    expect(deps.audit.entries).toEqual([{ id: expect.stringMatching(/^audit_[0-9a-f]{24}$/), at, ...entry }]);
  });

  it("stands in the audit log although the write then failed", async () => {
    const deps = createDeps({ save: () => Promise.reject(new Error("no storage")) });
    await expect(change(deps)).rejects.toThrow("no storage");
    expect(deps.audit.entries).toMatchObject([entry]);
  });

  it("is not written when it could not be audited", async () => {
    const deps = createDeps();
    const before = await deps.store.get("acme");
    deps.audit.append = () => Promise.reject(new Error("no audit"));
    await expect(change(deps)).rejects.toThrow("no audit");
    expect(await deps.store.get("acme")).toEqual(before);
  });

  it("is decided anew when somebody else wrote meanwhile, and audited once", async () => {
    const deps = createDeps();
    let others = 2;
    deps.tenants.save = async (tenant) => {
      const current = await deps.store.get("acme");
      if (current && others > 0) {
        others -= 1;
        await deps.store.save({ ...current, keys: [...current.keys, testKey(`other-${others}`, ["admin"])] });
      }
      return deps.store.save(tenant);
    };
    await change(deps);
    const ids = (await deps.store.get("acme"))?.keys.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(["key_old", "key_other-1", "key_other-0"]));
    expect(deps.audit.entries).toHaveLength(1);
  });

  it("is given up when somebody else always writes first", async () => {
    let tries = 0;
    const deps = createDeps({
      async save() {
        tries += 1;
        throw new StaleRecordError("the tenant was written by somebody else");
      },
    });
    await expect(change(deps)).rejects.toBeInstanceOf(StaleRecordError);
    expect(tries).toBe(5);
    expect(deps.audit.entries).toHaveLength(1);
  });

  it("leaves no secret in the audit log", async () => {
    const deps = createDeps();
    const told = JSON.stringify(await change(deps));
    const secrets = told.match(/(vpb_|whsec_)[\w+/=-]{40,}/g) ?? [];
    const log = JSON.stringify(deps.audit.entries);
    for (const secret of secrets) expect(log).not.toContain(secret.slice(6));
    expect(log).not.toMatch(/vpb_|whsec_|sealed|hash|MARKER/);
  });
});

it.each(changes.slice(1))("%s needs a tenant, and is not audited without one", async (_, change) => {
  const deps = { ...createDeps(), tenants: createMemoryTenantStore() };
  expect((await refusalOf(change(deps))).code).toBe("not_found");
  expect(deps.audit.entries).toEqual([]);
});

describe("a tenant that is made", () => {
  const setNew = (deps: ManageDeps) => setTenant(deps, { actor, tenant: "new", settings });

  it("has these settings, no key, and a webhook secret that is told", async () => {
    const deps = createDeps();
    const { tenant, webhookSecret = "" } = await setNew(deps);
    expect(await deps.store.get("new")).toEqual(tenant);
    expect(tenant).toMatchObject({ name: "new", version: 1, keys: [], ...settings });
    expect(tenant.createdAt).toBe("2026-01-01T00:00:00.000Z");
    expect(webhookSecret).toMatch(/^whsec_/);
    expect(await openWebhookSecrets(plainSealer, tenant, deps.clock.now())).toEqual([webhookSecret]);
  });

  it("by two at once is made once: one of them is told the secret, which is the one that signs", async () => {
    const deps = createDeps();
    const made = await Promise.all([setNew(deps), setNew(deps)]);
    const told = made.flatMap(({ webhookSecret }) => webhookSecret ?? []);
    expect(told).toHaveLength(1);
    expect(await openWebhookSecrets(plainSealer, await deps.store.get("new"), deps.clock.now())).toEqual(told);
  });
});

describe("a tenant that is set again", () => {
  it("has the new settings alone, and its keys and secrets still", async () => {
    const deps = createDeps({}, { webhookUrl: "https://acme.example.com/", credentials: { alibaba: "a" } });
    const before = await deps.store.get("acme");
    const { tenant, created, webhookSecret } = await setTenant(deps, { ...input, settings });
    expect([created, webhookSecret]).toEqual([false, undefined]);
    expect(tenant).toMatchObject(settings);
    expect(tenant).not.toHaveProperty("webhookUrl");
    expect(await deps.store.get("acme")).not.toHaveProperty("webhookUrl");
    expect(tenant).toMatchObject({
      keys: before?.keys,
      webhookSecrets: before?.webhookSecrets,
      createdAt: before?.createdAt,
    });
  });

  it("is told a webhook secret when it has none, and only then", async () => {
    const deps = createDeps({}, { webhookSecrets: [] });
    const { tenant, created, webhookSecret } = await setTenant(deps, { ...input, settings });
    expect(created).toBe(false);
    expect(await openWebhookSecrets(plainSealer, tenant, deps.clock.now())).toEqual([webhookSecret]);
    expect(await setTenant(deps, { ...input, settings })).not.toHaveProperty("webhookSecret");
  });

  it("is not, at another version than the one that was decided on, nor when it changed meanwhile", async () => {
    const deps = createDeps();
    const set = (version: number) => setTenant(deps, { ...input, settings, version });
    expect((await refusalOf(set(2))).code).toBe("conflict");
    expect(deps.audit.entries).toEqual([]);
    deps.tenants.save = async (tenant) => {
      const current = await deps.store.get("acme");
      if (current?.version === 1) await deps.store.save({ ...current, maxUnfinishedRequests: 1 });
      return deps.store.save(tenant);
    };
    expect((await refusalOf(set(1))).code).toBe("conflict");
    expect(await deps.store.get("acme")).toMatchObject({ version: 2, maxUnfinishedRequests: 1 });
  });

  it("may get another endpoint", async () => {
    const deps = createDeps({}, { webhookUrl: "https://acme.example.com/" });
    const webhookUrl = "https://new.example.com/";
    const { tenant } = await setTenant(deps, { ...input, settings: { ...settings, webhookUrl } });
    expect(tenant.webhookUrl).toBe(webhookUrl);
  });
});

describe("a webhook secret that is rotated", () => {
  it("is told, and until when the one before signs", async () => {
    const deps = createDeps();
    const rotated = await rotateWebhookSecret(deps, { ...input, graceSeconds: 60 });
    expect(rotated.previousValidUntil).toBe("2026-01-01T00:01:00.000Z");
    const [first] = await openWebhookSecrets(plainSealer, await deps.store.get("acme"), deps.clock.now());
    expect(first).toBe(rotated.webhookSecret);
  });

  it("is alone at once without a grace time", async () => {
    const deps = createDeps();
    const { webhookSecret, ...rest } = await rotateWebhookSecret(deps, { ...input, graceSeconds: 0 });
    expect(rest).toEqual({});
    const signing = openWebhookSecrets(plainSealer, await deps.store.get("acme"), deps.clock.now());
    expect(await signing).toEqual([webhookSecret]);
  });
});

describe("an API key", () => {
  it("works right after it is made", async () => {
    const deps = createDeps();
    const { secret, added } = await createKey(deps, { ...input, key });
    expect(await deps.letIn(secret)).toBe("acme");
    expect((await getTenant(deps, "acme")).keys.at(-1)).toEqual(added);
    expect(deps.audit.entries).toMatchObject([{ target: added.id }]);
  });

  it("has its way to the tenant before the tenant has it, and lets nobody in when it was not written", async () => {
    const claimed: string[] = [];
    const deps = createDeps({ save: () => Promise.reject(new Error("no storage")) });
    deps.tenants.claim = async (hash, tenant) => {
      claimed.push(hash);
      await deps.store.claim(hash, tenant);
    };
    await expect(createKey(deps, { ...input, key })).rejects.toThrow("no storage");
    expect(await deps.store.ownerOf(claimed[0] ?? "")).toBe("acme");
    expect(await createKeyDirectory(deps.store).find(claimed[0] ?? "")).toBeUndefined();
  });

  it("is not told when its way to the tenant could not be laid, and nothing is written", async () => {
    const deps = createDeps({ claim: () => Promise.reject(new Error("no storage")) });
    await expect(createKey(deps, { ...input, key })).rejects.toThrow("no storage");
    expect((await deps.store.get("acme"))?.version).toBe(1);
  });

  it("made by two at once are two, and both work", async () => {
    const deps = createDeps();
    const made = await Promise.all([createKey(deps, { ...input, key }), createKey(deps, { ...input, key })]);
    for (const { secret } of made) expect(await deps.letIn(secret)).toBe("acme");
    expect((await deps.store.get("acme"))?.keys).toHaveLength(3);
  });

  it("works beside its successor until the grace time is over", async () => {
    const deps = createDeps();
    const { secret, replaced } = await rotateKey(deps, { ...input, keyId: "key_old", graceSeconds: 60 });
    expect(replaced).toMatchObject({ id: "key_old", expiresAt: "2026-01-01T00:01:00.000Z" });
    expect([await deps.letIn("old"), await deps.letIn(secret)]).toEqual(["acme", "acme"]);
    deps.clock.advance(60_000);
    expect([await deps.letIn("old"), await deps.letIn(secret)]).toEqual(["nobody", "acme"]);
  });

  it("works no more once it is revoked; a second time changes nothing and is not audited", async () => {
    const deps = createDeps();
    const ended = await revokeKey(deps, { ...input, keyId: "key_old" });
    expect(ended).toMatchObject({ id: "key_old", revokedAt: "2026-01-01T00:00:00.000Z" });
    expect(await deps.letIn("old")).toBe("nobody");
    deps.clock.advance(1000);
    expect(await revokeKey(deps, { ...input, keyId: "key_old" })).toEqual(ended);
    expect(deps.audit.entries).toHaveLength(1);
    expect((await deps.store.get("acme"))?.version).toBe(2);
  });

  it("that the tenant does not have is not found, and nothing is audited", async () => {
    const deps = createDeps();
    expect((await refusalOf(revokeKey(deps, { ...input, keyId: "key_none" }))).code).toBe("not_found");
    const rotated = rotateKey(deps, { ...input, keyId: "key_none", graceSeconds: 0 });
    expect((await refusalOf(rotated)).code).toBe("not_found");
    expect(deps.audit.entries).toEqual([]);
  });
});

describe("the last admin key that works", () => {
  const revoke = (deps: ManageDeps, about: { force?: boolean; keyId?: string } = {}) =>
    revokeKey(deps, { ...input, keyId: "key_old", ...about });
  const others: [string, Partial<ApiKey>][] = [
    ["revoked", { revokedAt: "2026-01-01T00:00:00.000Z" }],
    ["over", { expiresAt: "2026-01-01T00:00:00.000Z" }],
    ["being replaced", { replacedBy: "key_gone", expiresAt: "2026-01-02T00:00:00.000Z" }],
    ["without the scope", { scopes: ["secrets:read", "connections:write"] }],
  ];

  it.each(others)("is revoked only by force; the other one is %s", async (_, other) => {
    const deps = createDeps({}, {}, other);
    expect(await refusalOf(revoke(deps))).toMatchObject({ code: "conflict", errors: [{ pointer: "/force" }] });
    expect(await deps.letIn("old")).toBe("acme");
    expect(deps.audit.entries).toEqual([]);
    expect(await revoke(deps, { force: true })).toMatchObject({ id: "key_old", revokedAt: expect.any(String) });
    // It is dead: saying it again asks for nothing.
    expect(await revoke(deps)).toMatchObject({ id: "key_old" });
  });

  it("is none where its replacement works", async () => {
    const deps = createDeps({}, {}, { revokedAt: "2026-01-01T00:00:00.000Z" });
    await rotateKey(deps, { ...input, keyId: "key_old", graceSeconds: 60 });
    expect(await revoke(deps)).toMatchObject({ id: "key_old" });
  });

  it("does not keep others from being revoked", async () => {
    const keys = [testKey("old", ["admin"]), testKey("reader", ["connections:read"])];
    const deps = createDeps({}, { keys }, { revokedAt: "2026-01-01T00:00:00.000Z" });
    expect(await revoke(deps, { keyId: "key_reader" })).toMatchObject({ id: "key_reader" });
  });
});

describe("a tenant that is suspended", () => {
  const suspended = { at: "2026-01-01T00:00:00.000Z", reason: input.reason };

  it("stays so, for the first reason, also when its settings are replaced", async () => {
    const deps = createDeps();
    expect(await suspendTenant(deps, input)).toMatchObject({ suspended, version: 2 });
    expect(await suspendTenant(deps, { ...input, reason: "another one" })).toMatchObject({ suspended, version: 2 });
    expect((await setTenant(deps, { ...input, settings })).tenant).toMatchObject({ suspended, version: 3 });
    expect(deps.audit.entries.map(({ action }) => action)).toEqual(["tenant.suspend", "tenant.set"]);
  });

  it("is itself again once it is resumed, which is audited, too", async () => {
    const deps = createDeps();
    const { version: _version, updatedAt: _updated, ...before } = await getTenant(deps, "acme");
    await suspendTenant(deps, input);
    const { version, updatedAt: _anew, ...resumed } = await resumeTenant(deps, input);
    expect([resumed, version]).toEqual([before, 3]);
    expect(await resumeTenant(deps, input)).toMatchObject({ version: 3 });
    expect(deps.audit.entries).toMatchObject([{ action: "tenant.suspend" }, { action: "tenant.resume", by: actor }]);
  });

  it("is never that of the operator's own key, which could not take it back", async () => {
    const deps = createDeps();
    const own = { ...input, actor: { ...actor, tenant: "acme" } };
    expect(await refusalOf(suspendTenant(deps, own))).toMatchObject({ code: "conflict" });
    expect(deps.audit.entries).toEqual([]);
  });
});
