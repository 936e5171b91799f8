import { describe, expect, it } from "vitest";
import { routes } from "../../../../functions/contract/routes.ts";
import { validAlibabaRequest } from "../../../support/create-requests.ts";
import { listRoutes } from "../../../support/routes.ts";
import {
  apiKeys,
  connections,
  createTestApi,
  createTestExampleApi,
  createTestSecretsApi,
} from "../../../support/test-api.ts";

const suspended = { at: "2026-01-01T00:00:00.000Z", reason: "its key has leaked" };
const refusal = {
  status: 403,
  body: { code: "forbidden", detail: `this tenant is suspended since ${suspended.at}: ${suspended.reason}` },
};

describe("the keys of a suspended tenant", () => {
  it("make and redrive nothing, and are told why", async () => {
    const api = createTestApi({}, { suspended });
    expect(await api.send("POST", connections, { body: validAlibabaRequest() })).toMatchObject(refusal);
    const redrive = `${connections}/${"a".repeat(26)}/redrive`;
    expect(await api.send("POST", redrive, { body: { reason: "now" } })).toMatchObject(refusal);
    expect(api.workflows.started).toEqual([]);
  });

  it("read on, and cancel what waits", async () => {
    const active = createTestApi();
    const made = await active.send("POST", connections, { body: validAlibabaRequest() });
    const api = createTestApi({ store: active.store }, { suspended });
    const path = `${connections}/${String(made.body["id"])}`;
    expect(await api.get(path)).toMatchObject({ status: 200, body: { status: "accepted" } });
    expect(await api.get(connections)).toMatchObject({ status: 200, body: { items: [{}] } });
    expect(await api.send("POST", `${path}/cancel`)).toMatchObject({ status: 200, body: { status: "canceled" } });
  });

  it("read no secret, and have no example sent", async () => {
    const api = createTestSecretsApi(undefined, { suspended });
    const reveal = `${connections}/${"a".repeat(26)}/pre-shared-keys`;
    expect(await api.send("POST", reveal, { key: apiKeys.secrets })).toMatchObject(refusal);
    const examples = createTestExampleApi(undefined, { suspended });
    expect(await examples.send("POST", "/v1/webhooks/example", { body: {} })).toMatchObject(refusal);
  });

  it("change no tenant, their own neither, though they may look", async () => {
    const api = createTestApi({}, { suspended });
    const key = apiKeys.admin;
    expect(await api.send("POST", "/v1/admin/tenants/acme/resume", { key, body: {} })).toMatchObject(refusal);
    expect(await api.get("/v1/admin/tenants/acme", { key })).toMatchObject({ status: 200, body: { suspended } });
  });

  it("may call no route but those that read, and cancel", () => {
    const allowed = routes.filter(({ method, scope, whileSuspended }) => {
      return method === "GET" || scope === "public" || whileSuspended;
    });
    const changing = allowed.filter(({ method }) => method !== "GET");
    expect(changing.map(({ path }) => path)).toEqual(["/v1/vpn-connections/:id/cancel"]);
    expect(listRoutes().length).toBeGreaterThan(allowed.length);
  });
});

describe("an operator", () => {
  it("suspends and resumes a tenant, at once for the keys that are read anew", async () => {
    const api = createTestApi();
    const key = apiKeys.admin;
    const path = "/v1/admin/tenants/other";
    expect(await api.send("POST", `${path}/suspend`, { key, body: {} })).toMatchObject({ status: 400 });
    const cut = await api.send("POST", `${path}/suspend`, { key, body: { reason: suspended.reason } });
    expect(cut).toMatchObject({ status: 200, body: { suspended, revision: 2 } });
    expect(cut.headers.get("etag")).toBe('"2"');
    const make = () => api.send("POST", connections, { key: apiKeys.other, body: validAlibabaRequest() });
    expect(await make()).toMatchObject(refusal);
    const resumed = await api.send("POST", `${path}/resume`, { key, body: { reason: "a new key" } });
    expect(resumed.body).not.toHaveProperty("suspended");
    expect(await make()).toMatchObject({ status: 202 });
    expect(api.audit.entries).toMatchObject([
      { action: "tenant.suspend", tenant: "other", reason: suspended.reason },
      { action: "tenant.resume", tenant: "other", reason: "a new key" },
    ]);
  });

  it("does not shut itself out", async () => {
    const api = createTestApi();
    const answer = await api.send("POST", "/v1/admin/tenants/acme/suspend", {
      key: apiKeys.admin,
      body: { reason: "by mistake" },
    });
    expect(answer).toMatchObject({ status: 409, body: { code: "conflict" } });
  });
});
