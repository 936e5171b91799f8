import { expect } from "vitest";
import type { CreateRequest } from "../../functions/domain/request/create-request.ts";
import { startAlibabaSimulator } from "../../packages/simulators/src/alibaba/server.ts";
import type { Settings } from "../../packages/simulators/src/settings.ts";
import { startTencentSimulator } from "../../packages/simulators/src/tencent/server.ts";
import { alibabaRequest, tencentRequest } from "./requests.ts";

const accessKey = { id: "AKID-worst", secret: "worst" };

const vendors = [
  {
    start: startAlibabaSimulator,
    variables: ["ALIBABA_CLOUD_VPC_ENDPOINT", "ALIBABA_CLOUD_ACCESS_KEY_ID", "ALIBABA_CLOUD_ACCESS_KEY_SECRET"],
    gatewayOf: (number: string) => `vpn-demo${number}`,
    request: alibabaRequest,
    codes: ["VpnGateway.Configuring", "TaskConflict"],
  },
  {
    start: startTencentSimulator,
    variables: ["TENCENTCLOUD_VPC_ENDPOINT", "TENCENTCLOUD_SECRET_ID", "TENCENTCLOUD_SECRET_KEY"],
    gatewayOf: (number: string) => `vpngw-demo${number}`,
    request: tencentRequest,
    codes: ["ResourceInUse", "ResourceBusy"],
  },
] as const;

/** A connection as one of the two simulators stores it. */
interface StoredConnection {
  LocalSubnet?: string;
  SecurityPolicyDatabaseSet?: { LocalCidrBlock: string }[];
}

interface JournalEntry {
  outcome: string;
  fault?: string;
}

/** A vendor that outlives every broker. */
export interface WorstVendor {
  /** The variables that lead a broker to it. */
  environment: Record<string, string>;
  /** On its demonstration gateway of that number, and with that network on its side. */
  toRequest: (gateway: string, network: string, customerGatewayId?: string) => CreateRequest;
  /** Creates that take effect late, or are answered with "not now" after their effect: two of each. */
  addFaults: () => Promise<void>;
  untilFaultsAreMet: () => Promise<void>;
  /** Somebody else works on that gateway. */
  keepBusy: (gateway: string, milliseconds: number) => Promise<void>;
  untilNothingIsToCome: () => Promise<void>;
  /** The local network of each connection that it has. */
  storedNetworks: () => Promise<string[]>;
  close: () => Promise<void>;
}

/**
 * Both vendors as the promise of one connection just bears them (docs/proof.md), in the time of a broker that runs at this
 * scale. They refuse no second connection.
 */
export function startVendorsAtTheirWorst(scale: number): Promise<WorstVendor[]> {
  const milliseconds = (seconds: number) => seconds * 1000 * scale;
  const settings: Partial<Settings> = {
    provisioningMilliseconds: 300,
    visibleAfterMilliseconds: milliseconds(30),
    listCopies: 3,
    tokenLifeMilliseconds: milliseconds(180),
    comparesWith: "none",
  };
  // The client's 20 s are not scaled: its connection is closed at them, as scaled.
  const late = { kind: "late", milliseconds: milliseconds(24), closedAfterMilliseconds: milliseconds(20), times: 2 };
  return Promise.all(vendors.map((vendor) => startVendor(vendor, settings, late)));
}

async function startVendor(
  { start, variables, gatewayOf, request, codes }: (typeof vendors)[number],
  settings: Partial<Settings>,
  late: object,
): Promise<WorstVendor> {
  const simulator = await start({ accessKey, settings });
  const { url } = simulator;
  const values = [url, accessKey.id, accessKey.secret];
  const control = async <Body>(method: string, path: string, body?: object): Promise<Body> => {
    const response = await fetch(`${url}/__control${path}`, { method, ...(body && { body: JSON.stringify(body) }) });
    if (!response.ok) throw new Error(await response.text());
    return (await response.json()) as Body;
  };
  const calls = () => control<JournalEntry[]>("GET", "/calls");
  return {
    close: () => simulator.close(),
    environment: Object.fromEntries(variables.map((name, index) => [name, values[index] ?? ""])),
    toRequest: (gateway, network, customerGatewayId = "cgw-demo01") => ({
      ...request,
      vpnGatewayId: gatewayOf(gateway),
      ...(request.vpcId !== undefined && { vpcId: `vpc-demo${gateway}` }),
      routing: { mode: "policy", localCidrs: [network], remoteCidrs: ["10.100.1.0/24"] },
      tunnels: [{ customerGatewayId, preSharedKey: "Test-key_1234" }],
    }),
    async addFaults() {
      for (const fault of [late, ...codes.map((code) => ({ kind: "error-after-effect", code }))]) {
        await control("POST", "/faults", { action: "CreateVpnConnection", ...fault });
      }
    },
    untilFaultsAreMet: () => expect.poll(() => control("GET", "/faults")).toEqual([]),
    keepBusy: (gateway, busy) => control("PUT", `/gateways/${gatewayOf(gateway)}/busy`, { milliseconds: busy }),
    untilNothingIsToCome: () =>
      expect
        .poll(async () =>
          (await calls()).filter(({ fault, outcome }) => fault === "late" && outcome === "not-performed"),
        )
        .toEqual([]),
    async storedNetworks() {
      const { connections } = await control<{ connections: StoredConnection[] }>("GET", "/state");
      return connections.map(
        ({ LocalSubnet, SecurityPolicyDatabaseSet: policies }) => LocalSubnet ?? policies?.[0]?.LocalCidrBlock ?? "",
      );
    },
  };
}
