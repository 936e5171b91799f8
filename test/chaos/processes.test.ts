import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { isFinal } from "../../functions/domain/record/status.ts";
import type { ConnectionResource } from "../../functions/domain/record/to-resource.ts";
import { type BrokerProcess, startProcess } from "../support/broker-process.ts";
import { alibabaRequest, tencentRequest } from "../support/requests.ts";

const gatewaysPerVendor = 10;
const requestsPerGateway = 10;
const kills = 8;

let dataDir: string;
let broker: BrokerProcess;
let api = { url: "", key: "", alibaba: "", tencent: "" };

async function start(): Promise<void> {
  broker = startProcess("start", { DATA_DIR: dataDir, PORT: "0", LOCAL_TIME_SCALE: "0.02" });
  const [, url = ""] = await broker.until(/API +(http:\S+)/);
  const [, key = ""] = await broker.until(/API key +(\S+)/);
  const [, alibaba = "", tencent = ""] = await broker.until(/Alibaba Cloud (\S+), Tencent Cloud (\S+)/);
  api = { url, key, alibaba, tencent };
}

async function killAll(): Promise<void> {
  process.kill(-(broker.child.pid ?? 0), "SIGKILL");
  await broker.exited;
}

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "vpn-broker-"));
  await start();
});
afterAll(async () => {
  await killAll();
  rmSync(dataDir, { recursive: true, force: true });
});

async function call(method: string, path: string, body?: object): Promise<Record<string, unknown>> {
  const response = await fetch(`${api.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${api.key}`, "content-type": "application/json" },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  if (response.status >= 500) throw new Error(`${path} answered ${response.status}`);
  return (await response.json()) as Record<string, unknown>;
}

/** As a caller would: the same request with the same token, until somebody answers. */
async function insist<Result>(act: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await act();
    } catch {
      await sleep(200);
    }
  }
}

const requests = Array.from({ length: gatewaysPerVendor }, (_, gateway) =>
  Array.from({ length: requestsPerGateway }, (_unused, n) => {
    const id = String(gateway + 1).padStart(2, "0");
    const routing = { mode: "policy", localCidrs: [`10.${gateway}.${n}.0/24`], remoteCidrs: [`10.100.${n}.0/24`] };
    const tunnels = [{ customerGatewayId: "cgw-demo01", preSharedKey: "Test-key_1234" }];
    const clientToken = `chaos-${gateway}-${n}`;
    return [
      { ...alibabaRequest, vpnGatewayId: `vpn-demo${id}`, routing, tunnels, clientToken: `a-${clientToken}` },
      {
        ...tencentRequest,
        vpnGatewayId: `vpngw-demo${id}`,
        vpcId: `vpc-demo${id}`,
        routing,
        tunnels,
        clientToken: `t-${clientToken}`,
      },
    ];
  }),
).flat(2);

const faults = ["reset-after", "http-500-after", "reset-before", "garbage-body", "empty-id", "throttle"];

async function injectFaults(round: number): Promise<void> {
  for (const url of [api.alibaba, api.tencent]) {
    const kind = faults[round % faults.length];
    await fetch(`${url}/__control/faults`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ action: "CreateVpnConnection", kind, times: 3 }),
    }).catch(() => undefined);
  }
}

async function connectionNames(url: string): Promise<string[]> {
  const response = await fetch(`${url}/__control/state`);
  const { connections } = (await response.json()) as { connections: Record<string, string>[] };
  return connections.map((one) => String(one["name"] ?? one["Name"] ?? one["VpnConnectionName"]));
}

it("brings 200 requests on 20 gateways to their end, none lost, none doubled, while everything is killed at random", async () => {
  const accepting = Promise.all(
    requests.map(async (request) => String((await insist(() => call("POST", "/v1/vpn-connections", request)))["id"])),
  );
  for (let round = 0; round < kills; round += 1) {
    await injectFaults(round);
    await sleep(1500);
    await killAll();
    await start();
  }
  const ids = await accepting;
  expect(new Set(ids).size).toBe(requests.length);

  const ended: ConnectionResource[] = [];
  for (const id of ids) {
    for (;;) {
      const resource = (await insist(() =>
        call("GET", `/v1/vpn-connections/${id}?wait=5`),
      )) as never as ConnectionResource;
      if (isFinal(resource.status)) {
        ended.push(resource);
        break;
      }
    }
  }
  const succeeded = ended.filter(({ status }) => status === "succeeded");
  const others = ended.filter(({ status }) => status !== "succeeded");
  expect(others.filter(({ status }) => status !== "unknown").map(({ error }) => error)).toEqual([]);
  expect(succeeded.length).toBeGreaterThanOrEqual(requests.length - 5);

  const names = [...(await connectionNames(api.alibaba)), ...(await connectionNames(api.tencent))];
  expect(new Set(names).size).toBe(names.length);
  const wanted = new Set(succeeded.map(({ name, id }) => `${name}-${id.slice(0, 12)}`));
  expect([...wanted].filter((name) => !names.includes(name))).toEqual([]);
}, 400_000);
