import { describe, expect, it } from "vitest";
import { routes } from "../../../functions/contract/routes.ts";
import type { ConnectionRecord } from "../../../functions/domain/record/connection-record.ts";
import { end } from "../../../functions/domain/record/transitions.ts";
import { hashApiKey } from "../../../functions/domain/tenants/api-keys.ts";
import { createKeyDirectory, rememberKeys } from "../../../functions/domain/tenants/caller.ts";
import { type Scope, scopes, type Tenant } from "../../../functions/domain/tenants/tenant.ts";
import { createMemoryTenantStore, testKey, testTenant } from "../../fakes/memory-tenant-store.ts";
import { createAcceptedRecord } from "../../support/accepting.ts";
import {
  apiKeys,
  connections,
  createTestApi,
  createTestExampleApi,
  createTestSecretsApi,
} from "../../support/test-api.ts";

const accepted = await createAcceptedRecord();
const failed = end(accepted, new Date("2026-01-01T00:01:00.000Z"), { status: "failed", reason: "no room" });
const unknown: ConnectionRecord = { ...failed, status: "unknown", delivery: { state: "exhausted", attempts: 8 } };
const path = `${connections}/${accepted.id}`;
const reason = "the tenant asked us to";
const key = "key-operator";
const another = "b".repeat(26);

/** An API with one request of `acme`, and an operator of a tenant that may touch every gateway. */
async function createApi(record: ConnectionRecord = accepted, acme: Partial<Tenant> = {}) {
  const api = createTestApi({}, { gateways: ["*"], ...acme });
  const keys = [testKey(key, ["operations"])];
  await api.tenants.save(testTenant("operators", { gateways: ["*"], keys, version: 0 }));
  await api.tenants.claim(hashApiKey(key), "operators");
  api.store.put(record);
  const change = (what: string, options: object = { body: { reason } }) =>
    api.send("POST", `${path}/${what}`, { key, ...options });
  return { ...api, change };
}

/** The same with whose each request is. */
const asTold = (tenant: string, body: object) =>
  JSON.parse(JSON.stringify(body), (_, value: unknown) =>
    typeof value === "object" && value !== null && "clientToken" in value ? { ...value, tenant } : value,
  ) as unknown;

