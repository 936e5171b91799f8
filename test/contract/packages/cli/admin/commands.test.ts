import { describe, expect, it } from "vitest";
import { type CliEnd, type HostOptions, runCommand } from "../../../../support/cli.ts";
import { type HeardCall, json, problem, useHttpBroker } from "../../../../support/use-http-broker.ts";

const at = "2026-11-22T09:00:00.000Z";
const acme = {
  name: "acme",
  gateways: ["alibaba/*/vpn-*"],
  credentials: { alibaba: "acme-main", tencent: "acme-side" },
  maxUnfinishedRequests: 50,
  webhookUrl: "https://hooks.example.com/vpn",
  webhookSecrets: [{ createdAt: at }],
  createdAt: at,
  updatedAt: at,
  revision: 7,
};
const made = { id: "key_1", name: "ci", scopes: ["admin"], createdAt: at, valid: true };
const broker = useHttpBroker();

async function run(given: readonly string[], options?: HostOptions): Promise<CliEnd> {
  const ended = await runCommand(["admin", ...given], broker.environment(), options);
  expect(ended.stderr).not.toMatch(/vpb_\w|whsec_\w/);
  return ended;
}

/** A broker that has the tenant acme, and what it was asked. */
async function asksOf(...given: string[]): Promise<Pick<HeardCall, "method" | "path" | "body">[]> {
  broker.reply(({ method, path }) => {
    if (method === "GET" && path.endsWith("/tenants/new")) return problem(404, "not_found", "there is no such tenant");
    if (path.includes("/keys")) return json(200, { ...made, key: "vpb_made" });
    return json(200, path.includes("webhook-secret") ? { webhookSecret: "whsec_made" } : acme);
  });
  const before = broker.calls().length;
  expect(await run(given)).toMatchObject({ code: 0, stderr: "" });
  return broker
    .calls()
    .slice(before)
    .map(({ headers: _headers, ...call }) => call);
}

const changeOf = async (...given: string[]) => (await asksOf(...given)).find(({ method }) => method !== "GET");

describe("tenant set", () => {
  const { name: _name, webhookSecrets: _secrets, createdAt: _made, updatedAt: _changed, ...rest } = acme;
  const { revision: _revision, ...settings } = rest;

  it("changes only what is named", async () => {
    const set = async (...options: string[]) => (await changeOf("tenant", "set", "acme", ...options))?.body;
    expect(await set()).toEqual(settings);
    expect(await set("--gateway", "*", "--gateway", "tencent/*/*")).toEqual({
      ...settings,
      gateways: ["*", "tencent/*/*"],
    });
    expect(await set("--no-gateways")).toEqual({ ...settings, gateways: [] });
    expect(await set("--most-open", "7", "--reason", "less load")).toEqual({
      ...settings,
      maxUnfinishedRequests: 7,
      reason: "less load",
    });
    expect(await set("--credentials", "alibaba=other")).toEqual({
      ...settings,
      credentials: { alibaba: "other", tencent: "acme-side" },
    });
    expect(await set("--credentials", "alibaba=")).toEqual({ ...settings, credentials: { tencent: "acme-side" } });
    expect(await set("--webhook-url", "https://other.example")).toEqual({
      ...settings,
      webhookUrl: "https://other.example",
    });
    const { webhookUrl: _url, ...without } = settings;
    expect(await set("--no-webhook-url")).toEqual(without);
  });

  it("changes the state that it has read, and no other", async () => {
    await asksOf("tenant", "set", "acme", "--most-open", "7");
    expect(broker.changes()[0]?.headers["if-match"]).toBe('"7"');
    await asksOf("tenant", "set", "new");
    expect(broker.changes()[1]?.headers["if-match"]).toBe('"0"');
  });

  it("makes a tenant that is not there, with no gateway unless one is named", async () => {
    expect(await changeOf("tenant", "set", "new")).toEqual({
      method: "PUT",
      path: "/admin/tenants/new",
      body: { gateways: [], credentials: {} },
    });
  });

  it("changes nothing when the tenant cannot be read", async () => {
    broker.reply(() => problem(503, "unavailable", "try again"));
    expect(await run(["tenant", "set", "acme"], { slept: [] })).toMatchObject({ code: 1, stdout: "" });
    expect(broker.changes()).toEqual([]);
  });
});

describe("tenant suspend and resume", () => {
  it("tell the broker why", async () => {
    expect(await changeOf("tenant", "suspend", "acme", "--reason", "its key has leaked")).toEqual({
      method: "POST",
      path: "/admin/tenants/acme/suspend",
      body: { reason: "its key has leaked" },
    });
    expect(await changeOf("tenant", "resume", "acme")).toEqual({
      method: "POST",
      path: "/admin/tenants/acme/resume",
      body: {},
    });
  });

  it("are seen with since when and why, in the list by a word", async () => {
    const suspended = { ...acme, suspended: { at, reason: "its key has leaked" } };
    broker.reply(({ path }) => json(200, path === "/admin/tenants" ? { items: [suspended] } : suspended));
    expect((await run(["tenant", "acme"])).stdout).toContain(`suspended\tsince ${at}: its key has leaked\n`);
    expect((await run(["tenants"])).stdout).toMatch(/^acme \(suspended\)\t/);
    expect((await run(["tenants"], { columns: 80 })).stdout).toMatch(/^tenant .*\nacme \(suspended\) {2}/);
  });
});

