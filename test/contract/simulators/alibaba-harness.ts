import { createRequire } from "node:module";
import type OpenApiModule from "@alicloud/openapi-core";
import type VpcModule from "@alicloud/vpc20160428";
import { startAlibabaSimulator } from "../../../packages/simulators/src/alibaba/server.ts";
import { TestClock } from "./test-clock.ts";

// Required, because the runner and Node disagree on what a default import of these packages is.
const require = createRequire(import.meta.url);
const OpenApi = require("@alicloud/openapi-core") as typeof OpenApiModule;
const Vpc = require("@alicloud/vpc20160428") as typeof VpcModule;
const { $OpenApiUtil } = OpenApi;

type Body = Record<string, unknown>;
type CallApi = InstanceType<typeof OpenApi.default>["callApi"];

/** The class of these options is in a package that only the SDK depends on; it looks at members only. */
const noRuntimeOptions = {} as Parameters<CallApi>[2];

/** The one account of these tests. */
export const accessKey = { id: "LTAI-test", secret: "test-secret" };
/** How long the clock has to be advanced until a create is done. */
export const provisioningMilliseconds = 5_000;

/** A simulator with its clock, and the two ways in which the official SDK talks to it. */
export interface AlibabaHarness {
  readonly url: string;
  readonly clock: TestClock;
  /** The generated client, which puts parameters into the query. */
  readonly generated: InstanceType<typeof Vpc.default>;
  /** The generic client with everything in the form body; returns the answer's body. */
  call(action: string, parameters: Body): Promise<Body>;
  /** The error code with which a call is refused. */
  refusal(action: string, parameters: Body): Promise<string>;
  close(): Promise<void>;
}

/** Starts a simulator with a clock of its own, and a client with the given credentials. */
export async function startAlibaba(
  options: Partial<Parameters<typeof startAlibabaSimulator>[0]> = {},
  credentials = accessKey,
): Promise<AlibabaHarness> {
  const clock = new TestClock();
  const simulator = await startAlibabaSimulator({
    accessKey,
    provisioningMilliseconds,
    now: clock.now,
    ...options,
  });
  const config = new $OpenApiUtil.Config({
    accessKeyId: credentials.id,
    accessKeySecret: credentials.secret,
    regionId: "cn-shanghai",
    endpoint: simulator.url.slice("http://".length),
    protocol: "http",
    readTimeout: 60_000,
    connectTimeout: 60_000,
  });
  const client = new OpenApi.default(config);
  const call = async (action: string, parameters: Body): Promise<Body> => {
    const params = new $OpenApiUtil.Params({
      action,
      version: "2016-04-28",
      protocol: "HTTP",
      pathname: "/",
      method: "POST",
      authType: "AK",
      style: "RPC",
      reqBodyType: "formData",
      bodyType: "json",
    });
    const body = { RegionId: "cn-shanghai", ...parameters };
    const request = new $OpenApiUtil.OpenApiRequest({ body });
    const answer = await client.callApi(params, request, noRuntimeOptions);
    return answer["body"];
  };
  return {
    url: simulator.url,
    clock,
    generated: new Vpc.default(config),
    call,
    refusal: (action, parameters) =>
      call(action, parameters).then(
        () => "none",
        (error: { code?: string; message: string }) => error.code ?? error.message,
      ),
    close: () => simulator.close(),
  };
}

/** A plain single-tunnel create on a demo gateway, with every value sent explicitly. */
export function plainCreate(changes: Body = {}): Body {
  return {
    VpnGatewayId: "vpn-demo01",
    CustomerGatewayId: "cgw-demo01",
    Name: "plain",
    LocalSubnet: "10.10.1.0/24",
    RemoteSubnet: "10.10.3.0/24",
    EffectImmediately: true,
    IkeConfig: ike(),
    IpsecConfig: JSON.stringify({
      IpsecEncAlg: "aes256",
      IpsecAuthAlg: "sha256",
      IpsecPfs: "group14",
      IpsecLifetime: 3600,
    }),
    ...changes,
  };
}

/** An `IkeConfig` text with some members changed. */
export function ike(changes: Body = {}): string {
  return JSON.stringify({
    Psk: "s3cret-Key",
    IkeVersion: "ikev2",
    IkeMode: "main",
    IkeEncAlg: "aes256",
    IkeAuthAlg: "sha256",
    IkePfs: "group14",
    IkeLifetime: 28_800,
    ...changes,
  });
}

/** One tunnel of a dual-tunnel create. */
export function tunnel(Role: string, changes: Body = {}): Body {
  return {
    Role,
    CustomerGatewayId: Role === "master" ? "cgw-demo01" : "cgw-demo02",
    TunnelIkeConfig: JSON.parse(ike()) as Body,
    TunnelIpsecConfig: { IpsecEncAlg: "aes256", IpsecAuthAlg: "sha256", IpsecPfs: "group14", IpsecLifetime: 3600 },
    ...changes,
  };
}

/** A create on the dual-tunnel gateway. */
export function dualCreate(changes: Body = {}): Body {
  return {
    VpnGatewayId: "vpn-dual01",
    Name: "dual",
    LocalSubnet: "10.10.1.0/24",
    RemoteSubnet: "10.10.3.0/24",
    TunnelOptionsSpecification: [tunnel("master"), tunnel("slave")],
    ...changes,
  };
}
