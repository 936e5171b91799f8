import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runCommand } from "../../../support/cli.ts";
import {
  brokerKey,
  html,
  type HttpReply,
  json,
  problem,
  reset,
  useHttpBroker,
} from "../../../support/use-http-broker.ts";

const broker = useHttpBroker();
const read = "admin tenant acme";
const change = "admin key create acme --name ci --scope admin";
const doubt = "Whether it was done is not known: look before you repeat it.";

interface Told {
  code: number;
  /** The error, without notes of attempts before it. */
  message: string;
  /** The document of the same with `--json`. */
  document: Record<string, unknown>;
  notes: string[];
  slept: number[];
}

/** What a person and a program are told of a command that fails. */
async function tell(line: string, environment: Record<string, string> = broker.environment()): Promise<Told> {
  const slept: number[] = [];
  const run = (text: string, waits: number[]) => runCommand(text.split(" "), environment, { slept: waits });
  const { code, stdout, stderr } = await run(line, slept);
  const made = await run(`${line} --json`, []);
  expect({ code: made.code, stdout: made.stdout, plain: stdout }).toEqual({ code, stdout: "", plain: "" });
  for (const text of [stderr, made.stderr]) {
    expect(text).not.toMatch(/vpb_\w|whsec_\w| {4}at /);
    for (const key of Object.values(environment).filter((value) => !URL.canParse(value)))
      expect(text).not.toContain(key);
  }
  const lines = made.stderr
    .trimEnd()
    .split("\n")
    .map((one) => JSON.parse(one) as { error?: Record<string, unknown> });
  const { error: document = {} } = lines.at(-1) ?? {};
  expect(lines.filter(({ error }) => error)).toHaveLength(1);
  expect(document["exitCode"]).toBe(code);
  const said = stderr.trimEnd().split("\n");
  const notes = said.filter((one) => /; trying again in [\d.]+ s$/.test(one));
  const message = said.filter((one) => !notes.includes(one)).join("\n");
  expect([document["message"], document["next"]].filter(Boolean).join("\n")).toBe(message);
  return { code, message, document, notes, slept };
}

describe("what the broker refuses", () => {
  const cases: [reply: HttpReply, code: number, message: RegExp, document: object][] = [
    [
      problem(401, "unauthenticated", "x"),
      4,
      /does not know the key in VPN_BROKER_API_KEY, or it has ended\.$/,
      { code: "unauthenticated", status: 401, requestId: "req-1" },
    ],
    [
      problem(403, "forbidden", "this API key lacks the scope admin"),
      4,
      /refuses the key in VPN_BROKER_API_KEY: this API key lacks the scope admin\.$/,
      { code: "forbidden", status: 403 },
    ],
    [
      problem(404, "not_found", "there is no tenant of this name"),
      1,
      /^The title: there is no tenant of this name\.$/,
      { code: "not_found", status: 404 },
    ],
    [
      problem(409, "conflict", "this key is being replaced"),
      1,
      /^The title: this key is being replaced\.$/,
      { code: "conflict", status: 409 },
    ],
    [
      json(404, { message: "Not Found" }),
      1,
      /is not the broker \(status 404\)\.$/,
      { code: "unreadable_answer", status: 404 },
    ],
    [html(404), 1, /is not the broker \(status 404\)\.$/, { code: "unreadable_answer", status: 404 }],
    [
      json(302, {}, { location: "https://elsewhere.example" }),
      1,
      /answers with a redirect, which a key must not follow: give the URL that it leads to\.$/,
      { code: "unreadable_answer", status: 302 },
    ],
  ];

  it.each(cases)("is told in a sentence, and asked once, %#", async (reply, code, message, document) => {
    for (const line of [read, change]) {
      broker.reply(() => reply);
      const before = broker.calls().length;
      const told = await tell(line);
      expect(told).toMatchObject({ code, notes: [], slept: [], document });
      expect(told.message).toMatch(message);
      expect(broker.calls().length - before).toBe(2);
    }
    for (const { headers } of broker.calls()) expect(headers.authorization).toBe(`Bearer ${brokerKey}`);
  });

  it("names the option of each flaw, or the place in the request", async () => {
    const errors = [
      { pointer: "/name", detail: "is too long" },
      { pointer: "/gateways/1", detail: "must be a pattern" },
      { pointer: "/rateLimit/burst", detail: "is too large" },
      { pointer: "/tunnels/0/ike", detail: "is unknown" },
      { pointer: "", detail: "is odd" },
    ];
    broker.reply(() => problem(400, "invalid_request", "see errors", { errors }));
    const { code, message, document } = await tell(change);
    expect(code).toBe(1);
    expect(document).toMatchObject({ code: "invalid_request", errors });
    expect(message.split("\n").map((line) => line.trim())).toEqual([
      "The title:",
      "--name is too long",
      "/gateways/1 must be a pattern",
      "--burst is too large",
      "/tunnels/0/ike is unknown",
      "is odd.",
    ]);
    broker.reply(() => problem(400, "invalid_request", "see errors", { errors: errors.slice(0, 1) }));
    expect((await tell(read)).message).toBe("The title: /name is too long.");
    broker.reply(() => problem(400, "invalid_request", "see errors", { errors: errors.slice(2, 3) }));
    const limited = await tell("admin key create acme --name ci --scope admin --rate 5 --burst 10");
    expect(limited.message).toBe("The title: --burst is too large.");
  });
});

