import { describe, expect, it } from "vitest";
import { appOf } from "../../../../functions/api/app.ts";
import type { BaseDeps } from "../../../../functions/api/env.ts";
import { hashApiKey } from "../../../../functions/domain/tenants/api-keys.ts";
import { createKeyDirectory, type KeyDirectory, rememberKeys } from "../../../../functions/domain/tenants/caller.ts";
import { type ApiKey, type Scope, scopes, type Tenant } from "../../../../functions/domain/tenants/tenant.ts";
import { createFakeClock } from "../../../fakes/fake-clock.ts";
import { createMemoryTenantStore, testKey, testTenant } from "../../../fakes/memory-tenant-store.ts";
import { validAlibabaRequest } from "../../../support/create-requests.ts";
import {
  apiKeys,
  connections,
  createTestApi,
  createTestExampleApi,
  createTestSecretsApi,
  type SendOptions,
} from "../../../support/test-api.ts";

const id = "a".repeat(26);
const tenants = "/v1/admin/tenants";
const settings = { gateways: [] };
const routes: [method: string, path: string, scope: Scope, body?: object][] = [
  ["POST", connections, "connections:write", validAlibabaRequest()],
  ["GET", connections, "connections:read"],
  ["GET", `${connections}/${id}`, "connections:read"],
  ["GET", `${connections}/${id}/events`, "connections:read"],
  ["POST", `${connections}/${id}/cancel`, "connections:write", {}],
  ["POST", `${connections}/${id}/redrive`, "connections:write", { reason: "x" }],
  ["GET", `${connections}/${id}/deliveries`, "connections:read"],
  ["POST", `${connections}/${id}/deliveries/msg_${id}_1/resend`, "connections:write", {}],
  ["GET", "/v1/attention", "connections:read"],
  ["GET", tenants, "admin"],
  ["GET", `${tenants}/acme`, "admin"],
  ["PUT", `${tenants}/acme`, "admin", settings],
  ["POST", `${tenants}/acme/webhook-secret/rotate`, "admin", {}],
  ["GET", `${tenants}/acme/keys`, "admin"],
  ["POST", `${tenants}/acme/keys`, "admin", { name: "x", scopes: ["admin"] }],
  ["POST", `${tenants}/acme/keys/key_none/rotate`, "admin", {}],
  ["POST", `${tenants}/acme/keys/key_none/revoke`, "admin", {}],
  ["GET", "/v1/admin/audit", "admin"],
  ["POST", `${connections}/${id}/pre-shared-keys`, "secrets:read", {}],
  ["POST", "/v1/webhooks/example", "connections:write", {}],
];

/** The app that answers the path, with a key of one scope alone, and one of every other scope. */
function createApi(path: string, scope: Scope) {
  const others = scopes.filter((one) => one !== scope && one !== "operations");
  const keys = [testKey("one", [scope]), testKey("others", others), testKey(apiKeys.all, [...scopes])];
  return createAppOf(path, {}, { keys });
}

function createAppOf(path: string, deps: Partial<BaseDeps>, acme: Partial<Tenant> = {}) {
  const app = appOf(path);
  if (app === "examples") return createTestExampleApi(undefined, acme, deps);
  return app === "secrets" ? createTestSecretsApi(deps, acme) : createTestApi(deps, acme);
}

describe.each(routes)("%s %s", (method, path, scope, body) => {
  const send = (api: ReturnType<typeof createApi>, options: SendOptions) =>
    api.send(method, path, { ...options, ...(body === undefined ? {} : { body }) });

  it.each([
    ["no key", {}],
    ["a wrong key", { Authorization: "Bearer MARKER" }],
    ["another scheme", { Authorization: "Basic MARKER" }],
    ["an empty header", { Authorization: "" }],
    ["a key of another form", { Authorization: `Bearer ${apiKeys.all} MARKER` }],
  ])("with %s is answered with 401 and nothing else", async (_, headers) => {
    const api = createApi(path, scope);
    const answer = await send(api, { key: undefined, headers });
    expect(answer.status).toBe(401);
    expect(answer.body).toMatchObject({ code: "unauthenticated", requestId: "request-1" });
    expect(answer.headers.get("WWW-Authenticate")).toBe("Bearer");
    expect(answer.text).not.toContain("MARKER");
    expect(api.store.reads()).toBe(0);
    expect(api.audit.entries).toEqual([]);
  });

  it("with a key that lacks the scope, and has every other but an operator's, is answered with 403 and names the scope", async () => {
    const api = createApi(path, scope);
    const answer = await send(api, { key: "others" });
    expect(answer.status).toBe(403);
    expect(answer.body).toMatchObject({ code: "forbidden", detail: `this API key lacks the scope ${scope}` });
    expect(api.audit.entries).toEqual([]);
  });

  it("with a key of this scope alone is let in", async () => {
    const answer = await send(createApi(path, scope), { key: "one" });
    expect([200, 201, 202, 404, 409]).toContain(answer.status);
  });
});

