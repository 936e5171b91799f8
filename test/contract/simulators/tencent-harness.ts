import { createRequire } from "node:module";
import type * as VpcModule from "tencentcloud-sdk-nodejs/tencentcloud/services/vpc/v20170312/vpc_client.js";
import { startTencentSimulator } from "../../../packages/simulators/src/tencent/server.ts";
import { TestClock } from "./test-clock.ts";

const require = createRequire(import.meta.url);
const { Client } =
  require("tencentcloud-sdk-nodejs/tencentcloud/services/vpc/v20170312/vpc_client") as typeof VpcModule;

type Body = Record<string, unknown>;

/** The one account of these tests. */
export const accessKey = { id: "AKID-test", secret: "test-secret" };
/** How long the clock has to be advanced until a create is done. */
export const provisioningMilliseconds = 5_000;

/** A simulator with its clock, and the official SDK that talks to it. */
export interface TencentHarness {
  readonly url: string;
  readonly clock: TestClock;
  /** Returns what is under `Response`. */
  call(action: string, parameters: Body): Promise<Body>;
  /** The error code with which a call is refused. */
  refusal(action: string, parameters: Body): Promise<string>;
  /** The message of a refusal, which names the parameter. */
  refusalMessage(action: string, parameters: Body): Promise<string>;
  close(): Promise<void>;
}

/** Starts a simulator with a clock of its own, and a client with the given credentials. */
export async function startTencent(
  options: Partial<Parameters<typeof startTencentSimulator>[0]> = {},
  { credentials = accessKey, region = "ap-shanghai" } = {},
): Promise<TencentHarness> {
  const clock = new TestClock();
  const simulator = await startTencentSimulator({
    accessKey,
    provisioningMilliseconds,
    now: clock.now,
    ...options,
  });
  const client = new Client({
    credential: { secretId: credentials.id, secretKey: credentials.secret },
    region,
    profile: {
      httpProfile: { endpoint: simulator.url.slice("http://".length), protocol: "http://", reqTimeout: 60 },
    },
  });
  const call = (action: string, parameters: Body): Promise<Body> => client.request(action, parameters);
  return {
    url: simulator.url,
    clock,
    call,
    refusal: (action, parameters) =>
      call(action, parameters).then(
        () => "none",
        (error: { code?: string; message: string }) => error.code ?? error.message,
      ),
    refusalMessage: (action, parameters) =>
      call(action, parameters).then(
        () => "none",
        (error: Error) => error.message,
      ),
    close: () => simulator.close(),
  };
}

/** A plain policy connection on a demo gateway, with every value sent explicitly. */
export function plainCreate(changes: Body = {}): Body {
  return {
    VpnGatewayId: "vpngw-demo01",
    CustomerGatewayId: "cgw-demo01",
    VpcId: "vpc-demo01",
    VpnConnectionName: "plain",
    PreShareKey: "s3cret-Key",
    RouteType: "Policy",
    SecurityPolicyDatabases: [{ LocalCidrBlock: "10.10.1.0/24", RemoteCidrBlock: ["10.10.3.0/24"] }],
    IKEOptionsSpecification: ike(),
    IPSECOptionsSpecification: ipsec(),
    NegotiationType: "active",
    DpdEnable: 1,
    DpdTimeout: "30",
    DpdAction: "restart",
    ...changes,
  };
}

/** IKE options with some members changed. */
export function ike(changes: Body = {}): Body {
  return {
    IKEVersion: "IKEV2",
    ExchangeMode: "MAIN",
    PropoEncryAlgorithm: "AES-CBC-256",
    PropoAuthenAlgorithm: "SHA-256",
    DhGroupName: "GROUP14",
    IKESaLifetimeSeconds: 28_800,
    LocalIdentity: "ADDRESS",
    LocalAddress: "203.0.113.1",
    RemoteIdentity: "ADDRESS",
    RemoteAddress: "198.51.100.1",
    ...changes,
  };
}

/** IPsec options with some members changed. */
export function ipsec(changes: Body = {}): Body {
  return {
    EncryptAlgorithm: "AES-CBC-256",
    IntegrityAlgorith: "SHA-256",
    PfsDhGroup: "DH-GROUP14",
    IPSECSaLifetimeSeconds: 3_600,
    IPSECSaLifetimeTraffic: 4_096_000_000,
    ...changes,
  };
}

/** A BGP connection on the BGP gateway. */
export function bgpCreate(bgp: Body = {}, changes: Body = {}): Body {
  const { SecurityPolicyDatabases: _none, ...rest } = plainCreate({ VpnGatewayId: "vpngw-bgp01", VpcId: "vpc-bgp01" });
  return {
    ...rest,
    RouteType: "Bgp",
    BgpConfig: {
      TunnelCidr: "169.254.128.0/30",
      LocalBgpIp: "169.254.128.1",
      RemoteBgpIp: "169.254.128.2",
      ...bgp,
    },
    ...changes,
  };
}

/** A route-based connection. */
export function routeCreate(changes: Body = {}): Body {
  const { SecurityPolicyDatabases: _none, ...rest } = plainCreate();
  return { ...rest, RouteType: "StaticRoute", ...changes };
}
