import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, describe, expect, it } from "vitest";
import { runCli, startCli } from "../support/cli.ts";
import { alibabaRequest, tencentRequest } from "../support/requests.ts";
import { useTestStack } from "../support/use-test-stack.ts";

const stack = useTestStack({ LOCAL_TIME_SCALE: "0.005" });
const folder = mkdtempSync(join(tmpdir(), "vpn-broker-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Nothing but where the local stack is. */
const here = () => ({ PORT: new URL(stack().url).port, DATA_DIR: stack().dataDir });

const cli = (line: string, environment: Record<string, string> = {}, stdin?: string) =>
  runCli(line.split(" "), { ...here(), ...environment }, stdin);

function fileOf(request: object): string {
  const file = join(folder, `${crypto.randomUUID()}.json`);
  writeFileSync(file, JSON.stringify(request));
  return file;
}

/** At a gateway of its own, where nothing of another test is in the way. */
function requestAt(number: number) {
  const tunnels = [{ customerGatewayId: `cgw-demo0${number}` }];
  return { ...alibabaRequest, vpnGatewayId: `vpn-demo0${number}`, tunnels };
}

const slowly = () => stack().control("alibaba", "PUT", "/settings", { provisioningMilliseconds: 3_600_000 });

/** The id of a request that the command line has made and that is where it is to be. */
async function create(request: object, status: string): Promise<string> {
  const { code, stdout } = await cli(`create --json -f ${fileOf(request)}`);
  expect(code).toBe(0);
  const { id } = JSON.parse(stdout) as { id: string };
  await expect.poll(async () => (await stack().call("GET", `/v1/vpn-connections/${id}`)).body["status"]).toBe(status);
  return id;
}

describe("vpn-broker ends with", () => {
  it("0 when the request succeeded, its document on stdout and how it went on stderr", async () => {
    const { code, stdout, stderr } = await cli(`create --wait --json -f ${fileOf(alibabaRequest)}`);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(JSON.parse(stdout)).toMatchObject({ status: "succeeded" });
    const told = stderr.trimEnd().split("\n");
    for (const line of told) expect(Object.keys(JSON.parse(line) as object)).toEqual(["progress"]);
    expect(told.at(-1)).toContain('"status":"succeeded"');

    const { id } = JSON.parse(stdout) as { id: string };
    for (const line of [`get ${id}`, `events ${id}`, `deliveries ${id}`, `watch ${id}`, "list", "attention", "stats"]) {
      expect(await cli(line)).toMatchObject({ code: 0 });
      expect(await cli(`${line} --json`)).toMatchObject({ code: 0, stderr: "" });
    }
  });

  it("0 from stdin, once for a token, with the outcome that a repeated request has already", async () => {
    const body = JSON.stringify(tencentRequest);
    const first = await cli("create --wait --json --client-token mine -f -", {}, body);
    const again = await cli("create --json --client-token mine -f -", {}, body);
    expect([first.code, again.code]).toEqual([0, 0]);
    const { id } = JSON.parse(first.stdout) as { id: string };
    expect(JSON.parse(again.stdout)).toMatchObject({ id, status: "succeeded" });
  });

  it("1 for an error: a request refused, an id unknown, no broker, something wrong in a dry run", async () => {
    const refused = await cli(`create -f ${fileOf({ ...alibabaRequest, name: " x" })}`);
    expect(refused).toMatchObject({ code: 1, stdout: "" });
    expect(refused.stderr).toMatch(/not valid: \/name /);
    expect(await cli("get nothing")).toMatchObject({ code: 1, stdout: "" });
    const unreachable = await cli("list", { PORT: await freePort() });
    expect(unreachable).toMatchObject({ code: 1, stdout: "" });
    expect(unreachable.stderr).toMatch(/^No broker answers at \S+: nothing listens there/);
    const dry = await cli(`dry-run -f ${fileOf({ ...alibabaRequest, vpnGatewayId: "vpn-nowhere" })}`);
    expect(dry).toMatchObject({ code: 1, stderr: "" });
    expect(dry.stdout).toContain("provider_not_found");
  });

  it("2 for a wrong command line, before anything is asked", async () => {
    const nobody = { PORT: await freePort() };
    writeFileSync(join(folder, "twice.json"), '{"name": "a", "name": "b"}');
    for (const line of [
      "nonsense",
      "get",
      "list --colour",
      "list --status nonsense",
      "create",
      "create -f nowhere.json",
      `create -f ${join(folder, "twice.json")}`,
      "create -f -",
      "watch x --timeout soon",
      "redrive x --reason y",
      "cancel x",
      "admin",
      "list --url ftp://x",
    ]) {
      const ended = await cli(line, nobody, "{");
      expect({ line, ...ended }).toMatchObject({ line, code: 2, stdout: "" });
      const asDocument = await cli(`${line} --json`, nobody, "{");
      expect(asDocument.code).toBe(2);
      if (line !== "admin")
        expect(JSON.parse(asDocument.stderr)).toMatchObject({ error: { code: "usage", exitCode: 2 } });
    }
  });

  it("3 when the request failed or was canceled", async () => {
    const failing = fileOf({ ...alibabaRequest, vpnGatewayId: "vpn-nowhere", clientToken: "fails" });
    const failed = await cli(`create --wait --json -f ${failing}`);
    expect(failed.code).toBe(3);
    expect(JSON.parse(failed.stdout)).toMatchObject({ status: "failed", error: { code: "provider_not_found" } });
    expect((await cli(`create -f ${failing}`)).code).toBe(3);

    await slowly();
    await create(requestAt(1), "provisioning");
    const waiting = await create({ ...requestAt(1), name: "second", routing: { mode: "route" } }, "queued");
    const watched = cli(`watch ${waiting}`);
    expect(await cli(`cancel ${waiting} --yes`)).toMatchObject({ code: 0, stderr: "" });
    expect((await watched).code).toBe(3);
  });

  it("4 without a key, with a wrong one, and with one that may not do it", async () => {
    const { stdout } = await cli("admin key create local --name reader --scope connections:read --json");
    const { key } = JSON.parse(stdout) as { key: string };
    const keyFile = join(folder, "key");
    writeFileSync(keyFile, `${key}\n`);
    const elsewhere = { VPN_BROKER_URL: stack().url.replace("127.0.0.1", "localhost") };
    for (const [line, environment] of [
      ["list", elsewhere],
      ["list", { VPN_BROKER_API_KEY: "vpb_wrong-key" }],
      ["list --key-file nowhere", {}],
      [`admin tenants --key-file ${keyFile}`, {}],
      [`create -f ${fileOf(alibabaRequest)}`, { VPN_BROKER_API_KEY: key }],
    ] as const) {
      const ended = await cli(line, environment);
      expect(ended).toMatchObject({ code: 4, stdout: "" });
      expect(ended.stderr).not.toContain(key);
    }
    expect(await cli(`list --key-file ${keyFile}`, elsewhere)).toMatchObject({ code: 0 });
  });

  it("5 when it could not be decided whether there is a connection", async () => {
    const fault = { action: "CreateVpnConnection", kind: "reset-before", times: 3 };
    await stack().control("tencent", "POST", "/faults", fault);
    const unknown = await cli(`create --wait --json -f ${fileOf(tencentRequest)}`);
    expect(unknown.code).toBe(5);
    expect(JSON.parse(unknown.stdout)).toMatchObject({ status: "unknown" });
  });

  it("6 when it is still running at the end of the time to wait, which ends the waiting only", async () => {
    await slowly();
    const ended = await cli(`create --timeout 1s -f ${fileOf(requestAt(2))}`);
    expect(ended.code).toBe(6);
    expect(ended.stdout).toMatch(/^status\t(accepted|creating|provisioning): /m);
    const [, id = ""] = /The request goes on: vpn-broker watch (\w{26})\n$/.exec(ended.stderr) ?? [];
    const document = await cli(`watch ${id} --timeout 1s --json`);
    expect(document.code).toBe(6);
    expect(JSON.parse(document.stderr.trimEnd().split("\n").at(-1) ?? "")).toMatchObject({
      error: { code: "wait_timeout", exitCode: 6, id },
    });
    expect((await stack().call("GET", `/v1/vpn-connections/${id}`)).body).toMatchObject({ status: "provisioning" });
  });

  it("130 at Ctrl-C, 143 when it is terminated; the request goes on, and it says how to look again", async () => {
    await slowly();
    for (const [signal, code] of [
      ["SIGINT", 130],
      ["SIGTERM", 143],
    ] as const) {
      const child = startCli(["create", "--wait", "-f", fileOf({ ...requestAt(3), clientToken: "kept" })], here());
      let told = "";
      child.stderr.on("data", (chunk: Buffer) => {
        told += chunk.toString();
        if (told.includes("provisioning")) child.kill(signal);
      });
      const [[ended], output] = await Promise.all([once(child, "close"), text(child.stdout)]);
      expect([ended, output]).toEqual([code, ""]);
      expect(told).toMatch(/Interrupted\.\nThe request goes on: vpn-broker watch \w{26}\n$/);
    }
  });

  it("143 while it reads its input, and 130 as soon as it listens", async () => {
    const reading = startCli(["create", "-f", "-"], here());
    // More than a pipe holds: once it is written, somebody reads.
    reading.stdin.write(" ".repeat(4_000_000), () => reading.kill("SIGTERM"));
    const listening = startCli(["listen", "--json"], here());
    listening.stderr.once("data", () => listening.kill("SIGINT"));
    const ended = await Promise.all([once(reading, "close"), once(listening, "close")]);
    expect(ended.map(([code]) => code)).toEqual([143, 130]);
  });

  it("130 with the token where no answer came yet", async () => {
    const server = createServer(() => undefined).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const environment = { VPN_BROKER_URL: `http://127.0.0.1:${port}`, VPN_BROKER_API_KEY: "vpb_any-key" };
    const child = startCli(["create", "-f", fileOf(alibabaRequest)], environment);
    server.once("request", () => child.kill("SIGINT"));
    const [[code], told] = await Promise.all([once(child, "close"), text(child.stderr)]);
    server.closeAllConnections();
    server.close();
    expect(code).toBe(130);
    const [, token] = /^The client token is (\S+)\.$/m.exec(told) ?? [];
    expect(told).toContain(`however often: --client-token ${token}\n`);
  });
});

async function freePort(): Promise<string> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  return String(port);
}
