import { PutItemCommand } from "@aws-sdk/client-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { createConnectionStore } from "../../functions/aws/connection-store.ts";
import { toConnectionId } from "../../functions/domain/record/ids.ts";
import { isFinal } from "../../functions/domain/record/status.ts";
import itemsBefore from "../fixtures/items-of-version-4.json" with { type: "json" };
import { createAcceptedRecord } from "../support/accepting.ts";
import { alibabaRequest, tencentRequest } from "../support/requests.ts";
import { startRoleBoundBroker } from "../support/role-bound-broker.ts";
import { mayCall, readFunctionRoles } from "../support/roles.ts";

type Broker = Awaited<ReturnType<typeof startRoleBoundBroker>>;
let broker: Broker;
const patience = { timeout: 60_000, interval: 25 };
const store = () => createConnectionStore(broker.storage);

/** Keys of each kind of item, among them such as look like another's. */
const kinds = {
  record: [toConnectionId("acme", "token"), toConnectionId("audit", "tenant")],
  tenant: ["tenant#acme", "tenant#nineteen-characters", `tenant#${"a".repeat(19)}`],
  key: [`key#${"0".repeat(64)}`],
  turn: ["turn#tencent#ap-shanghai#vpngw-1w9tue3d", `turn#${"a".repeat(21)}`],
  quota: ["quota#examples#acme", `quota#${"a".repeat(20)}`],
  audit: ["audit#audit_0123456789abcdef01234567", `audit#${"a".repeat(20)}`],
  stats: ["stats#acme#2026-11-26T20", "stats#*#2026-11-26T20", "stats#checked"],
  upgrade: ["upgrade#5"],
};
type Kind = keyof typeof kinds;
const kindOf = (key: string) => (key.includes("#") ? key.slice(0, key.indexOf("#")) : "record");

/** What each function is for; each of these must be seen to happen. */
const puts: Record<string, Kind[]> = {
  api: ["audit", "key", "quota", "record", "stats", "tenant"],
  providerApi: ["audit", "quota", "record"],
  secretsApi: ["audit", "quota"],
  exampleApi: ["audit", "quota"],
  takeTurn: ["record", "turn"],
  submitAlibaba: ["record", "turn"],
  submitTencent: ["record", "turn"],
  awaitProvisionedAlibaba: ["record"],
  awaitProvisionedTencent: ["record"],
  recordOutcome: ["record", "stats"],
  watchTunnelsAlibaba: ["record"],
  watchTunnelsTencent: ["record"],
  deliverWebhook: ["quota", "record"],
  sweep: ["audit", "record", "stats", "tenant", "upgrade"],
};

