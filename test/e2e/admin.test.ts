import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { createDynamoDBClient } from "../../functions/aws/clients.ts";
import { createTenantStore } from "../../functions/aws/tenant-store.ts";
import { type CliEnd, runCli, runCommand } from "../support/cli.ts";
import { alibabaRequest } from "../support/requests.ts";
import { useTestStack } from "../support/use-test-stack.ts";

const current = useTestStack();
const table = "vpn-broker";

/** The command line of an operator beside the stack, who set nothing but where it is. */
function admin(line: string, environment: Record<string, string> = {}, stdin?: string): Promise<CliEnd> {
  const options = stdin === undefined ? {} : { stdin };
  return runCommand(["admin", ...line.split(" ")], { ...here(), ...environment }, options);
}

/** The same as a process of its own. */
function adminProcess(line: string, environment: Record<string, string> = {}, stdin?: string): Promise<CliEnd> {
  return runCli(["admin", ...line.split(" ")], { ...here(), ...environment }, stdin);
}

const here = () => ({ PORT: new URL(current().url).port, DATA_DIR: current().dataDir });

/** What a command that must succeed says on stdout. */
async function say(...given: Parameters<typeof admin>): Promise<string> {
  const { code, stdout, stderr } = await admin(...given);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return stdout;
}

const listStatus = async (key: string) =>
  (await current().call("GET", "/v1/vpn-connections", undefined, { authorization: `Bearer ${key}` })).status;

const engine = () => ({ AWS_ENDPOINT_URL_DYNAMODB: current().endpoints.dynamodb });

describe("tenants and keys", () => {
  it("are made, used, rotated and revoked from the command line", async () => {
    const made = await say("tenant set acme --gateway alibaba/*/* --most-open 5 --reason set-up");
    expect(made).toMatch(/^whsec_[\w+/]+=*$/m);
    expect(await say("tenant acme")).toMatch(/gateways\talibaba\/\*\/\*\n[^]*most open\t5\n/);
    const changed = await say("tenant set acme --credentials alibaba=acme-main --no-gateways");
    expect(changed).toMatch(/gateways\tnone\ncredentials\talibaba=acme-main\nmost open\t5\n/);
    expect(changed).not.toContain("whsec_");
    expect(await say("tenants")).toMatch(/^acme\tnone\talibaba=acme-main\t5\t-$/m);

    const created = await say("key create acme --name ci --scope connections:read --expires 90d --rate 5 --burst 9");
    const [first = ""] = /^vpb_\S+$/m.exec(created) ?? [];
    const [id = ""] = /key_\w+/.exec(created) ?? [];
    expect(created).toContain("5/s, 9 at once");
    expect(await listStatus(first)).toBe(200);

    const rotated = await say(`key rotate acme ${id} --grace 1h`);
    const [second = ""] = /^vpb_\S+$/m.exec(rotated) ?? [];
    const [until = ""] = /works until (\S+Z)/.exec(rotated) ?? [];
    expect(until).not.toBe("");
    expect(await listStatus(first)).toBe(200);
    expect(await listStatus(second)).toBe(200);
    const keys = await say("keys acme");
    expect(keys).toMatch(new RegExp(String.raw`^${id}\t[^\t]+\tvalid until \S+, replaced by key_\w+\t`, "m"));
    expect(keys).not.toContain("vpb_");

    expect(await say(`key revoke acme ${id} --reason lost`)).toMatch(/Revoked\. .* up to a minute more\./);
    const { items } = JSON.parse(await say("keys acme --json")) as { items: { id: string; valid: boolean }[] };
    expect(items.map(({ valid }) => valid)).toEqual([false, true]);

    const secret = await say("webhook-secret rotate acme --grace 2h");
    expect(secret).toMatch(/^whsec_\S+$/m);
    expect(secret).toMatch(/signs beside it until \S+Z/);

    const log = await say("audit --tenant acme");
    const actions = log.split("\n").flatMap((line) => /Z {2}(\S+) /.exec(line)?.[1] ?? []);
    expect(actions).toEqual([
      "webhook_secret.rotate",
      "api_key.revoke",
      "api_key.rotate",
      "api_key.create",
      "tenant.set",
      "tenant.set",
    ]);
    expect(log).toMatch(/api_key\.revoke .*by first key \(key_\w+ of local\) from \S+: lost$/m);
    const { stdout: one, stderr: more } = await admin("audit --limit 1");
    expect(one.trimEnd().split("\n")).toHaveLength(1);
    expect(more).toBe("… and more: --limit N, or --all\n");
    expect(JSON.parse(await say("audit --tenant acme --all --json"))).toMatchObject({
      items: expect.objectContaining({ length: 6 }),
      more: false,
    });
  });

  it("are printed as documents with --json, a new key's text in them", async () => {
    await say("tenant set other --json");
    expect(JSON.parse(await say("tenant other --json"))).toMatchObject({ name: "other", gateways: [] });
    const key = JSON.parse(await say("key create other --name ci --scope connections:read --json")) as { key: string };
    expect(await listStatus(key.key)).toBe(200);
  });
});