describe("keys", () => {
  it("are asked for with everything that was named", async () => {
    const options = "--name ci --scope admin --scope connections:read --expires 90d --rate 5 --burst 10".split(" ");
    expect(await asksOf("key", "create", "acme", ...options, "--reason", "a new pipeline")).toEqual([
      {
        method: "POST",
        path: "/admin/tenants/acme/keys",
        body: {
          name: "ci",
          scopes: ["admin", "connections:read"],
          expiresInSeconds: 7_776_000,
          rateLimit: { perSecond: 5, burst: 10 },
          reason: "a new pipeline",
        },
      },
    ]);
  });

  it("rotate with a day's grace unless it is said, and are revoked", async () => {
    expect(await changeOf("key", "rotate", "acme", "key_1")).toEqual({
      method: "POST",
      path: "/admin/tenants/acme/keys/key_1/rotate",
      body: { graceSeconds: 86_400 },
    });
    expect((await changeOf("key", "rotate", "acme", "key_1", "--grace", "0s"))?.body).toEqual({ graceSeconds: 0 });
    expect(await changeOf("key", "revoke", "acme", "key_1", "--reason", "lost")).toEqual({
      method: "POST",
      path: "/admin/tenants/acme/keys/key_1/revoke",
      body: { reason: "lost" },
    });
    expect((await changeOf("key", "revoke", "acme", "key_1", "--force"))?.body).toEqual({ force: true });
    expect((await changeOf("webhook-secret", "rotate", "acme", "--grace", "1h"))?.body).toEqual({ graceSeconds: 3600 });
  });

  it("are lines of whole cells in a pipe, and fit on a terminal", async () => {
    broker.reply(() => json(200, { items: [made, { ...made, id: "key_2", name: "长长的名字".repeat(9) }] }));
    const { stdout } = await run(["keys", "acme"]);
    expect(
      stdout
        .trimEnd()
        .split("\n")
        .map((line) => line.split("\t")),
    ).toEqual([
      ["key_1", "ci", "valid", "admin", expect.stringMatching(/at once$/) as string, at],
      ["key_2", "长长的名字".repeat(9), "valid", "admin", expect.any(String) as string, at],
    ]);
    const lines = (await run(["keys", "acme"], { columns: 100 })).stdout.trimEnd().split("\n");
    expect(lines[0]).toMatch(/^id +name +validity/);
    expect(lines[2]).toMatch(/^key_2 {2}长长\S*… /);
  });
});

describe("audit", () => {
  const entry = (number: number) => ({
    id: `audit_${number}`,
    at,
    action: "tenant.set",
    tenant: "acme",
    by: { tenant: "ops", keyId: "key_1", keyName: "ops", requestId: "r" },
    reason: "a\nb\u001b[2J",
    details: { gateways: ["*"], maxUnfinishedRequests: 5 },
  });

  /** A log of so many entries, in pages that may be empty. */
  function keepLog(entries: number): void {
    broker.reply(({ path }) => {
      const query = new URL(path, "http://x").searchParams;
      const from = Number(query.get("cursor") ?? 0);
      const most = from % 2 === 0 ? Number(query.get("limit")) : 0;
      const items = Array.from({ length: Math.min(most, entries - from) }, (_, index) => entry(from + index));
      const next = from + Math.max(items.length, 1);
      return json(200, { items, ...(next < entries ? { nextCursor: String(next) } : {}) });
    });
  }

  it("reads page after page, and says when there is more", async () => {
    keepLog(250);
    const all = await run(["audit", "--all", "--tenant", "acme", "--json"]);
    expect(JSON.parse(all.stdout)).toMatchObject({ more: false });
    expect(all.stderr).toBe("");
    expect(broker.calls()[0]?.path).toBe("/admin/audit?tenant=acme&limit=100");
    expect(broker.calls().length).toBeGreaterThan(2);

    const some = await run(["audit", "--limit", "120"]);
    expect(some.stdout.trimEnd().split("\n")).toHaveLength(120);
    expect(some.stderr).toBe("… and more: --limit N, or --all\n");
    expect(JSON.parse((await run(["audit", "--limit", "120", "--json"])).stdout)).toMatchObject({ more: true });
  });

  it("has one line for each entry, whatever its reason has in it", async () => {
    keepLog(3);
    const { stdout } = await run(["audit"]);
    expect(stdout.trimEnd().split("\n")).toHaveLength(3);
    expect(stdout).not.toContain("\u001b");
    expect(stdout).toContain(
      String.raw`tenant.set            acme gateways=* maxUnfinishedRequests=5  by ops (key_1 of ops): a\u{a}b\u{1b}[2J`,
    );
  });

  it("ends when the broker answers with the same page for ever", async () => {
    broker.reply(() => json(200, { items: [], nextCursor: "same" }));
    expect(await run(["audit"])).toEqual({ code: 1, stdout: "", stderr: "the page after this one is this one.\n" });
    expect(broker.calls()).toHaveLength(2);
  });

  it("says that there is none yet, and a pipe has no line", async () => {
    expect(await run(["audit"])).toEqual({ code: 0, stdout: "", stderr: "Nothing was written down yet.\n" });
    expect(await run(["keys", "acme"])).toEqual({ code: 0, stdout: "", stderr: "This tenant has no key yet.\n" });
    expect((await run(["keys", "acme"], { columns: 80 })).stderr).toBe("This tenant has no key yet.\n");
  });
});
