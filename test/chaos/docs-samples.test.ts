import { type ChildProcess, execFile, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { verifyWebhook } from "../../docs/site/samples/verify-webhook.ts";
import { signWebhook } from "../../functions/webhooks/sign.ts";
import { builtCli } from "../support/cli.ts";
import { startTestStack, type TestStack } from "../support/local-stack.ts";

const samples = fileURLToPath(new URL("../../docs/site/samples/", import.meta.url));
const gettingStarted = readFileSync(new URL("../../docs/site/getting-started.md", import.meta.url), "utf8");
const local = readFileSync(new URL("../../docs/site/local.md", import.meta.url), "utf8");
const run = promisify(execFile);
const has = (program: string, ...options: string[]) => spawnSync(program, options).status === 0;
const hasPython = has("python3", "--version");
const hasPythonLibrary = hasPython && has("python3", "-c", "import standardwebhooks");

const examples = [
  ...readFileSync(new URL("../../docs/site/examples.md", import.meta.url), "utf8").matchAll(
    /```json title=(\S+)\n(.*?)```/gs,
  ),
].map(([, title = "", body = ""]) => ({ title, body }));

/** The block of the page that has this title. */
function blockOf(title: string, page = gettingStarted): string {
  const [, block] = new RegExp(`\`\`\`sh title=${title}\n(.*?)\`\`\``, "s").exec(page) ?? [];
  if (block === undefined) throw new Error(`the page has no block ${title}`);
  return block;
}

let stack: TestStack;
let env: NodeJS.ProcessEnv;
beforeAll(async () => {
  stack = await startTestStack();
  env = { ...process.env, VPN_BROKER_URL: stack.url, VPN_BROKER_API_KEY: stack.apiKey };
});
afterAll(() => stack?.close());

describe("what /docs/getting-started shows", () => {
  it("creates a connection with fetch and follows it, and the same again changes nothing", async () => {
    const create = () => run(process.execPath, ["--import", "tsx", `${samples}create-connection.ts`], { env });
    const first = await create();
    expect(first.stdout).toMatch(/succeeded vco-\S+\n$/);
    expect((await create()).stdout).toBe(first.stdout.trim().split("\n").at(-1)?.concat("\n"));
  });

  it.skipIf(!has("curl", "--version") || !has("bash", "--version")).each(["alibaba", "tencent"])(
    "creates one at %s with curl and follows it",
    async (provider) => {
      const script = `${blockOf(provider)}\n${blockOf("follow")}`;
      const { stdout } = await run("bash", ["-c", script], { env });
      const lines = stdout.trim().split("\n");
      expect(JSON.parse(lines[0] ?? "")).toMatchObject({ provider, status: "accepted" });
      expect(JSON.parse(lines.at(-1) ?? "")).toMatchObject({ provider, status: "succeeded" });
    },
  );
});

describe("what /docs/local shows", () => {
  it.skipIf(!has("curl", "--version") || !has("bash", "--version"))("makes a request end unknown", async () => {
    const { stdout } = await run("bash", ["-c", blockOf("unknown", local)], {
      env: { ...env, VENDOR: stack.endpoints.tencent },
    });
    const [, id = ""] = /"id":"([a-z2-7]{26})"/.exec(stdout) ?? [];
    expect(await stack.follow(id)).toMatchObject({ status: "unknown" });
    await stack.control("tencent", "DELETE", "/faults");
    await stack.call("POST", `/v1/vpn-connections/${id}/redrive`, { reason: "nothing is there" });
    expect(await stack.follow(id)).toMatchObject({ status: "succeeded" });
  });
});

describe("what /docs/examples shows", () => {
  it.each(examples)("passes a dry run: $title", async ({ body }) => {
    const answer = await fetch(`${stack.url}/v1/vpn-connections/dry-run`, {
      method: "POST",
      headers: { Authorization: `Bearer ${stack.apiKey}`, "Content-Type": "application/json" },
      body,
    });
    expect(await answer.json()).toMatchObject({ ok: true, errors: [] });
  });
});

const secret = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
const older = `whsec_${Buffer.alloc(32, 8).toString("base64")}`;
const body = JSON.stringify({
  type: "vpn_connection.succeeded",
  timestamp: "2026-11-20T08:30:52.000Z",
  data: { id: "k3x5q7mzj2v4wy6abcdefgh2ij", clientToken: "größer", revision: 6 },
});
const sign = (secrets: string[], at: Date) => signWebhook(secrets, { id: "msg_1", body }, at);

interface Case {
  what: string;
  headers: Record<string, string>;
  body: string;
  isGood: boolean;
}

const now = new Date("2026-11-20T08:31:00.000Z");

function cases(): Case[] {
  const headers = sign([secret], now);
  return [
    { what: "a good one", headers, body, isGood: true },
    {
      what: "one by two secrets, of which the second is ours",
      headers: sign([older, secret], now),
      body,
      isGood: true,
    },
    { what: "another's", headers: sign([older], now), body, isGood: false },
    { what: "one with another body", headers, body: body.replace("succeeded", "failed"), isGood: false },
    { what: "one with another id", headers: { ...headers, "webhook-id": "msg_2" }, body, isGood: false },
    { what: "an old one", headers: sign([secret], new Date(now.getTime() - 301_000)), body, isGood: false },
    { what: "one of the future", headers: sign([secret], new Date(now.getTime() + 301_000)), body, isGood: false },
    { what: "one without a signature", headers: { ...headers, "webhook-signature": "" }, body, isGood: false },
    { what: "one with a time that is none", headers: { ...headers, "webhook-timestamp": "now" }, body, isGood: false },
    {
      what: "one of a version that we do not know",
      headers: { ...headers, "webhook-signature": (headers["webhook-signature"] ?? "").replace("v1,", "v2,") },
      body,
      isGood: false,
    },
  ];
}

describe("what /docs/client shows", () => {
  const runSample = (name: string) => run(process.execPath, ["--import", "tsx", `${samples}${name}.ts`], { env });

  it("creates a connection and waits for it; finds it, and is told why it cannot cancel another", async () => {
    const created = await runSample("client-create");
    expect(created.stdout).toMatch(/^accepted – .*\n(.*\n)*there it is: vco-\S+\n$/);
    const { stdout } = await runSample("client-look");
    expect(stdout).toMatch(/^\w{26} hq-shanghai succeeded$/m);
    expect(stdout).toMatch(/^not_found 404 told to \S+\n$/m);
  });

  it.each(["client-create", "client-look", "client-webhooks"])("is what the package's README shows: %s", (name) => {
    const readme = readFileSync(new URL("../../packages/client/README.md", import.meta.url), "utf8");
    expect(readme).toContain(`\`\`\`ts\n${readFileSync(`${samples}${name}.ts`, "utf8")}\`\`\``);
  });
});

describe.skipIf(!has("bash", "--version"))("what /docs/cli shows", () => {
  const page = readFileSync(new URL("../../docs/site/cli.md", import.meta.url), "utf8");
  const folder = mkdtempSync(join(tmpdir(), "vpn-broker-"));
  symlinkSync(builtCli(), join(folder, "vpn-broker"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const bash = (script: string) =>
    run("bash", ["-c", script], { cwd: folder, env: { ...env, PATH: `${folder}:${process.env["PATH"]}` } });

  it("creates a connection and waits for it, and is told the same again", async () => {
    const { stdout, stderr } = await bash(blockOf("create", page));
    expect(stdout).toMatch(/^result\tnothing is wrong$[^]*^status\tsucceeded: /m);
    expect(stderr).toMatch(/^Accepted as \w{26}\.$[^]*succeeded: [^\n]*\n$/m);
    expect((await bash("vpn-broker create -f request.json --json")).stdout).toContain('"status": "succeeded"');
  });

  it.skipIf(!has("jq", "--version"))("tells the outcome to a script", async () => {
    expect((await bash(blockOf("script", page))).stdout).toMatch(/^vco-\w+\n$/);
  });

  it("finds the request by its token", async () => {
    const { stdout } = await bash(blockOf("look", page));
    expect(stdout).toMatch(/^client token\torder-4715$/m);
    expect(stdout).toMatch(/CreateVpnConnection\tok\t/);
    expect(stdout).toMatch(/^success rate\t/m);
  });

  it("receives the webhooks of the local stack, and refuses what is not signed", async () => {
    const port = await freePort();
    const [program, ...options] = blockOf("listen", page).trim().replace("4500", String(port)).split(" ");
    const receiver = spawn(join(folder, program ?? ""), [...options, "--json"], {
      env: { ...env, VPN_BROKER_WEBHOOK_SECRET: stack.webhookSecret },
      stdio: ["ignore", "pipe", "pipe"],
    });
    try {
      const output = collect(receiver);
      const url = `http://127.0.0.1:${port}/`;
      await expect
        .poll(() =>
          fetch(url, { method: "POST", body: "{}" }).then(
            ({ status }) => status,
            () => 0,
          ),
        )
        .toBe(401);
      await stack.call("POST", "/v1/webhooks/example", { status: "canceled", url });
      await expect.poll(output).toMatch(/"event":\{"type":"vpn_connection\.canceled"/);
      expect(output()).toMatch(/"refused":/);
    } finally {
      receiver.kill("SIGINT");
    }
    expect(await once(receiver, "exit")).toEqual([130, null]);
  });
});

describe("what /docs/webhooks shows", () => {
  it.each(cases())("verifies by hand in TypeScript: $what", (given) => {
    expect(verifyWebhook(secret, given.headers, given.body, now.getTime())).toBe(given.isGood);
    expect(verifyWebhook(secret, given.headers, Buffer.from(given.body), now.getTime())).toBe(given.isGood);
  });

  it.skipIf(!hasPython)("verifies by hand in Python", () => {
    const program = [
      "import json, sys",
      `sys.path.insert(0, ${JSON.stringify(samples)})`,
      "sys.dont_write_bytecode = True",
      "from verify_webhook import verify_webhook",
      "given = json.load(sys.stdin)",
      "print(json.dumps([verify_webhook(given['secret'], one['headers'], one['body'].encode(), given['now']) for one in given['cases']]))",
    ].join("\n");
    const given = cases();
    const { stdout, stderr } = spawnSync("python3", ["-c", program], {
      input: JSON.stringify({ secret, cases: given, now: now.getTime() / 1000 }),
    });
    expect(stderr.toString()).toBe("");
    expect(JSON.parse(stdout.toString())).toEqual(given.map(({ isGood }) => isGood));
  });

  const receivers: readonly [language: string, isThere: boolean, command: string, options: string[]][] = [
    ["TypeScript", true, process.execPath, ["--import", "tsx", `${samples}receive-webhooks.ts`]],
    ["TypeScript, by the client", true, process.execPath, ["--import", "tsx", `${samples}client-webhooks.ts`]],
    ["Python", hasPythonLibrary, "python3", [`${samples}receive_webhooks.py`]],
  ];

  for (const [language, isThere, command, options] of receivers) {
    it.skipIf(!isThere)(`receives the broker's own with the library in ${language}, and nobody else's`, async () => {
      const port = await freePort();
      const receiver = spawn(command, options, {
        env: { ...env, PORT: String(port), VPN_BROKER_WEBHOOK_SECRET: stack.webhookSecret },
        stdio: ["ignore", "pipe", "ignore"],
      });
      try {
        const output = collect(receiver);
        const url = `http://127.0.0.1:${port}/hook`;
        await expect
          .poll(() =>
            fetch(url, { method: "POST", body: "{}" }).then(
              ({ status }) => status,
              () => 0,
            ),
          )
          .toBe(400);
        const answer = await fetch(`${stack.url}/v1/webhooks/example`, {
          method: "POST",
          headers: { Authorization: `Bearer ${stack.apiKey}`, "Content-Type": "application/json" },
          body: JSON.stringify({ status: "failed", url }),
        });
        expect(await answer.json()).toMatchObject({ outcome: "ok", statusCode: 204 });
        await expect.poll(output).toMatch(/^vpn_connection\.failed \S+ \S+ \d+$/m);
      } finally {
        receiver.kill();
      }
    });
  }
});

function collect({ stdout }: ChildProcess): () => string {
  let text = "";
  stdout?.on("data", (chunk: Buffer) => {
    text += chunk.toString();
  });
  return () => text;
}

async function freePort(): Promise<number> {
  const { createServer } = await import("node:net");
  const server = createServer();
  await new Promise<void>((done) => {
    server.listen(0, "127.0.0.1", done);
  });
  const address = server.address();
  await new Promise((done) => {
    server.close(done);
  });
  return typeof address === "object" && address ? address.port : 0;
}