describe("what may go well later", () => {
  it("is tried again after as long as the broker asks for", async () => {
    let left = 1;
    broker.reply(() => {
      left -= 1;
      return left < 0 ? json(200, { items: [] }) : problem(429, "rate_limited", "wait", {}, { "retry-after": "3" });
    });
    const slept: number[] = [];
    const ended = await runCommand(["admin", "keys", "acme"], broker.environment(), { slept });
    expect(ended).toEqual({
      code: 0,
      stdout: "",
      stderr: "429 The title: wait; trying again in 3.0 s\nThis tenant has no key yet.\n",
    });
    expect(slept).toEqual([3000]);
  });

  it.each([
    [
      problem(429, "rate_limited", "wait", {}, { "retry-after": "3600" }),
      /still has too many requests of this key: wait\.$/,
    ],
    [problem(500, "internal", "something broke"), /could not do it: something broke\. Its request id is req-1\.$/],
    [problem(503, "unavailable", "try again"), /could not do it: try again\. Its request id is req-1\.$/],
    [html(502), /What answers at \S+ is not the broker \(status 502\)\.$/],
    [reset, /gave no answer \(\w+\)\.$/],
  ])("is told, and given up after two minutes at most, %#", async (reply, message) => {
    broker.reply(() => reply);
    const told = await tell(read);
    expect(told.code).toBe(1);
    expect(told.message).toMatch(message);
    expect(told.notes).toHaveLength(told.slept.length);
    expect(told.slept.length).toBeGreaterThan(0);
    expect(told.slept.reduce((sum, one) => sum + one, 0)).toBeLessThan(120_000);
  });
});

describe("a change that must not be made twice", () => {
  it.each([problem(500, "internal", "x"), problem(503, "unavailable", "x"), html(502), html(200), reset])(
    "is sent once where it may have been made, and a person is to look, %#",
    async (reply) => {
      for (const line of [
        change,
        "admin key rotate acme key_1",
        "admin webhook-secret rotate acme",
        "admin tenant set acme --most-open 5",
      ]) {
        broker.reply(({ method }) => (method === "GET" ? json(200, { gateways: [], revision: 1 }) : reply));
        const before = broker.changes().length;
        const told = await tell(line);
        expect(told).toMatchObject({ code: 1, slept: [], document: { next: doubt } });
        expect(told.message.endsWith(`\n${doubt}`)).toBe(true);
        expect(broker.changes().length - before).toBe(2);
      }
    },
  );

  it.each([problem(409, "conflict", "x"), problem(429, "rate_limited", "x", {}, { "retry-after": "100" })])(
    "leaves no doubt where the broker said no, %#",
    async (reply) => {
      broker.reply(() => reply);
      expect((await tell(change)).document).not.toHaveProperty("next");
    },
  );

  it("leaves none where it was never sent", async () => {
    const told = await tell(change, { VPN_BROKER_URL: await nobody(), VPN_BROKER_API_KEY: brokerKey });
    expect(told.document).not.toHaveProperty("next");
  });
});

