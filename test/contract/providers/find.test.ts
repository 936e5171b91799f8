import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Provider } from "../../../functions/domain/provider/provider.ts";
import { toConnectionId, toOperationId, toProviderConnectionName } from "../../../functions/domain/record/ids.ts";
import { applyDefaults } from "../../../functions/domain/request/apply-defaults.ts";
import type { CreateRequest } from "../../../functions/domain/request/create-request.ts";
import { systemClock } from "../../../functions/entries/wiring.ts";
import { createConnectProvider } from "../../../functions/providers/connect-provider.ts";
import { startAlibabaSimulator } from "../../../packages/simulators/src/alibaba/server.ts";
import type { Simulator } from "../../../packages/simulators/src/simulator.ts";
import { startTencentSimulator } from "../../../packages/simulators/src/tencent/server.ts";
import { noReferences } from "../../support/no-references.ts";
import { alibabaRequest, tencentRequest } from "../../support/requests.ts";
import { control } from "../simulators/control-client.ts";

const accessKey = { id: "LTAI-local", secret: "local-secret" };
const id = toConnectionId("tenant", "token");
const otherId = toConnectionId("tenant", "other token");

/** What callers call connections, and a vendor that trims, folds or normalizes names does not keep. */
const names = [
  "office",
  "two  spaces",
  "re\u0301seau",
  "\uFF56\uFF50\uFF4E",
  "\uC11C\uC6B8".normalize("NFD"),
  "\uFB01nance",
];

describe.each([
  { vendor: "alibaba", start: startAlibabaSimulator, request: alibabaRequest },
  { vendor: "tencent", start: startTencentSimulator, request: tencentRequest },
] as const)("$vendor", ({ vendor, start, request }) => {
  let simulator: Simulator;
  let provider: Provider;
  beforeEach(async () => {
    simulator = await start({ accessKey, provisioningMilliseconds: 0 });
    const access = { endpoint: simulator.url, accessKeyId: accessKey.id, accessKeySecret: accessKey.secret };
    const open = createConnectProvider({
      access: { alibaba: access, tencent: access },
      readCredentials: noReferences,
      clock: systemClock,
      now: () => performance.now(),
      log: () => undefined,
    });
    provider = await open(vendor, { region: request.region, onCall: () => undefined, onWarning: () => undefined });
  });
  afterEach(() => simulator.close());

  const find = (ofId = id) =>
    provider.find({
      operationId: toOperationId(ofId),
      vpnGatewayId: request.vpnGatewayId,
      customerGatewayId: request.tunnels[0]?.customerGatewayId ?? "",
    });

  /** The `number`th connection, with networks and a token of its own. */
  async function create(name: string, number = 1): Promise<string | undefined> {
    const routing = {
      mode: "policy" as const,
      localCidrs: [`10.10.${number}.0/24`],
      remoteCidrs: [`172.16.${number}.0/24`],
    };
    const wanted: CreateRequest = { ...request, routing };
    const facts = { localAddress: "203.0.113.1", remoteAddress: "198.51.100.1" };
    const planned = provider.planCreate(applyDefaults(wanted), { name, token: `${number}` }, facts);
    return (await provider.create(planned, ["Test-key_1234"])).connectionId;
  }

  it.each(names)("finds the connection of a request named %j at a cloud that changes names", async (name) => {
    await control(simulator.url, "PUT", "/settings", { trimNames: true });
    const created = await create(toProviderConnectionName(name, id));
    await create(toProviderConnectionName(name, otherId), 2);
    expect(created).toBeTypeOf("string");
    expect(await find()).toEqual([created]);
  });

  it.each([
    ["upper case", (name: string) => name.toUpperCase()],
    ["a space behind", (name: string) => `${name} `],
    ["the front cut off", (name: string) => name.slice(-20)],
    ["nothing but the id left", () => toOperationId(id)],
  ])("finds it with %s", async (_what, change) => {
    const created = await create(change(toProviderConnectionName("branch-office", id)));
    expect(await find()).toEqual([created]);
  });

  it.each([
    ["the id inside a longer word", `x${toOperationId(id)}`],
    ["the id not at the end", `${toOperationId(id)}-office`],
    ["more of the id than a name has", `office-${id.slice(0, 13)}`],
    ["the same name and another id", toProviderConnectionName("office", otherId)],
    ["no name but the id's beginning", `office-${id.slice(0, 11)}`],
  ])("leaves alone what has %s", async (_what, name) => {
    await create(name);
    expect(await find()).toEqual([]);
  });

  it("tells two that carry the same id", async () => {
    const both = [
      await create(toProviderConnectionName("one", id), 1),
      await create(toProviderConnectionName("two", id), 2),
    ];
    expect(new Set(await find())).toEqual(new Set(both));
  });

  it("looks at every page", async () => {
    await control(simulator.url, "PUT", "/settings", {
      quotas: { connectionsPerGateway: 300 },
      rateLimits: { CreateVpnConnection: { calls: 1000, perMilliseconds: 1000 } },
    });
    // Lists begin with the newest.
    const oldest = await create(toProviderConnectionName("office", id), 0);
    for (let number = 1; number <= 104; number += 1) await create(`other-${number}`, number);
    expect(await find()).toEqual([oldest]);
  });
});
