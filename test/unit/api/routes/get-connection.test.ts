import { describe, expect, it } from "vitest";
import type { TenantStore } from "../../../../functions/domain/ports.ts";
import { toConnectionId } from "../../../../functions/domain/record/ids.ts";
import { statuses } from "../../../../functions/domain/record/status.ts";
import { createKeyDirectory, rememberKeys } from "../../../../functions/domain/tenants/caller.ts";
import type { ApiKey } from "../../../../functions/domain/tenants/tenant.ts";
import { createFakeClock } from "../../../fakes/fake-clock.ts";
import { createMemoryTenantStore, testKey, testTenant } from "../../../fakes/memory-tenant-store.ts";
import { validAlibabaRequest } from "../../../support/create-requests.ts";
import { apiKeys, connections, createTestApi } from "../../../support/test-api.ts";

const id = toConnectionId("acme", "token-1");
const path = `${connections}/${id}`;

async function createApiWithRequest() {
  const api = createTestApi();
  await api.send("POST", connections, { body: validAlibabaRequest() });
  const record = await api.store.get(id);
  if (!record) throw new Error("it was not accepted");
  return { ...api, record };
}

describe("the resource", () => {
  it("is answered with its revision as ETag and when to look again", async () => {
    const { get } = await createApiWithRequest();
    const { status, headers, body } = await get(path);
    expect(status).toBe(200);
    expect(headers.get("ETag")).toBe('"1"');
    expect(headers.get("Retry-After")).toBe("6");
    expect(body).toMatchObject({ id, status: "accepted", revision: 1 });
    for (const hidden of ["tenant", "sealedKeys", "events", "version", "generation", "deadlineAt"]) {
      expect(body).not.toHaveProperty(hidden);
    }
  });

  it.each(statuses)("tells when to look again while it is not final: %s", async (status) => {
    const { get, store, record } = await createApiWithRequest();
    store.put({ ...record, status });
    const isFinal = ["succeeded", "failed", "canceled", "unknown"].includes(status);
    expect((await get(path)).headers.has("Retry-After")).toBe(!isFinal);
  });

  it("asks for a look within 1 to 30 seconds, however late it is", async () => {
    const { get, clock, store, record } = await createApiWithRequest();
    store.put({ ...record, ahead: 100 });
    expect((await get(path)).headers.get("Retry-After")).toBe("30");
    store.put({ ...record, deadlineAt: "2026-01-02T00:00:00.000Z" });
    clock.advance(7 * 86_400_000);
    expect((await get(path)).headers.get("Retry-After")).toBe("10");
  });
});

describe("an id that names nothing of the tenant's", () => {
  it.each(["a".repeat(26), "x", "..", "%00", "a%2Fb", id.toUpperCase(), `${id}x`])(
    "is told as 404: %s",
    async (unknown) => {
      const { get } = await createApiWithRequest();
      const { status, body } = await get(`${connections}/${unknown}`);
      expect(status).toBe(404);
      expect(body).toMatchObject({ code: "not_found" });
    },
  );

  it("is told alike for another tenant's", async () => {
    const { get } = await createApiWithRequest();
    const others = await get(path, { key: apiKeys.other });
    const nobodys = await get(`${connections}/${"a".repeat(26)}`, { key: apiKeys.other });
    expect(others.status).toBe(404);
    expect({ ...others.body, requestId: "" }).toEqual({ ...nobodys.body, requestId: "" });
  });
});

describe("If-None-Match", () => {
  it.each(['"1"', 'W/"1"', ' "1" '])("is answered with 304 while nothing changed: %s", async (etag) => {
    const { get } = await createApiWithRequest();
    const { status, headers, text } = await get(path, { headers: { "If-None-Match": etag } });
    expect({ status, text, etag: headers.get("ETag") }).toEqual({ status: 304, text: "", etag: '"1"' });
  });

  it.each(['"2"', '"0"', "1", '"x"', "", '"11"'])("is answered with the resource otherwise: %s", async (etag) => {
    const { get } = await createApiWithRequest();
    expect(await get(path, { headers: { "If-None-Match": etag } })).toMatchObject({
      status: 200,
      body: { revision: 1 },
    });
  });

  it("does not open another tenant's", async () => {
    const { get } = await createApiWithRequest();
    expect(await get(path, { key: apiKeys.other, headers: { "If-None-Match": '"1"' } })).toMatchObject({ status: 404 });
  });
});

