import { describe, expect, it } from "vitest";
import { createKeyDirectory } from "../../../../functions/domain/tenants/caller.ts";
import { createMemoryTenantStore, testKey, testTenant } from "../../../fakes/memory-tenant-store.ts";
import { validAlibabaRequest } from "../../../support/create-requests.ts";
import { apiKeys, connections, createTestApi } from "../../../support/test-api.ts";

const rateLimit = { perSecond: 2, burst: 3 };
const path = `${connections}/${"a".repeat(26)}`;

/** An API whose key `key-slow` has a small limit, and `key-usual` the default. */
function createLimitedApi() {
  const scopes = ["connections:read" as const, "connections:write" as const];
  const keys = [testKey("key-slow", scopes, { rateLimit }), testKey("key-usual", scopes)];
  const directory = createKeyDirectory(createMemoryTenantStore(testTenant("acme", { keys })));
  const api = createTestApi({ keys: directory });
  const ask = (key = "key-slow") => api.get(path, { key });
  return { ...api, ask };
}
const limitsOf = ({ headers }: { headers: Headers }) => [headers.get("RateLimit-Policy"), headers.get("RateLimit")];

describe("every answer", () => {
  it("tells the key's quota, what is left of it and when it is whole again", async () => {
    const { ask } = createLimitedApi();
    expect(limitsOf(await ask())).toEqual([`"key";q=3;w=2`, `"key";r=2;t=1`]);
    expect(limitsOf(await ask())).toEqual([`"key";q=3;w=2`, `"key";r=1;t=1`]);
    expect(limitsOf(await ask())).toEqual([`"key";q=3;w=2`, `"key";r=0;t=2`]);
    expect(limitsOf(await ask())).toEqual([`"key";q=3;w=2`, `"key";r=0;t=2`]);
  });

  it("does so by the default where the key has no limit of its own", async () => {
    expect(limitsOf(await createLimitedApi().ask("key-usual"))).toEqual([`"key";q=200;w=2`, `"key";r=199;t=1`]);
  });

  it("does so also where there is nothing, or what was sent is refused", async () => {
    const api = createTestApi();
    for (const answer of [
      await api.get("/v1/nothing"),
      await api.send("POST", connections, { body: {} }),
      await api.send("PUT", connections),
      await api.get(connections, { key: apiKeys.admin }),
    ]) {
      expect(limitsOf(answer)).toEqual([expect.stringMatching(/^"key";q=200/), expect.stringMatching(/^"key";r=19\d/)]);
    }
  });

  it.each(["/healthz", "/nothing"])("does not where no key is asked for: %s", async (open) => {
    const answer = await createTestApi().get(open);
    expect(limitsOf(answer)).toEqual([null, null]);
  });

  it("does not to a stranger, who is not counted", async () => {
    const { send, ask } = createLimitedApi();
    for (let count = 0; count < 5; count += 1) {
      const answer = await send("GET", path, { key: "nobody" });
      expect({ status: answer.status, limits: limitsOf(answer) }).toEqual({ status: 401, limits: [null, null] });
    }
    expect(await ask()).toMatchObject({ status: 404 });
  });
});

describe("a key that asks too often", () => {
  async function createSpentApi() {
    const api = createLimitedApi();
    for (let count = 0; count < 3; count += 1) expect(await api.ask()).toMatchObject({ status: 404 });
    return api;
  }

  it("is answered with 429, its limit and when to come again, and nothing else happens", async () => {
    const { ask, store, send } = await createSpentApi();
    const reads = store.reads();
    const { status, headers, body } = await ask();
    expect(status).toBe(429);
    expect(headers.get("Retry-After")).toBe("1");
    expect(headers.get("Content-Type")).toBe("application/problem+json");
    expect(body).toMatchObject({
      code: "rate_limited",
      detail: "this API key may send 2 requests a second, and 3 at once",
    });
    expect(store.reads()).toBe(reads);
    expect(await send("POST", connections, { key: "key-slow", body: validAlibabaRequest() })).toMatchObject({
      status: 429,
    });
    expect((await store.list({ tenant: "acme", limit: 1 })).items).toEqual([]);
  });

  it("is let in again when it has waited that long", async () => {
    const { ask, clock } = await createSpentApi();
    const { headers } = await ask();
    clock.advance(Number(headers.get("Retry-After")) * 1000);
    expect(await ask()).toMatchObject({ status: 404 });
  });

  it("does not keep another key of its tenant out", async () => {
    const { ask } = await createSpentApi();
    expect(await ask("key-usual")).toMatchObject({ status: 404 });
  });
});
