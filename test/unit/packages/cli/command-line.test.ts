import { describe, expect, it } from "vitest";
import { Refusal } from "../../../../../packages/cli/src/admin/api-client.ts";
import { runAdmin } from "../../../../../packages/cli/src/admin/run.ts";
import { type AsksOfCli, createAdminContext } from "../../../../support/admin-context.ts";

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
};
const told = { id: "key_1", name: "ci", scopes: ["admin"], createdAt: at, valid: true, key: "vpb_made" };

/** What the command asked of a broker that has the tenant acme. */
async function asksOf(...given: string[]): Promise<AsksOfCli[]> {
  const { context, asked } = createAdminContext(({ path, method }) => {
    if (method === "GET" && path === "/tenants/new") throw new Refusal("Not found.", "not_found");
    if (path.includes("/keys")) return told;
    return path.includes("webhook-secret") ? { webhookSecret: "whsec_made" } : acme;
  });
  const ended = await runAdmin(given, context);
  expect(ended).toMatchObject({ exitCode: 0, complaint: "" });
  return asked;
}

async function changeOf(...given: string[]): Promise<AsksOfCli | undefined> {
  const asked = await asksOf(...given);
  return asked.find(({ method }) => method !== "GET");
}

describe("tenant set", () => {
  const { name: _name, webhookSecrets: _secrets, createdAt: _made, updatedAt: _changed, ...settings } = acme;

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

  it("makes a tenant that is not there, with no gateway unless one is named", async () => {
    expect(await changeOf("tenant", "set", "new")).toEqual({
      method: "PUT",
      path: "/tenants/new",
      body: { gateways: [], credentials: {} },
    });
  });

  it("changes nothing when the tenant cannot be read", async () => {
    const { context, asked } = createAdminContext(() => {
      throw new Refusal("It could not do it.", "unavailable");
    });
    expect(await runAdmin(["tenant", "set", "acme"], context)).toMatchObject({ exitCode: 1 });
    expect(asked.map(({ method }) => method)).toEqual(["GET"]);
  });
});

