import { describe, expect, it } from "vitest";
import { testTenant } from "../../../fakes/memory-tenant-store.ts";
import { apiKeys, createTestApi } from "../../../support/test-api.ts";

const path = "/v1/admin/tenants";
const key = apiKeys.admin;
const settings = {
  gateways: ["alibaba/cn-*/*", "tencent/ap-shanghai/vpngw-1"],
  credentials: { alibaba: "team-a" },
  maxUnfinishedRequests: 7,
  webhookUrl: "https://team-a.example.com/hook",
};

function createApi() {
  const api = createTestApi();
  return {
    ...api,
    list: () => api.get(path, { key }),
    look: (name = "team-a") => api.get(`${path}/${name}`, { key }),
    put: (body: unknown, name = "team-a", headers: Record<string, string> = {}) =>
      api.send("PUT", `${path}/${name}`, { key, body, headers }),
    rotate: (body?: unknown, name = "acme") => api.send("POST", `${path}/${name}/webhook-secret/rotate`, { key, body }),
  };
}

describe("a tenant that is made", () => {
  it("is answered with 201, its settings and its webhook secret, which is told this once", async () => {
    const api = createApi();
    const made = await api.put({ ...settings, reason: "a new team" });
    const at = "2026-01-01T00:00:00.000Z";
    const times = { webhookSecrets: [{ createdAt: at }], createdAt: at, updatedAt: at };
    const shown = { name: "team-a", ...settings, ...times, revision: 1 };
    expect(made.status).toBe(201);
    expect(made.body).toEqual({ ...shown, webhookSecret: expect.stringMatching(/^whsec_[\w+/]{43}=$/) });
    expect((await api.look()).body).toEqual(shown);
    expect(await api.put(settings)).toMatchObject({ status: 200, body: { ...shown, revision: 2 } });
    expect(api.audit.entries[0]).toMatchObject({ action: "tenant.set", tenant: "team-a", reason: "a new team" });
  });

  it("has defaults where nothing is said, and may touch no gateway that is not named", async () => {
    const { body } = await createApi().put({ gateways: [] });
    expect(body).toMatchObject({ gateways: [], credentials: {}, maxUnfinishedRequests: 1000 });
    expect(body).not.toHaveProperty("webhookUrl");
  });
});

describe("a tenant that is set again", () => {
  it("has what the request says and nothing of before, but its keys and secrets", async () => {
    const api = createApi();
    await api.put({ ...settings, gateways: [] }, "acme");
    const { status, body } = await api.put({ gateways: ["*"] }, "acme");
    expect(status).toBe(200);
    expect(body).toMatchObject({ gateways: ["*"], credentials: {}, maxUnfinishedRequests: 1000 });
    expect(body).not.toHaveProperty("webhookUrl");
    expect(body).not.toHaveProperty("webhookSecret");
    expect(await api.get("/v1/vpn-connections")).toMatchObject({ status: 200 });
  });
});

describe("If-Match", () => {
  it.each(['"1"', 'W/"1"', "*"])("lets the revision be replaced that was decided on: %s", async (etag) => {
    const api = createApi();
    expect((await api.look("acme")).headers.get("ETag")).toBe('"1"');
    const { status, headers, body } = await api.put(settings, "acme", { "If-Match": etag });
    expect({ status, etag: headers.get("ETag"), revision: body["revision"] }).toEqual({
      status: 200,
      etag: '"2"',
      revision: 2,
    });
  });

  it.each(['"2"', '"0"', "1", '"x"', ""])("keeps another from being replaced: %s", async (etag) => {
    const api = createApi();
    const before = await api.tenants.get("acme");
    const answer = await api.put(settings, "acme", { "If-Match": etag });
    expect(answer).toMatchObject({ status: 409, body: { code: "conflict" } });
    expect(await api.tenants.get("acme")).toEqual(before);
    expect(api.audit.entries).toEqual([]);
  });

  it("keeps a tenant from being made anew that is not there any more", async () => {
    const api = createApi();
    expect(await api.put(settings, "team-a", { "If-Match": '"3"' })).toMatchObject({ status: 409 });
    expect(await api.tenants.get("team-a")).toBeUndefined();
  });
});