async function control(vendor: "ALIBABA_CLOUD" | "TENCENTCLOUD", path: string, body: object): Promise<void> {
  const method = path === "/faults" ? "POST" : "PUT";
  const url = `${broker.vendors[`${vendor}_VPC_ENDPOINT`]}/__control${path}`;
  await fetch(url, { method, headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
}

async function run(request: object): Promise<string> {
  const { status, body } = await broker.call("api", "POST", "/v1/vpn-connections", request);
  expect(status).toBe(202);
  const id = String(body["id"]);
  await vi.waitFor(async () => expect(isFinal((await store().get(id))?.status ?? "accepted")).toBe(true), patience);
  return id;
}

/** Everything that any function does, once. */
beforeAll(async () => {
  // The entries log to where Lambda reads.
  vi.spyOn(console, "log").mockReturnValue(undefined);
  broker = await startRoleBoundBroker();
  const { call } = broker;
  const withoutKeys = (request: typeof alibabaRequest) => ({
    ...request,
    tunnels: request.tunnels.map(({ preSharedKey: _key, ...tunnel }) => tunnel),
    callback: { url: "https://receiver.invalid/" },
  });
  const succeed = async (request: typeof alibabaRequest) => {
    // The turn is given back, and taken again.
    const throttled = { kind: "throttle", times: 1 };
    await (request.provider === "alibaba"
      ? control("ALIBABA_CLOUD", "/faults", { action: "DescribeVpnGateway", ...throttled })
      : control("TENCENTCLOUD", "/faults", { action: "DescribeVpnGateways", ...throttled }));
    const id = await run(withoutKeys(request));
    expect((await store().get(id))?.status).toBe("succeeded");
    expect((await call("secretsApi", "POST", `/v1/vpn-connections/${id}/pre-shared-keys`, {})).status).toBe(200);
  };
  await Promise.all([succeed(alibabaRequest), succeed(tencentRequest)]);
  const failed = await run({ ...tencentRequest, vpnGatewayId: "vpngw-nowhere1" });
  const redriven = await call("api", "POST", `/v1/vpn-connections/${failed}/redrive`, { reason: "again" });
  expect(redriven.status).toBe(202);
  await control("ALIBABA_CLOUD", "/settings", { ignoreDryRun: true });
  await call("providerApi", "POST", "/v1/vpn-connections/dry-run", { ...alibabaRequest, vpnGatewayId: "vpn-demo02" });
  await call("exampleApi", "POST", "/v1/webhooks/example", { url: "https://receiver.invalid/" });
  await call("api", "PUT", "/v1/admin/tenants/other", { gateways: ["tencent/*/*"] });
  await call("api", "POST", "/v1/admin/tenants/other/keys", { name: "ci", scopes: ["connections:read"] });
  // One that nobody has started, for the sweeper.
  const id = toConnectionId("local", "forgotten");
  const longAgo = { now: () => new Date(Date.now() - 3_600_000) };
  const forgotten = await createAcceptedRecord(undefined, { id, tenant: "local" });
  await createConnectionStore({ ...broker.storage, clock: longAgo }).create(forgotten);
  await call("api", "GET", `/v1/vpn-connections/${id}?wait=1`);
  const waiting = toConnectionId("local", "waiting");
  await createConnectionStore(broker.storage).create({ ...forgotten, id: waiting });
  expect((await call("api", "POST", `/v1/vpn-connections/${waiting}/cancel`, {})).status).toBe(200);
  // What the release before has written, of which some ended long enough ago.
  for (const item of itemsBefore)
    await broker.storage.client.send(new PutItemCommand({ TableName: broker.storage.table, Item: marshall(item) }));
  await broker.functions["sweep"]?.({});
  const written = () => new Set(broker.calls.filter(({ action }) => action === "PutItem").map(({ by }) => by));
  await vi.waitFor(() => expect(written()).toEqual(new Set(Object.keys(puts))), patience);
  return async () => {
    await broker.close();
    vi.restoreAllMocks();
  };
}, 300_000);

describe("the rights of each function at the table", () => {
  it("are enough for everything it does", () => {
    expect(broker.calls.filter(({ allowed }) => !allowed)).toEqual([]);
    expect(broker.calls.length).toBeGreaterThan(100);
  });

  it.each(Object.entries(puts))("let %s put %s, which it does, and nothing else", (name, expected) => {
    const put = broker.calls.filter(({ by, action }) => by === name && action === "PutItem");
    expect(new Set(put.flatMap(({ keys }) => keys.map(kindOf)))).toEqual(new Set(expected));
    const role = readFunctionRoles()[name] ?? [];
    for (const [kind, keys] of Object.entries(kinds)) {
      const isFor = expected.some((one) => one === kind);
      for (const key of keys) expect([key, mayCall(role, "PutItem", [key])]).toEqual([key, isFor]);
    }
    expect(mayCall(role, "PutItem", [])).toBe(false);
  });

  it("let nobody change or remove an item in any other way", () => {
    const actions = [
      "UpdateItem",
      "DeleteItem",
      "BatchWriteItem",
      "TransactWriteItems",
      "PartiQLInsert",
      "PartiQLUpdate",
    ];
    for (const [name, role] of Object.entries(readFunctionRoles())) {
      for (const action of actions) expect([name, action, mayCall(role, action, ["a"])]).toEqual([name, action, false]);
      expect(role.flatMap(({ Action }) => Action).filter((action) => action.includes("*"))).toEqual([]);
    }
  });
});