describe("what is no broker", () => {
  it("is told at once where nothing listens", async () => {
    const url = await nobody();
    const told = await tell(read, { VPN_BROKER_URL: url, VPN_BROKER_API_KEY: brokerKey });
    expect(told).toMatchObject({ code: 1, notes: [], slept: [], document: { code: "no_answer" } });
    expect(told.message).toBe(
      `No broker answers at ${url}: nothing listens there. Is it running? Elsewhere: --url or VPN_BROKER_URL.`,
    );
    const watched = await tell(`watch ${"a".repeat(26)}`, { VPN_BROKER_URL: url, VPN_BROKER_API_KEY: brokerKey });
    expect(watched.message).toBe(told.message);
  });

  it("ends a list of what needs a person whose page leads to itself", async () => {
    broker.reply(() => json(200, { items: [], groups: [], nextCursor: "same" }));
    const ended = await runCommand(["attention"], broker.environment());
    expect(ended).toEqual({ code: 0, stdout: "", stderr: "… and more: --limit N\n" });
    expect(broker.calls()).toHaveLength(2);
  });

  it("is tried again once it has been heard, and named when it stays away", async () => {
    const server = createServer((_request, response) => {
      json(200, { items: [], nextCursor: "2" }, { connection: "close" })(response);
      server.close();
    });
    const url = await listen(server);
    const slept: number[] = [];
    const environment = { VPN_BROKER_URL: url, VPN_BROKER_API_KEY: brokerKey };
    const { code, stderr } = await runCommand(["admin", "tenants"], environment, { slept });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^\S+ gave no answer \(\w+\); trying again in 0\.4 s\n/);
    expect(
      stderr.endsWith(
        `No broker answers at ${url}: nothing listens there. Is it running? Elsewhere: --url or VPN_BROKER_URL.\n`,
      ),
    ).toBe(true);
    expect(slept).toHaveLength(10);
  });

  it("is told at once where a page answers", async () => {
    broker.reply(() => html(200));
    const told = await tell(read);
    expect(told).toMatchObject({ code: 1, notes: [], slept: [], document: { code: "unreadable_answer", status: 200 } });
    expect(told.message).toMatch(/^What answers at \S+ is not the broker \(status 200\)\.$/);
  });
});

describe("a key", () => {
  it("is in no output, whatever a broker says", async () => {
    const key = 'a"key\\with=marks';
    const echo: HttpReply = (response, call) => {
      const said = `${String(call.headers.authorization)} and vpb_another and whsec_c2VjcmV0`;
      problem(409, "conflict", said, { errors: [{ pointer: "/x", detail: said }] })(response, call);
    };
    broker.reply(() => echo);
    const { document } = await tell(read, { ...broker.environment(), VPN_BROKER_API_KEY: key });
    expect(JSON.stringify(document)).not.toContain("marks");
    broker.reply(({ headers }) => problem(503, "unavailable", `no ${String(headers.authorization)}`));
    await tell(read, { ...broker.environment(), VPN_BROKER_API_KEY: key });
  });

  it("is read from its file once, which is named where the key is refused", async () => {
    const folder = mkdtempSync(join(tmpdir(), "vpn-broker-"));
    const file = join(folder, "key");
    writeFileSync(file, "vpb_of-the-file\n");
    broker.reply(({ headers }) => {
      rmSync(file);
      return problem(401, "unauthenticated", `not ${String(headers.authorization)}`);
    });
    const { VPN_BROKER_URL } = broker.environment();
    const ended = await runCommand(["admin", "tenant", "acme", "--key-file", file], { VPN_BROKER_URL });
    rmSync(folder, { recursive: true });
    expect(ended).toEqual({
      code: 4,
      stdout: "",
      stderr: `${VPN_BROKER_URL} does not know the key in ${file}, or it has ended.\n`,
    });
    expect(broker.calls()[0]?.headers.authorization).toBe("Bearer vpb_of-the-file");
  });

  it("that is missing ends the command before anything is sent", async () => {
    const { VPN_BROKER_URL } = broker.environment();
    const told = await tell(read, { VPN_BROKER_URL });
    expect(told).toMatchObject({ code: 4, document: { code: "no_key" } });
    expect(broker.calls()).toEqual([]);
  });
});

/** Where nothing listens. */
async function nobody(): Promise<string> {
  const server = createServer();
  const url = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return url;
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