describe("what is shown of tenants", () => {
  it("is a list by name", async () => {
    const api = createApi();
    await api.put(settings, "a-team");
    const { body } = await api.list();
    expect((body["items"] as { name: string }[]).map(({ name }) => name)).toEqual(["a-team", "acme", "other"]);
  });

  it("is neither hash nor seal nor secret, in whatever answer", async () => {
    const api = createApi();
    const { body } = await api.put(settings);
    const { body: rotated } = await api.rotate({}, "team-a");
    const answers = [await api.list(), await api.look(), await api.look("acme"), await api.put(settings)];
    const text = answers.map((answer) => answer.text).join("\n");
    const tenants = await api.tenants.list();
    const hashes = tenants.flatMap(({ keys }) => keys.map(({ hash }) => hash));
    const seals = tenants.flatMap(({ webhookSecrets }) => webhookSecrets.map(({ sealed }) => sealed));
    expect([hashes.length, seals.length]).toEqual([6, 4]);
    const told = [body["webhookSecret"], rotated["webhookSecret"]].map(String);
    for (const hidden of [...hashes, ...seals, ...told]) expect(text).not.toContain(hidden);
    expect(text).not.toMatch(/whsec_|sealed|hash|"keys"/);
  });

  it("is 404 for one that is not there", async () => {
    for (const name of ["nobody", "NOBODY", "..%2Fetc", "%00"]) {
      expect(await createApi().look(name)).toMatchObject({ status: 404, body: { code: "not_found" } });
    }
  });
});

describe("settings that are not right", () => {
  const many = (length: number) => Array.from({ length }, (_, n) => `alibaba/cn-shanghai/vpn-${n}`);

  it.each<[object, string]>([
    [{ gateways: undefined }, "/gateways"],
    [{ gateways: null }, "/gateways"],
    [{ gateways: "*" }, "/gateways"],
    [{ gateways: many(101) }, "/gateways"],
    [{ gateways: ["*", "alibaba/*"] }, "/gateways/1"],
    [{ gateways: ["alibaba/*/.*"] }, "/gateways/0"],
    [{ gateways: ["alibaba/*/*a*b*c*"] }, "/gateways/0"],
    [{ gateways: [7] }, "/gateways/0"],
    [{ gateways: ["*", "aws/cn-shanghai/vpn-1"] }, "/gateways/1"],
    [{ gateways: ["alibaba/shanghai/*"] }, "/gateways/0"],
    [{ credentials: null }, "/credentials"],
    [{ credentials: "team-a" }, "/credentials"],
    [{ credentials: { aws: "team-a" } }, "/credentials/aws"],
    [{ credentials: { alibaba: "" } }, "/credentials/alibaba"],
    [{ credentials: { alibaba: "../team-b" } }, "/credentials/alibaba"],
    [{ credentials: { tencent: "Team" } }, "/credentials/tencent"],
    [{ credentials: { tencent: "a".repeat(64) } }, "/credentials/tencent"],
    [{ credentials: { tencent: null } }, "/credentials/tencent"],
    [{ maxUnfinishedRequests: 0 }, "/maxUnfinishedRequests"],
    [{ maxUnfinishedRequests: -1 }, "/maxUnfinishedRequests"],
    [{ maxUnfinishedRequests: 1.5 }, "/maxUnfinishedRequests"],
    [{ maxUnfinishedRequests: 100_001 }, "/maxUnfinishedRequests"],
    [{ maxUnfinishedRequests: "7" }, "/maxUnfinishedRequests"],
    [{ maxUnfinishedRequests: null }, "/maxUnfinishedRequests"],
    [{ webhookUrl: "" }, "/webhookUrl"],
    [{ webhookUrl: null }, "/webhookUrl"],
    [{ webhookUrl: "http://a.example.com/" }, "/webhookUrl"],
    [{ webhookUrl: "https://a.example.com:444/" }, "/webhookUrl"],
    [{ webhookUrl: "https://user:x@a.example.com/" }, "/webhookUrl"],
    [{ webhookUrl: "https://10.0.0.1/" }, "/webhookUrl"],
    [{ webhookUrl: "https://[::1]/" }, "/webhookUrl"],
    [{ webhookUrl: `https://a.example.com/${"a".repeat(2048)}` }, "/webhookUrl"],
    [{ reason: "" }, "/reason"],
    [{ reason: "x".repeat(501) }, "/reason"],
    [{ name: "team-b" }, "/name"],
    [{ keys: [] }, "/keys"],
    [{ webhookSecrets: [] }, "/webhookSecrets"],
    [{ version: 1 }, "/version"],
  ])("are refused by their pointer, and nothing is written: %j", async (patch, pointer) => {
    const api = createApi();
    const answer = await api.put({ ...settings, ...patch });
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ code: "invalid_request", errors: [{ pointer }] });
    expect(answer.body["errors"]).toHaveLength(1);
    expect(await api.tenants.get("team-a")).toBeUndefined();
    expect(api.audit.entries).toEqual([]);
  });

  it("are not those at the bounds", async () => {
    const most = { gateways: many(100), maxUnfinishedRequests: 100_000, credentials: { tencent: "a".repeat(63) } };
    expect(await createApi().put({ ...most, reason: "x".repeat(500) })).toMatchObject({ status: 201 });
    expect(await createApi().put({ gateways: ["*"], maxUnfinishedRequests: 1 })).toMatchObject({ status: 201 });
  });

  it("are refused for a name that JavaScript knows, too", async () => {
    const answer = await createApi().put('{"gateways":[],"__proto__":{"admin":true},"constructor":1}');
    expect(answer.status).toBe(400);
    const pointers = (answer.body["errors"] as { pointer: string }[]).map(({ pointer }) => pointer);
    expect(pointers.toSorted()).toEqual(["/__proto__", "/constructor"]);
  });

  it.each(["Team", "-team", "team_a", "a".repeat(64), "team%2Fa", "team%20a", "t%C3%BCam"])(
    "are those of a tenant that cannot be named so: %s",
    async (name) => {
      const api = createApi();
      expect(await api.put(settings, name)).toMatchObject({ status: 400, body: { code: "invalid_request" } });
      expect(api.audit.entries).toEqual([]);
    },
  );

  it("take no query", async () => {
    const api = createApi();
    const answer = await api.send("PUT", `${path}/team-a?force=1`, { key, body: settings });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ pointer: "/force" }] } });
  });
});

