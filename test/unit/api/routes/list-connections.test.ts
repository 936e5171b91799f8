import { describe, expect, it } from "vitest";
import { toCursor } from "../../../../functions/domain/cursor.ts";
import type { ListQuery } from "../../../../functions/domain/ports.ts";
import { createMemoryConnectionStore } from "../../../fakes/memory-connection-store.ts";
import { validAlibabaRequest, validTencentRequest } from "../../../support/create-requests.ts";
import { apiKeys, connections, createTestApi } from "../../../support/test-api.ts";

/** An API that notes what its store was asked. */
function createAskingApi() {
  const asked: ListQuery[] = [];
  const store = {
    ...createMemoryConnectionStore(),
    list: async (query: ListQuery) => {
      asked.push(query);
      return { items: [] };
    },
  };
  return { ...createTestApi({ store }), asked };
}

const place = `2026-01-01T00:00:00.000Z#${"a".repeat(26)}`;
const defaults = { tenant: "acme", limit: 20 };

describe("filters", () => {
  it.each([
    ["", {}],
    ["?status=failed", { statuses: ["failed"] }],
    ["?status=failed&status=unknown", { statuses: ["failed", "unknown"] }],
    ["?provider=tencent", { provider: "tencent" }],
    ["?region=ap-shanghai", { region: "ap-shanghai" }],
    ["?vpnGatewayId=vpngw-1", { vpnGatewayId: "vpngw-1" }],
    ["?clientToken=a%2Fb", { clientToken: "a/b" }],
    ["?providerConnectionId=vco-1", { providerConnectionId: "vco-1" }],
    ["?errorCode=provider_quota", { errorCode: "provider_quota" }],
    ["?createdAfter=2026-01-01T00:00:00Z", { createdAfter: "2026-01-01T00:00:00.000Z" }],
    ["?createdBefore=2026-01-01T02:00:00%2B02:00", { createdBefore: "2026-01-01T00:00:00.000Z" }],
    ["?limit=1", { limit: 1 }],
    ["?limit=100", { limit: 100 }],
    [`?cursor=${toCursor({ tenant: "acme" }, place)}`, { before: place }],
    [
      `?region=a&status=failed&cursor=${toCursor({ status: ["failed"], region: "a", tenant: "acme" }, place)}`,
      { region: "a", statuses: ["failed"], before: place },
    ],
    ["?status=failed&provider=alibaba&limit=5", { statuses: ["failed"], provider: "alibaba", limit: 5 }],
  ])("reach the store, with the caller's tenant: '%s'", async (query, expected) => {
    const { get, asked } = createAskingApi();
    expect(await get(`${connections}${query}`)).toMatchObject({ status: 200, body: { items: [] } });
    expect(asked).toEqual([{ ...defaults, ...expected }]);
  });

  it.each([
    ["status=lost", "/status"],
    ["status=", "/status"],
    ["status=failed&status=lost", "/status"],
    ["provider=aws", "/provider"],
    ["provider=alibaba&provider=tencent", "/provider"],
    ["region=", "/region"],
    ["errorCode=zzz", "/errorCode"],
    ["errorCode=", "/errorCode"],
    [`vpnGatewayId=${"v".repeat(129)}`, "/vpnGatewayId"],
    ["createdAfter=2026-01-01", "/createdAfter"],
    ["createdAfter=yesterday", "/createdAfter"],
    ["createdBefore=2026-02-30T00:00:00Z", "/createdBefore"],
    ["createdBefore=2026-01-01T00:00:00", "/createdBefore"],
    ["limit=0", "/limit"],
    ["limit=101", "/limit"],
    ["limit=-1", "/limit"],
    ["limit=1.5", "/limit"],
    ["limit=1e1", "/limit"],
    ["limit=", "/limit"],
    ["limit=1&limit=2", "/limit"],
    [`cursor=${"c".repeat(1025)}`, "/cursor"],
    ["tenant=Other", "/tenant"],
    ["surprise=1", "/surprise"],
    ["statuses=failed", "/statuses"],
  ])("are refused by their name: %s", async (query, pointer) => {
    const { get, asked } = createAskingApi();
    const { status, body } = await get(`${connections}?${query}`);
    expect(status).toBe(400);
    expect(body).toMatchObject({ code: "invalid_request", errors: [{ pointer }] });
    expect(body["errors"]).toHaveLength(1);
    expect(asked).toEqual([]);
  });

  it.each([
    "limit=1&limit=2",
    "provider=alibaba&provider=tencent",
    "createdAfter=x&createdAfter=y",
    "tenant=a&tenant=b",
  ])("are told to stand once: %s", async (query) => {
    const { body } = await createAskingApi().get(`${connections}?${query}`);
    expect(body["errors"]).toEqual([{ pointer: `/${query.split("=")[0]}`, detail: "must stand once" }]);
  });

  it("are all told when several are wrong", async () => {
    const { body } = await createAskingApi().get(`${connections}?limit=0&provider=aws`);
    const pointers = (body["errors"] as { pointer: string }[]).map(({ pointer }) => pointer);
    expect(pointers.toSorted()).toEqual(["/limit", "/provider"]);
  });
});