it.each([
  ["expired", { expiresAt: "2026-01-01T00:00:00.000Z" }],
  ["revoked", { revokedAt: "2025-12-31T00:00:00.000Z" }],
])("a key that is %s is answered like one that nobody has", async (_, patch) => {
  const api = createTestApi({}, { keys: [testKey("dead", [...scopes], patch)] });
  const dead = await api.get(connections, { key: "dead" });
  const nobodys = await api.get(connections, { key: "nobody" });
  expect(dead.status).toBe(401);
  expect({ ...dead.body, requestId: "" }).toEqual({ ...nobodys.body, requestId: "" });
});

describe("a key that is remembered", () => {
  const isStrong = (scope: Scope) => scope === "admin" || scope === "secrets:read";
  const strong = routes.filter(([, , scope]) => isStrong(scope));
  const others = routes.filter(([, , scope]) => !isStrong(scope));
  const key = "remembered";
  const withoutOperations = scopes.filter((scope) => scope !== "operations");

  /** The app that answers the path, which remembers a key of these scopes already. */
  async function createRemembering(
    [method, path, , body]: (typeof routes)[number],
    of: readonly Scope[] = withoutOperations,
  ) {
    const clock = createFakeClock();
    const tenants = createMemoryTenantStore(testTenant("acme", { keys: [testKey(key, [...of])] }));
    const directory = createKeyDirectory(tenants);
    const asked: string[] = [];
    const counting: KeyDirectory = {
      find(hash) {
        asked.push(hash);
        return directory.find(hash);
      },
    };
    const keys = rememberKeys(counting, clock);
    await keys.find(hashApiKey(key));
    const deps = { keys, clock };
    const api = createAppOf(path, deps);
    return {
      audit: api.audit,
      store: api.store,
      clock,
      asked,
      send: () => api.send(method, path, { key, ...(body === undefined ? {} : { body }) }),
      change: async (patch: Partial<ApiKey>) => {
        const tenant = await tenants.get("acme");
        if (tenant) await tenants.save({ ...tenant, keys: tenant.keys.map((one) => ({ ...one, ...patch })) });
      },
    };
  }

  it.each(strong)("and was revoked is answered with 401 at once: %s %s", async (...route) => {
    const { send, change, clock, audit, store } = await createRemembering(route);
    await change({ revokedAt: clock.now().toISOString() });
    expect(await send()).toMatchObject({ status: 401, body: { code: "unauthenticated" } });
    expect([store.reads(), audit.entries]).toEqual([0, []]);
  });

  it.each(others)("and was revoked is let in until the minute is over: %s %s", async (...route) => {
    const { send, change, clock, asked } = await createRemembering(route);
    await change({ revokedAt: clock.now().toISOString() });
    clock.advance(59_999);
    expect([200, 201, 202, 404, 409]).toContain((await send()).status);
    expect(asked).toHaveLength(1);
    clock.advance(1);
    expect(await send()).toMatchObject({ status: 401, body: { code: "unauthenticated" } });
  });

  it.each(strong)("and has lost the scope is answered with 403 at once: %s %s", async (...route) => {
    const { send, change, audit } = await createRemembering(route);
    await change({ scopes: ["connections:read"] });
    expect(await send()).toMatchObject({ status: 403, body: { code: "forbidden" } });
    expect(audit.entries).toEqual([]);
  });

  async function costsOneRead(...route: (typeof routes)[number]) {
    const { send, asked } = await createRemembering(route);
    for (const reads of [2, 3, 4]) {
      expect([200, 201, 404, 409]).toContain((await send()).status);
      expect(asked).toHaveLength(reads);
    }
  }

  it.each(strong)("costs one read for each call: %s %s", costsOneRead);

  it.each(others)("costs none: %s %s", async (...route) => {
    const { send, asked } = await createRemembering(route);
    await send();
    await send();
    expect(asked).toHaveLength(1);
  });

  it.each(strong)("costs none where it never had the scope: %s %s", async (...route) => {
    const { send, asked } = await createRemembering(route, ["connections:read", "connections:write"]);
    expect(await send()).toMatchObject({ status: 403 });
    expect(asked).toHaveLength(1);
  });
});

it("who asked, by which key and from where is on what was asked for", async () => {
  const by = { tenant: "acme", keyId: `key_${apiKeys.all}`, keyName: apiKeys.all, requestId: "request-1" };
  const api = createTestApi();
  const { body } = await api.send("POST", connections, { body: validAlibabaRequest() });
  expect((await api.store.get(String(body["id"])))?.createdBy).toEqual({ ...by, address: "192.0.2.1" });
  const nowhere = createTestApi({ addressOf: () => undefined });
  await nowhere.send("POST", connections, { body: validAlibabaRequest() });
  expect((await nowhere.store.get(String(body["id"])))?.createdBy).toEqual(by);
});