describe("a webhook secret that is rotated", () => {
  it("is told with how long the one before goes on: a day, unless it is said", async () => {
    const api = createApi();
    const { status, body } = await api.rotate();
    expect(status).toBe(200);
    expect(body).toEqual({
      webhookSecret: expect.stringMatching(/^whsec_/),
      previousValidUntil: "2026-01-02T00:00:00.000Z",
    });
    expect(await api.rotate({ graceSeconds: 60, reason: "it leaked" })).toMatchObject({
      body: { previousValidUntil: "2026-01-01T00:01:00.000Z" },
    });
    const at = "2026-01-01T00:00:00.000Z";
    expect((await api.look("acme")).body["webhookSecrets"]).toEqual([
      { createdAt: at },
      { createdAt: at, expiresAt: "2026-01-01T00:01:00.000Z" },
      { createdAt: at, expiresAt: "2026-01-02T00:00:00.000Z" },
    ]);
    expect(api.audit.entries).toMatchObject([{ action: "webhook_secret.rotate" }, { reason: "it leaked" }]);
  });

  it("may end the one before at once", async () => {
    const api = createApi();
    expect((await api.rotate({ graceSeconds: 0 })).body).not.toHaveProperty("previousValidUntil");
    expect((await api.look("acme")).body["webhookSecrets"]).toHaveLength(1);
  });

  it.each<[object, string]>([
    [{ graceSeconds: -1 }, "/graceSeconds"],
    [{ graceSeconds: 604_801 }, "/graceSeconds"],
    [{ graceSeconds: 0.5 }, "/graceSeconds"],
    [{ graceSeconds: "60" }, "/graceSeconds"],
    [{ graceSeconds: null }, "/graceSeconds"],
    [{ reason: 7 }, "/reason"],
    [{ secret: "whsec_mine" }, "/secret"],
  ])("is refused for a body that is not right: %j", async (body, pointer) => {
    const api = createApi();
    expect(await api.rotate(body)).toMatchObject({ status: 400, body: { errors: [{ pointer }] } });
    expect(api.audit.entries).toEqual([]);
  });

  it("is refused for a tenant that is not there", async () => {
    expect(await createApi().rotate({}, "nobody")).toMatchObject({ status: 404 });
  });
});

describe("the list of tenants", () => {
  it("is cut by its size, and goes on behind the cut", async () => {
    const api = createTestApi();
    const gateways = Array.from({ length: 600 }, (_, n) => `alibaba/cn-shanghai/vpn-${String(n).padStart(60, "0")}`);
    for (let n = 0; n < 140; n += 1) await api.tenants.save(testTenant(`team-${n}`, { gateways, version: 0 }));
    const names: string[] = [];
    let query = "";
    for (let pages = 0; pages < 9; pages += 1) {
      const { body, text } = await api.get(`/v1/admin/tenants${query}`, { key: apiKeys.admin });
      const { items, nextCursor } = body as { items: { name: string }[]; nextCursor?: string };
      expect(Buffer.byteLength(text)).toBeLessThan(5_000_000);
      names.push(...items.map(({ name }) => name));
      if (nextCursor === undefined) break;
      query = `?cursor=${nextCursor}`;
    }
    expect(query).not.toBe("");
    expect(names).toEqual(await api.tenants.names());
  });
});