describe("keys", () => {
  it("are asked for with everything that was named", async () => {
    const options = "--name ci --scope admin --scope connections:read --expires 90d --rate 5 --burst 10".split(" ");
    expect(await asksOf("key", "create", "acme", ...options, "--reason", "a new pipeline")).toEqual([
      {
        method: "POST",
        path: "/tenants/acme/keys",
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
      path: "/tenants/acme/keys/key_1/rotate",
      body: { graceSeconds: 86_400 },
    });
    expect((await changeOf("key", "rotate", "acme", "key_1", "--grace", "0s"))?.body).toEqual({ graceSeconds: 0 });
    expect(await changeOf("key", "revoke", "acme", "key_1", "--reason", "lost")).toEqual({
      method: "POST",
      path: "/tenants/acme/keys/key_1/revoke",
      body: { reason: "lost" },
    });
    expect((await changeOf("key", "revoke", "acme", "key_1", "--force"))?.body).toEqual({ force: true });
    expect((await changeOf("webhook-secret", "rotate", "acme", "--grace", "1h"))?.body).toEqual({ graceSeconds: 3600 });
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
  function log(entries: number) {
    return createAdminContext(({ path }) => {
      const query = new URL(path, "http://x").searchParams;
      const from = Number(query.get("cursor") ?? 0);
      const most = from % 2 === 0 ? Number(query.get("limit")) : 0;
      const items = Array.from({ length: Math.min(most, entries - from) }, (_, index) => entry(from + index));
      const next = from + Math.max(items.length, 1);
      return { items, ...(next < entries ? { nextCursor: String(next) } : {}) };
    });
  }

  it("reads page after page, and says when there is more", async () => {
    const { context, asked } = log(250);
    const all = await runAdmin(["audit", "--all", "--tenant", "acme", "--json"], context);
    expect((JSON.parse(all.output) as { items: unknown[]; more: boolean }).more).toBe(false);
    expect(asked[0]?.path).toBe("/audit?tenant=acme&limit=100");
    expect(asked.length).toBeGreaterThan(2);

    const some = await runAdmin(["audit", "--limit", "120"], log(250).context);
    expect(some.output.trimEnd().split("\n")).toHaveLength(121);
    expect(some.output).toMatch(/… and more: --limit N, or --all\n$/);
  });

  it("has one line for each entry, whatever its reason has in it", async () => {
    const { output } = await runAdmin(["audit"], log(3).context);
    expect(output.trimEnd().split("\n")).toHaveLength(3);
    expect(output).not.toContain("\u001b");
    expect(output).toContain(
      String.raw`tenant.set            acme gateways=* maxUnfinishedRequests=5  by ops (key_1 of ops): a\u{a}b\u{1b}[2J`,
    );
  });

  it("ends when the broker answers with the same page for ever", async () => {
    const { context } = createAdminContext(() => ({ items: [], nextCursor: "same" }));
    expect(await runAdmin(["audit"], context)).toMatchObject({ exitCode: 1 });
  });
});

describe("a wrong command line", () => {
  it.each([
    ["", /A command is missing/],
    ["nonsense", /no such command/],
    ["--json tenants", /comes before any option/],
    ["key", /Which one: key create, key rotate, key revoke\?/],
    ["keys", /<tenant> is missing/],
    ["keys acme other", /too many arguments/],
    ["keys Acme", /a tenant's name must be/],
    ["keys ..", /a tenant's name must be/],
    ["tenant set", /<tenant> is missing/],
    ["tenant acme --nonsense", /there is no option --nonsense/],
    ["tenant acme --nonsense=vpb_secret", /there is no option --nonsense\n/],
    ["tenant acme --url", /'--url <value>' argument missing/],
    ["tenant set acme --most-open 0", /--most-open must be a whole number from 1/],
    ["tenant set acme --credentials aws=one", /--credentials must be alibaba=REF or tencent=REF/],
    ["tenant set acme --gateway * --no-gateways", /exclude each other/],
    ["tenant set acme --gateway * --gateway aws/x/y", /--gateway aws\/x\/y names no vendor of the broker's/],
    ["tenant set acme --gateway alibaba/shanghai/*", /can match no region/],
    ["tenant set acme --webhook-url https://x --no-webhook-url", /exclude each other/],
    ["key create acme --scope admin", /--name NAME is missing/],
    ["key create acme --name ci", /--scope SCOPE is missing/],
    ["key create acme --name ci --scope root", /--scope must be one of connections:write/],
    ["key create acme --name ci --scope admin --rate 5", /--rate and --burst go together/],
    ["key create acme --name ci --scope admin --expires soon", /--expires must be a duration/],
    ["key rotate acme", /<keyId> is missing/],
    ["key rotate acme vpb_secret", /a key is named by its id/],
    ["key revoke acme key_../../other", /a key is named by its id/],
    ["key rotate acme key_1 --grace 1w", /--grace must be a duration/],
    ["audit --limit 0", /--limit must be a whole number from 1/],
    ["audit --limit 5 --all", /exclude each other/],
    ["bootstrap --tenant acme", /--table TABLE is missing/],
    ["bootstrap --table one", /--tenant TENANT is missing/],
    ["bootstrap --table one --tenant acme --name -", /--name must be 1 to 64/],
    ["fingerprint-keys", /Which one: fingerprint-keys create, fingerprint-keys rotate, fingerprint-keys usage\?/],
    ["fingerprint-keys rotate", /--table TABLE, or --data-dir DIR of a local stack, is missing/],
    ["fingerprint-keys rotate --table one", /--tenant TENANT is missing/],
    ["fingerprint-keys rotate --table one --tenant acme", /JSON of the keys on stdin/],
    ["fingerprint-keys rotate --table one --data-dir two", /exclude each other/],
    ["fingerprint-keys usage", /--table TABLE is missing/],
  ])("%j is told, and no broker is asked", async (line, complaint) => {
    const { context, connected } = createAdminContext();
    const ended = await runAdmin(line.split(" ").filter(Boolean), context);
    expect(ended).toMatchObject({ exitCode: 2, output: "" });
    expect(ended.complaint).toMatch(complaint);
    expect(ended.complaint).toContain("npm run admin --");
    expect(ended.complaint).not.toContain("vpb_secret");
    expect(connected()).toBe(0);
  });
});

describe("help", () => {
  it("is there for all and for each", async () => {
    const { context } = createAdminContext();
    const all = await runAdmin(["help"], context);
    expect(all).toMatchObject({ exitCode: 0, complaint: "" });
    expect(await runAdmin(["--help"], context)).toEqual(all);
    const names = [...all.output.matchAll(/^ {2}([a-z-]+(?: [a-z]+)?) {2,}/gm)].map(([, name = ""]) => name);
    expect(names).toContain("fingerprint-keys usage");
    for (const name of names) {
      const one = await runAdmin([...name.split(" "), "--help"], context);
      expect(one).toMatchObject({ exitCode: 0, complaint: "" });
      expect(one.output.startsWith(`npm run admin -- ${name}`)).toBe(true);
      expect(await runAdmin(["help", ...name.split(" ")], context)).toEqual(one);
      expect(one.output.split("\n").every((line) => line.length <= 120)).toBe(true);
    }
  });
});

describe("tenant suspend and resume", () => {
  it("tell the broker why", async () => {
    expect(await changeOf("tenant", "suspend", "acme", "--reason", "its key has leaked")).toMatchObject({
      method: "POST",
      path: "/tenants/acme/suspend",
      body: { reason: "its key has leaked" },
    });
    expect(await changeOf("tenant", "resume", "acme")).toMatchObject({
      method: "POST",
      path: "/tenants/acme/resume",
      body: {},
    });
  });

  it("needs a reason, which the tenant is told", async () => {
    const { context, asked } = createAdminContext(() => acme);
    const ended = await runAdmin(["tenant", "suspend", "acme"], context);
    expect(ended).toMatchObject({ exitCode: 2, complaint: expect.stringContaining("--reason is missing") as string });
    expect(asked).toEqual([]);
  });

  it("shows since when and why, in the list by a word", async () => {
    const suspended = { ...acme, suspended: { at, reason: "its key has leaked" } };
    const { context } = createAdminContext(({ path }) => (path === "/tenants" ? { items: [suspended] } : suspended));
    const shown = await runAdmin(["tenant", "acme"], context);
    expect(shown.output).toContain(`since ${at}: its key has leaked`);
    expect((await runAdmin(["tenants"], context)).output).toContain("acme (suspended)");
  });
});