describe("an operator", () => {
  it.each(["", "/events", "/deliveries"])(
    "reads another tenant's request by its id, and whose it is: %s",
    async (what) => {
      const { get } = await createApi(unknown);
      const [theirs, own] = [await get(`${path}${what}`, { key }), await get(`${path}${what}`)];
      expect(theirs.status).toBe(200);
      expect(theirs.body).toEqual(asTold("acme", own.body));
    },
  );

  it.each([connections, "/v1/attention"])(
    "lists those of the tenant that is named, and whose they are: %s",
    async (list) => {
      const { get } = await createApi(unknown);
      expect((await get(`${list}?tenant=acme`, { key })).body).toEqual(asTold("acme", (await get(list)).body));
      expect((await get(`${list}?tenant=acme`, { key })).body["items"]).toHaveLength(1);
      expect((await get(`${list}?tenant=other`, { key })).body["items"]).toEqual([]);
      const unnamed = await get(list, { key });
      expect(unnamed).toMatchObject({ status: 400, body: { errors: [{ pointer: "/tenant" }] } });
    },
  );

  it.each([`${connections}?tenant=*`, "/v1/attention?tenant=*", "/v1/stats?tenant=*", `/v1/search?q=${accepted.id}`])(
    "sees everybody's, which nobody else does: %s",
    async (what) => {
      const { get } = await createApi(unknown);
      const own = await get(what.replace("*", "acme"), { key });
      expect(await get(what, { key })).toMatchObject({ status: 200, body: own.body });
      const others = await get(what, { key: apiKeys.other });
      if (what.includes("tenant=")) expect(others.status).toBe(403);
      else expect(others).toMatchObject({ status: 200, body: { items: [] } });
    },
  );

  it.each([connections, "/v1/attention", "/v1/stats"])(
    "is told of a tenant that does not exist, rather than that all is well there: %s",
    async (what) => {
      const { get } = await createApi();
      const { status, body } = await get(`${what}?tenant=nope`, { key });
      const detail = "there is no tenant of this name";
      expect([status, body["code"], body["errors"]]).toEqual([
        400,
        "invalid_request",
        [{ pointer: "/tenant", detail }],
      ]);
      expect((await get(`${what}?tenant=operators`, { key })).status).toBe(200);
      expect((await get(`${what}?tenant=nope`)).status).toBe(403);
    },
  );

  it("lists everybody's requests together, newest first, page by page and by filters, each with whose it is", async () => {
    const { get, store } = await createApi();
    const [mine, theirs] = ["b".repeat(26), "c".repeat(26)];
    store.put({ ...failed, id: theirs, tenant: "other", createdAt: "2026-01-03T00:00:00.000Z" });
    store.put({ ...accepted, id: mine, tenant: "operators", createdAt: "2026-01-02T00:00:00.000Z" });
    const seen: unknown[] = [];
    let more = "";
    for (let pages = 0; pages < 3; pages += 1) {
      const { status, body } = await get(`${connections}?tenant=*&limit=1${more}`, { key });
      expect(status).toBe(200);
      seen.push(...(body["items"] as { id: string; tenant: string }[]).map(({ id, tenant }) => [id, tenant]));
      more = `&cursor=${String(body["nextCursor"])}`;
    }
    expect([seen, more]).toEqual([
      [
        [theirs, "other"],
        [mine, "operators"],
        [accepted.id, "acme"],
      ],
      "&cursor=undefined",
    ]);
    const byStatus = await get(`${connections}?tenant=*&status=failed`, { key });
    expect(byStatus.body["items"]).toMatchObject([{ id: theirs, tenant: "other", status: "failed" }]);
  });

  it("begins everybody's list at no cursor of one tenant's, nor the other way round", async () => {
    const { get, store } = await createApi();
    store.put({ ...failed, id: another });
    const cursors = [];
    for (const tenant of ["*", "acme"]) {
      const { body } = await get(`${connections}?tenant=${tenant}&limit=1`, { key });
      cursors.push(String(body["nextCursor"]));
    }
    for (const [tenant, cursor] of [
      ["acme", cursors[0]],
      ["*", cursors[1]],
    ]) {
      const { status, body } = await get(`${connections}?tenant=${tenant}&limit=1&cursor=${cursor}`, { key });
      expect([status, body["errors"]]).toMatchObject([400, [{ pointer: "/cursor" }]]);
    }
  });

  it("is told whose a request is by what it changes and finds", async () => {
    const api = await createApi();
    expect((await api.get(`/v1/search?q=${accepted.id}`, { key })).body["items"]).toMatchObject([
      { connection: { tenant: "acme" } },
    ]);
    expect((await api.change("cancel")).body).toMatchObject({ tenant: "acme" });
  });

  it("follows a page's cursor in the list that it named", async () => {
    const api = await createApi();
    api.store.put({ ...failed, id: another, createdAt: "2026-01-02T00:00:00.000Z" });
    const first = await api.get(`${connections}?tenant=acme&limit=1`, { key });
    const next = await api.get(`${connections}?tenant=acme&limit=1&cursor=${String(first.body["nextCursor"])}`, {
      key,
    });
    expect([first, next].map(({ body }) => (body["items"] as { id: string }[])[0]?.id)).toEqual([another, accepted.id]);
  });

  it("cancels with a reason, under its own name, and the tenant sees that and why", async () => {
    const api = await createApi();
    expect((await api.change("cancel")).body).toMatchObject({ status: "canceled", error: { code: "canceled" } });
    expect(api.audit.entries).toMatchObject([
      {
        action: "connection.cancel",
        tenant: "acme",
        target: accepted.id,
        reason,
        by: { tenant: "operators", keyId: `key_${key}` },
      },
    ]);
    const { body } = await api.get(`${path}/events`);
    const by = (await api.store.get(accepted.id))?.events.find(({ type }) => type === "recovery");
    expect(body["items"]).toContainEqual(expect.objectContaining({ action: "cancel", actor: "operator", reason }));
    expect(by).toEqual({
      type: "recovery",
      at: expect.any(String),
      action: "cancel",
      by: key,
      actor: "operator",
      reason,
    });
    expect((await api.get(path)).body["statusReason"]).toContain("canceled by an operator");
  });

  it("redrives by the tenant's own gateways, and counts it among the tenant's", async () => {
    const api = await createApi(failed);
    expect((await api.change("redrive")).status).toBe(202);
    expect(api.workflows.started).toMatchObject([{ workflow: "create-connection", generation: 2 }]);
    const { body } = await api.get(`${path}/events`);
    expect(body["items"]).toContainEqual(expect.objectContaining({ actor: "operator", reason }));
    expect(api.audit.entries).toMatchObject([{ action: "connection.redrive", tenant: "acme", reason }]);

    const without = await createApi(failed, { gateways: [] });
    expect(await without.change("redrive")).toMatchObject({ status: 403, body: { code: "forbidden" } });
    expect(without.workflows.started).toEqual([]);
  });

  it("is refused a redrive for which the tenant has no room, whatever its own tenant has", async () => {
    const api = await createApi(failed, { maxUnfinishedRequests: 1 });
    api.store.put({ ...accepted, id: another });
    // The first change counts what the tenant has, beside its own work.
    await api.send("POST", `${connections}/${another}/redrive`, { key, body: { reason } });
    expect(await api.change("redrive")).toMatchObject({ status: 429, body: { code: "rate_limited" } });
  });

  it("sends a webhook again, and the tenant sees that and why", async () => {
    const api = await createApi(unknown);
    expect((await api.change(`deliveries/msg_${accepted.id}_1/resend`)).status).toBe(202);
    const { body } = await api.get(`${path}/events`);
    expect(body["items"]).toContainEqual(expect.objectContaining({ actor: "operator", reason }));
    expect(api.audit.entries).toMatchObject([{ action: "delivery.resend", tenant: "acme", reason }]);
  });

  it.each(["cancel", "redrive", `deliveries/msg_${accepted.id}_1/resend`])(
    "without a reason changes nothing: %s",
    async (what) => {
      const api = await createApi(unknown);
      const answer = await api.change(what, { body: {} });
      expect(answer).toMatchObject({ status: 400, body: { errors: [{ pointer: "/reason" }] } });
      expect([api.audit.entries, await api.store.get(accepted.id)]).toEqual([[], unknown]);
    },
  );

  it("is told of an id that nobody has as anybody is", async () => {
    const { send, get } = await createApi();
    const nobodys = `${connections}/${"a".repeat(26)}`;
    expect((await get(nobodys, { key })).status).toBe(404);
    expect((await send("POST", `${nobodys}/cancel`, { key, body: { reason } })).status).toBe(404);
  });

  it("makes nothing and reads no secret: every other route is closed to it", async () => {
    const closed = routes.filter(({ scope, operators }) => scope !== "public" && scope !== "any" && !operators);
    expect(closed.map(({ path: at }) => at)).toContain("/v1/vpn-connections/:id/pre-shared-keys");
    for (const { app, method, path: at } of closed.filter(({ app }) => app !== "provider")) {
      const keys = [testKey(key, ["operations"])];
      const api =
        app === "secrets"
          ? createTestSecretsApi(undefined, { keys })
          : app === "examples"
            ? createTestExampleApi(undefined, { keys })
            : createTestApi({}, { keys });
      api.store.put({ ...accepted, status: "succeeded" });
      const to = at.replace(":id", accepted.id).replaceAll(/:\w+/g, "acme");
      const answer = await api.send(method, to, { key, ...(method === "GET" ? {} : { body: {} }) });
      expect([to, answer.status]).toEqual([to, 403]);
    }
  });
});