describe("the list", () => {
  async function createFilledApi() {
    const api = createTestApi();
    for (let index = 0; index < 5; index += 1) {
      const make = index % 2 === 0 ? validAlibabaRequest : validTencentRequest;
      await api.send("POST", connections, { body: { ...make(), clientToken: `token-${index}` } });
      api.clock.advance(1000);
    }
    await api.send("POST", connections, { body: validAlibabaRequest(), key: apiKeys.other });
    const list = async (query: string, key = apiKeys.all) => {
      const { body } = await api.get(`${connections}${query}`, { key });
      const { items, nextCursor } = body as { items: Record<string, unknown>[]; nextCursor?: string };
      return { tokens: items.map((item) => item["clientToken"]), items, nextCursor };
    };
    return { ...api, list };
  }

  it("holds the tenant's own, newest first", async () => {
    const { list } = await createFilledApi();
    const { tokens, nextCursor } = await list("");
    expect(tokens).toEqual(["token-4", "token-3", "token-2", "token-1", "token-0"]);
    expect(nextCursor).toBeUndefined();
    expect((await list("", apiKeys.other)).tokens).toEqual(["token-1"]);
  });

  it("goes on at the cursor until there is none", async () => {
    const { list } = await createFilledApi();
    const first = await list("?limit=2");
    const second = await list(`?limit=2&cursor=${first.nextCursor}`);
    const third = await list(`?limit=2&cursor=${second.nextCursor}`);
    expect([first, second, third].map(({ tokens }) => tokens)).toEqual([
      ["token-4", "token-3"],
      ["token-2", "token-1"],
      ["token-0"],
    ]);
    expect(third.nextCursor).toBeUndefined();
  });

  it("holds resources, without a key in them", async () => {
    const { get, list } = await createFilledApi();
    const { items } = await list("?provider=tencent");
    expect(items.map(({ provider }) => provider)).toEqual(["tencent", "tencent"]);
    expect(items[0]).toEqual((await get(`${connections}/${String(items[0]?.["id"])}`)).body);
    expect(JSON.stringify(items)).not.toMatch(/preSharedKey|hmac|sealed/);
  });

  it("refuses a cursor that is none of its own", async () => {
    const { get } = await createFilledApi();
    const { status, body } = await get(`${connections}?cursor=nonsense`);
    expect(status).toBe(400);
    expect(body).toMatchObject({ code: "invalid_request", errors: [{ pointer: "/cursor" }] });
  });

  it("refuses a cursor under other filters, and says which it belongs to; in another order they are the same", async () => {
    const { get, list } = await createFilledApi();
    const { nextCursor = "" } = await list("?provider=alibaba&status=accepted&status=queued&limit=1");
    const { status, body } = await get(`${connections}?provider=tencent&cursor=${nextCursor}`);
    expect(status).toBe(400);
    expect(body["detail"]).toContain("provider=alibaba&status=accepted&status=queued");
    const { tokens } = await list(`?status=queued&status=accepted&provider=alibaba&limit=1&cursor=${nextCursor}`);
    expect(tokens).toEqual(["token-2"]);
    expect((await get(`${connections}?cursor=${nextCursor}`, { key: apiKeys.other })).status).toBe(400);
  });

  it("goes on where it was while new requests arrive", async () => {
    const { list, send } = await createFilledApi();
    const { nextCursor } = await list("?limit=2");
    await send("POST", connections, { body: { ...validAlibabaRequest(), clientToken: "token-new" } });
    expect((await list(`?limit=2&cursor=${nextCursor}`)).tokens).toEqual(["token-2", "token-1"]);
  });

  it("is cut by its size too, and goes on behind the cut", async () => {
    const { list, store } = await createFilledApi();
    for (const record of (await store.list({ tenant: "acme", limit: 5 })).items)
      store.put({ ...record, warnings: ["w".repeat(2_000_000)] });
    const first = await list("");
    expect(first.tokens).toEqual(["token-4", "token-3"]);
    expect((await list(`?cursor=${first.nextCursor}`)).tokens).toEqual(["token-2", "token-1"]);
  });
});