describe("?wait", () => {
  it.each(["0", "1", "0.5", "20"])("waits so many seconds and no longer: %s", async (wait) => {
    const { get, clock } = await createApiWithRequest();
    const before = clock.now().getTime();
    expect(await get(`${path}?wait=${wait}`)).toMatchObject({ status: 200, body: { revision: 1 } });
    const waited = clock.now().getTime() - before;
    expect(Math.abs(waited - Number(wait) * 1000)).toBeLessThanOrEqual(1);
  });

  it("is refused when it is there twice", async () => {
    const { get } = await createApiWithRequest();
    expect(await get(`${path}?wait=1&wait=2`)).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: "/wait", detail: "must stand once" }] },
    });
  });

  it.each(["21", "20.001", "-1", "x", "Infinity", "NaN"])("is refused beyond its bounds: %s", async (wait) => {
    const { get, clock } = await createApiWithRequest();
    const { status, body } = await get(`${path}?wait=${wait}`);
    expect(status).toBe(400);
    expect(body).toMatchObject({
      code: "invalid_request",
      errors: [{ pointer: "/wait", detail: "must be 0 to 20 seconds" }],
    });
    expect(clock.slept).toEqual([]);
  });

  it("is answered with 304 when it has not changed from what the caller knows, and at once when it has", async () => {
    const { get, clock } = await createApiWithRequest();
    expect(await get(`${path}?wait=5`, { headers: { "If-None-Match": '"1"' } })).toMatchObject({ status: 304 });
    const slept = clock.slept.length;
    expect(slept).toBeGreaterThan(0);
    expect(await get(`${path}?wait=5`, { headers: { "If-None-Match": '"7"' } })).toMatchObject({ status: 200 });
    expect(clock.slept).toHaveLength(slept);
  });

  it("does not wait for what is final", async () => {
    const { get, store, record, clock } = await createApiWithRequest();
    store.put({ ...record, status: "failed" });
    expect(await get(`${path}?wait=20`)).toMatchObject({ status: 200, body: { status: "failed" } });
    expect(clock.slept).toEqual([]);
  });
});

describe("?wait with a key that loses its right meanwhile", () => {
  const revoked = { revokedAt: "2026-01-01T00:00:00.000Z" };
  const lost: [string, Partial<ApiKey>, number][] = [
    ["is revoked", revoked, 401],
    ["expires", { expiresAt: "2026-01-01T00:00:05.000Z" }, 401],
    ["loses the scope", { scopes: ["connections:write"] }, 403],
  ];

  /** While the call waits, the key that makes it becomes another one. Keys are remembered, as they are where it is deployed. */
  function createWaitingApi(become: (tenants: TenantStore) => Promise<unknown>) {
    const clock = createFakeClock();
    const tenants = createMemoryTenantStore(
      testTenant("acme", { keys: [testKey(apiKeys.all, ["connections:read", "connections:write"])] }),
      testTenant("other"),
    );
    const sleep = async (milliseconds: number) => {
      if (clock.slept.length === 0) await become(tenants);
      await clock.sleep(milliseconds);
    };
    return createTestApi({ clock, sleep, tenants, keys: rememberKeys(createKeyDirectory(tenants), clock) });
  }

  it.each(lost)("is refused at its end: %s", async (_, patch, expected) => {
    const api = createWaitingApi(async (tenants) => {
      const acme = await tenants.get("acme");
      if (acme) await tenants.save({ ...acme, keys: acme.keys.map((key) => ({ ...key, ...patch })) });
    });
    await api.send("POST", connections, { body: validAlibabaRequest() });
    for (const headers of [{}, { "If-None-Match": '"1"' }]) {
      const answer = await api.get(`${path}?wait=20`, { headers });
      expect(answer.status).toBe(expected);
      expect(answer.headers.has("ETag")).toBe(false);
    }
  });

  it("is refused to one that is another tenant's by then", async () => {
    const api = createWaitingApi(async (tenants) => {
      const [acme, other] = [await tenants.get("acme"), await tenants.get("other")];
      if (!acme || !other) return;
      await tenants.save({ ...other, keys: acme.keys });
      for (const { hash } of acme.keys) await tenants.claim(hash, "other");
    });
    await api.send("POST", connections, { body: validAlibabaRequest() });
    expect(await api.get(`${path}?wait=20`)).toMatchObject({ status: 401 });
  });
});

describe("a query parameter that is not known", () => {
  it("is refused by its name", async () => {
    const { get } = await createApiWithRequest();
    const { status, body } = await get(`${path}?waiting=1`);
    expect(status).toBe(400);
    expect(body["errors"]).toEqual([{ pointer: "/waiting", detail: expect.stringMatching(/^is not (a )?known/) }]);
  });
});

it("the eleventh call of a key that waits is answered at once, with the present state and when to look again", async () => {
  const { get, store, record, clock } = await createApiWithRequest();
  let waiting = 0;
  const sleep = () => new Promise(() => (waiting += 1));
  const hanging = createTestApi({ store, sleep, clock });
  for (let n = 0; n < 10; n += 1) void hanging.get(`${path}?wait=20`);
  await expect.poll(() => waiting).toBe(10);
  const { status, headers, body } = await hanging.get(`${path}?wait=20`);
  expect([status, headers.get("Retry-After")]).toEqual([200, "6"]);
  expect(body).toMatchObject({ id: record.id, revision: 1 });
  const unchanged = await hanging.get(`${path}?wait=20`, { headers: { "If-None-Match": '"1"' } });
  expect([unchanged.status, unchanged.headers.get("Retry-After")]).toEqual([304, "6"]);
  void hanging.get(`${path}?wait=20`, { key: apiKeys.reader });
  await expect.poll(() => waiting).toBe(11);
  expect(await get(path)).toMatchObject({ status: 200 });
});