describe("what goes wrong", () => {
  it("ends the process with its code, what it says on stderr", async () => {
    expect(await adminProcess("tenant nobody")).toEqual({
      code: 1,
      stdout: "",
      stderr: "Not found: there is no tenant of this name.\n",
    });
  });

  it("is told in a sentence, with an exit code", async () => {
    const { url } = current();
    const readOnly = JSON.parse(await say("key create local --name reader --scope connections:read --json")) as {
      key: string;
    };
    const cases: [string, Record<string, string>, number, RegExp][] = [
      ["tenants", { VPN_BROKER_API_KEY: "vpb_wrong-key" }, 4, /^\S+ does not know the key in VPN_BROKER_API_KEY/],
      ["tenants", { VPN_BROKER_API_KEY: readOnly.key }, 4, /this API key lacks the scope admin\.\n$/],
      ["tenant nobody", {}, 1, /^Not found: there is no tenant of this name\.\n$/],
      ["tenant set acme --gateway nonsense", {}, 1, /^The request is not valid: --gateway must be \*/],
      ["key rotate local key_nothing", {}, 1, /^Not found: this tenant has no key of this id\.\n$/],
      [
        "tenant set acme --webhook-url https://10.0.0.1/",
        {},
        1,
        /^The request is not valid: --webhook-url must be a public/,
      ],
      [
        "webhook-secret rotate local --grace 30d",
        {},
        2,
        /^--grace must be from 0s to 7d\nvpn-broker admin webhook-secret rotate --help says/,
      ],
      [
        "tenants",
        { PORT: await freePort() },
        1,
        /^No broker answers at .*nothing listens there\. Is it running\? Elsewhere: --url or VPN_BROKER_URL\.\n$/,
      ],
      ["tenants", { PORT: "http" }, 1, /PORT must be a whole number from 0 to 65535/],
      [`tenants --url ${url.replace("127.0.0.1", "localhost")}`, {}, 4, /^Set VPN_BROKER_API_KEY to a key of/],
      ["tenants --url http://broker.example", {}, 2, /say --insecure-http\nvpn-broker admin tenants --help says/],
      ["keys", {}, 2, /^missing required argument 'tenant'\nvpn-broker admin keys --help says/],
    ];
    for (const [line, environment, code, sentence] of cases) {
      const ended = await admin(line, environment);
      expect(ended).toEqual({ code, stdout: "", stderr: expect.stringMatching(sentence) as string });
      expect(ended.stderr).not.toMatch(/vpb_\w|    at /);
    }
  });

  it("never takes the local key to another broker", async () => {
    const seen: IncomingMessage[] = [];
    const other = createServer((request, response) => {
      seen.push(request);
      response.end();
    });
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
    expect((await admin(`tenants --url ${url}`)).code).toBe(4);
    expect((await admin("tenants", { VPN_BROKER_URL: url })).code).toBe(4);
    other.close();
    expect(seen).toEqual([]);
  });
});