describe("an operator who reads its own tenant's too", () => {
  it("finds those only, while that is suspended", async () => {
    const suspended = { at: "2026-01-01T00:00:00.000Z", reason: "its key has leaked" };
    const both = testKey("key-both", ["connections:read", "operations"]);
    for (const cut of [false, true]) {
      const api = await createApi(unknown);
      const patch = { keys: [both], version: 0, ...(cut ? { suspended } : {}) };
      await api.tenants.save(testTenant("on-call", patch));
      await api.tenants.claim(hashApiKey("key-both"), "on-call");
      const { status, body } = await api.get(`/v1/search?q=${accepted.id}`, { key: "key-both" });
      expect([status, (body["items"] as unknown[]).length]).toEqual([200, cut ? 0 : 1]);
    }
  });
});

describe("an operator whose tenant is suspended", () => {
  const suspended = { at: "2026-01-01T00:00:00.000Z", reason: "its key has leaked" };

  it("reads and changes no other tenant's requests, and is told why", async () => {
    const api = await createApi(unknown);
    const operators = await api.tenants.get("operators");
    if (operators) await api.tenants.save({ ...operators, suspended });
    const lists = [connections, "/v1/attention"].map((list) => `${list}?tenant=acme`);
    for (const at of [path, `${path}?wait=1`, `${path}/events`, `${path}/deliveries`, ...lists]) {
      const answer = await api.get(at, { key });
      expect([at, answer.status, answer.body["detail"]]).toEqual([at, 403, expect.stringContaining(suspended.reason)]);
    }
    expect(await api.change("cancel")).toMatchObject({ status: 403, body: { code: "forbidden" } });
    expect([api.audit.entries, await api.store.get(accepted.id)]).toEqual([[], unknown]);
  });

  it("is not answered where that happened while it waited", async () => {
    const { store, tenants, clock } = await createApi();
    const sleep = async (milliseconds: number) => {
      const operators = await tenants.get("operators");
      if (operators && !operators.suspended) await tenants.save({ ...operators, suspended });
      clock.advance(milliseconds);
    };
    const api = createTestApi({ store, tenants, clock, sleep, keys: createKeyDirectory(tenants) });
    expect(await api.get(`${path}?wait=20`, { key })).toMatchObject({ status: 403, body: { code: "forbidden" } });
  });
});

describe("a key with the scopes of its own tenant as well", () => {
  const both: Scope[] = ["connections:read", "connections:write", "operations"];
  const api = () => {
    const made = createTestApi({}, { gateways: ["*"], keys: [testKey("both", both)] });
    made.store.put(accepted);
    return made;
  };

  it("changes its own tenant's requests as a caller, without a reason", async () => {
    const { send, store } = api();
    expect((await send("POST", `${path}/cancel`, { key: "both" })).status).toBe(200);
    const events = (await store.get(accepted.id))?.events ?? [];
    const noted = events.filter(({ type }) => type === "recovery");
    expect(noted).toMatchObject([{ action: "cancel", by: expect.any(String) as string }]);
    expect(noted).not.toMatchObject([{ actor: "operator" }]);
  });

  it("lists its own where it names no tenant", async () => {
    expect((await api().get(connections, { key: "both" })).body["items"]).toHaveLength(1);
  });
});

describe("everybody else", () => {
  it("is told of no tenant by its own requests", async () => {
    const { get } = await createApi(unknown);
    for (const at of [path, connections, "/v1/attention", `/v1/search?q=${accepted.id}`]) {
      const { status, text } = await get(at);
      expect([at, status, text.includes('"clientToken"'), text.includes("acme")]).toEqual([at, 200, true, false]);
    }
  });

  it("is told nothing of another tenant's, and may not name one", async () => {
    const { get, send } = await createApi();
    for (const stranger of [apiKeys.other, apiKeys.admin, apiKeys.secrets]) {
      expect([403, 404]).toContain((await get(path, { key: stranger })).status);
      expect((await get(`${connections}?tenant=acme`, { key: stranger })).status).toBe(403);
      expect((await get("/v1/attention?tenant=acme", { key: stranger })).status).toBe(403);
      expect((await get(`${connections}?tenant=*`, { key: stranger })).status).toBe(403);
      const change = await send("POST", `${path}/cancel`, { key: stranger, body: { reason } });
      expect([403, 404]).toContain(change.status);
    }
    expect((await get(`${connections}?tenant=acme`)).status).toBe(403);
  });
});

describe("an operator's key that is remembered", () => {
  it.each([["was revoked"], ["has lost the scope"]])("and %s reaches no other tenant any more", async (what) => {
    const tenants = createMemoryTenantStore(testTenant("operators", { keys: [testKey("op", [...scopes])] }));
    const api = createTestApi({});
    const keys = rememberKeys(createKeyDirectory(tenants), api.clock);
    const remembering = createTestApi({ keys, store: api.store, tenants: api.tenants });
    api.store.put(accepted);
    expect((await remembering.get(path, { key: "op" })).status).toBe(200);
    const tenant = await tenants.get("operators");
    const patch =
      what === "was revoked" ? { revokedAt: api.clock.now().toISOString() } : { scopes: ["admin" as const] };
    if (tenant) await tenants.save({ ...tenant, keys: tenant.keys.map((one) => ({ ...one, ...patch })) });
    expect([401, 404]).toContain((await remembering.get(path, { key: "op" })).status);
    const list = await remembering.get(`${connections}?tenant=acme`, { key: "op" });
    expect([401, 403]).toContain(list.status);
    const change = await remembering.send("POST", `${path}/cancel`, { key: "op", body: { reason } });
    expect([401, 403, 404]).toContain(change.status);
    await expect(api.store.get(accepted.id)).resolves.toMatchObject({ status: "accepted" });
  });
});