describe("bootstrap", () => {
  it("makes the first admin key of a table, once", async () => {
    const line = `bootstrap --table ${table} --tenant founders --name first`;
    const { code, stdout: made } = await adminProcess(line, engine());
    expect(code).toBe(0);
    const [key = ""] = /^vpb_\S+$/m.exec(made) ?? [];
    expect(made).toMatch(/Next: vpn-broker admin tenant set founders --gateway PATTERN/);
    expect(await say("keys founders", { VPN_BROKER_API_KEY: key })).toMatch(/^key_\w+\tfirst\tvalid\t[^\t]*\badmin\b/m);
    expect(await say("audit --tenant founders")).toMatch(/api_key\.create .*by bootstrap/);

    const again = await admin(line, engine());
    expect(again).toMatchObject({ code: 1, stdout: "" });
    expect(again.stderr).toMatch(
      /^The tenant founders has a valid admin key already, key_\w+ \(first\): .*--force\.\n$/,
    );
    const forced = JSON.parse(await say(`${line} --force --json`, engine())) as { key: string; tenantMade: boolean };
    expect(forced.tenantMade).toBe(false);
    expect(await listStatus(forced.key)).toBe(200);

    expect(await say("webhook-secret rotate founders")).toContain("whsec_");
    const client = createDynamoDBClient({ endpoint: current().endpoints.dynamodb });
    expect((await createTenantStore({ client, table }).get("founders"))?.webhookSecrets).toHaveLength(1);
  });

  it("says what AWS refuses", async () => {
    const line = "bootstrap --table nowhere --tenant founders";
    expect((await admin(line, engine())).stderr).toBe("There is no table nowhere in this AWS account and region.\n");
    const gone = { AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${await freePort()}` };
    expect((await admin(line, gone)).stderr).toBe("DynamoDB does not answer (ECONNREFUSED).\n");
    // Away from this computer nothing is made up in place of the operator's own.
    const elsewhere = { AWS_EC2_METADATA_DISABLED: "true", HOME: current().dataDir };
    expect((await adminProcess(line, elsewhere)).stderr).toMatch(/^There is no AWS region: /);
    const region = { ...elsewhere, AWS_REGION: "eu-west-1" };
    expect((await adminProcess(line, region)).stderr).toMatch(/^There are no AWS credentials: /);
  });
});

describe("the fingerprint keys", () => {
  it("are rotated from stdin to stdout, and their use is counted", async () => {
    const ring = { current: "old", keys: { old: Buffer.alloc(32, 1).toString("base64") } };
    const line = `fingerprint-keys rotate --table ${table} --tenant operators --reason yearly`;
    const ended = await adminProcess(line, engine(), JSON.stringify(ring));
    const rotated = JSON.parse(ended.stdout) as typeof ring;
    expect(rotated.keys).toMatchObject(ring.keys);
    expect(Object.keys(rotated.keys)).toEqual(["old", rotated.current]);
    expect(ended).toMatchObject({ code: 0, stderr: `The current key is ${rotated.current}; there are 2.\n` });
    const log = await say("audit --tenant operators");
    expect(log).toMatch(
      new RegExp(`fingerprint_keys\\.rotate .*current=${rotated.current} keys=2 .*by bootstrap .*: yearly$`, "m"),
    );
    for (const key of Object.values(rotated.keys)) expect(log).not.toContain(key);
    expect(await admin(line, engine(), "")).toMatchObject({ code: 1, stdout: "" });
    expect(await admin(line, engine(), "MARKER")).toEqual({
      code: 1,
      stdout: "",
      stderr: "What is in stdin is not JSON.\n",
    });

    const without = alibabaRequest.tunnels.map(({ preSharedKey: _key, ...tunnel }) => tunnel);
    const { call } = current();
    await call("POST", "/v1/vpn-connections", alibabaRequest);
    await call("POST", "/v1/vpn-connections", { ...alibabaRequest, name: "made", tunnels: without });
    const count = `fingerprint-keys usage --table ${table}`;
    const document = await admin(`${count} --json`, engine());
    expect(JSON.parse(document.stdout)).toEqual({ byKeyId: { "local-1": 1 }, without: 1 });
    expect(JSON.parse(document.stderr)).toMatchObject({ progress: { without: 1 } });
    expect(await admin(count, engine())).toEqual({ code: 0, stdout: "local-1\t1\n", stderr: "1 more name none.\n" });
  });
});

async function freePort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return String(port);
}
