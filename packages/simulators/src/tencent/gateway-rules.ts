import { type Network, overlaps, parseNetwork } from "../ipv4.ts";
import type { Rule } from "../rules.ts";
import type { ConnectionRequest } from "./connection-request.ts";
import type { Connection, CustomerGateway, Gateway, SecurityPolicy } from "./resources.ts";
import { malformedAddress, outside } from "./tunnel-rules.ts";

/** Everything a create is judged by: what is asked for, its gateways and what they already carry. */
export interface CreateContext {
  readonly request: ConnectionRequest;
  readonly gateway: Gateway;
  readonly customerGateway: CustomerGateway;
  /** The connections that exist on the same gateway. */
  readonly siblings: readonly Connection[];
}

/** Whether the gateway can carry the connection, and whether the VPC is its own. */
export const gatewayRules: readonly Rule<CreateContext>[] = [
  ({ gateway }) =>
    gateway.Type === "SSL" || gateway.Type === "SSL_CCN"
      ? { code: "UnsupportedOperation", detail: `The gateway's type is ${gateway.Type}.` }
      : undefined,
  ({ gateway }) =>
    gateway.RestrictState === "NORMAL" ? undefined : { code: "UnsupportedOperation.InsufficientFunds" },
  ({ gateway }) => (gateway.State === "AVAILABLE" ? undefined : { code: "UnsupportedOperation.InvalidState" }),
  ({ gateway, request }) =>
    gateway.Type === "IPSEC" && !request.VpcId ? { code: "UnsupportedOperation.VpnGwVpcIdMustHave" } : undefined,
  ({ gateway, request }) =>
    gateway.Type === "CCN" && request.VpcId ? { code: "UnsupportedOperation.VpnGwVpcIdNotHave" } : undefined,
  ({ gateway, request }) =>
    gateway.Type === "IPSEC" && request.VpcId !== gateway.VpcId
      ? { code: "ResourceNotFound", detail: request.VpcId ?? "" }
      : undefined,
];

/** Policies are for `Policy` and `STATIC`; no two pairs on one gateway may overlap on both sides. */
export const routingRules: readonly Rule<CreateContext>[] = [
  ({ request }) =>
    isPolicyBased(request) && policies(request).length === 0
      ? { code: "InvalidParameterValue.Empty", detail: "SecurityPolicyDatabases" }
      : undefined,
  ({ request }) =>
    !isPolicyBased(request) && policies(request).length > 0
      ? { code: "InvalidParameter.Coexist", detail: "SecurityPolicyDatabases, RouteType" }
      : undefined,
  ({ request }) => {
    const texts = policies(request).flatMap(({ LocalCidrBlock, RemoteCidrBlock }) => [
      LocalCidrBlock,
      ...RemoteCidrBlock,
    ]);
    const noRemote = policies(request).some(({ RemoteCidrBlock }) => RemoteCidrBlock.length === 0);
    if (noRemote) return { code: "InvalidParameterValue.Empty", detail: "RemoteCidrBlock" };
    const wrong = texts.find((text) => parseNetwork(text) === undefined);
    return wrong === undefined ? undefined : { code: "InvalidParameterValue.Malformed", detail: wrong };
  },
  ({ request }) => {
    const texts = policies(request).flatMap(({ LocalCidrBlock, RemoteCidrBlock }) =>
      RemoteCidrBlock.map((remote) => `${LocalCidrBlock} ${remote}`),
    );
    return new Set(texts).size === texts.length
      ? undefined
      : { code: "InvalidParameterValue.Duplicate", detail: "SecurityPolicyDatabases" };
  },
  ({ request, gateway }) => {
    const vpc = parseNetwork(gateway.traits.vpcCidr ?? "");
    const conflict = pairs(policies(request)).find(({ remote }) => vpc && overlaps(vpc, remote));
    return conflict ? { code: "InvalidParameterValue.VpcCidrConflict" } : undefined;
  },
  ({ request }) => {
    const own = pairs(policies(request));
    const conflict = own.some((pair, index) => own.slice(index + 1).some((other) => bothOverlap(pair, other)));
    return conflict ? { code: "InvalidParameterValue.VpnConnSpdCidrConflict" } : undefined;
  },
  ({ request, siblings }) => {
    const others = siblings.flatMap((sibling) => pairs(sibling.SecurityPolicyDatabaseSet));
    const conflict = pairs(policies(request)).some((pair) => others.some((other) => bothOverlap(pair, other)));
    return conflict ? { code: "InvalidParameterValue.VpnConnCidrConflict" } : undefined;
  },
  ({ request: { Route } }) =>
    Route && !parseNetwork(Route.DestinationCidrBlock)
      ? { code: "InvalidParameterValue.Malformed", detail: "Route.DestinationCidrBlock" }
      : undefined,
  ({ request: { Route } }) =>
    Route?.Priority === undefined || [0, 100].includes(Route.Priority)
      ? undefined
      : { code: "InvalidParameterValue.Malformed", detail: "Route.Priority" },
  ({ request: { Route }, gateway }) => {
    const vpc = parseNetwork(gateway.traits.vpcCidr ?? "");
    const destination = parseNetwork(Route?.DestinationCidrBlock ?? "");
    return vpc && destination && overlaps(vpc, destination)
      ? { code: "UnsupportedOperation.VpnConnDestCidrConflictWithPrivateNet" }
      : undefined;
  },
];

/** Health checks: addresses of their own inside the tunnel, and not together with policies. */
export const healthCheckRules: readonly Rule<CreateContext>[] = [
  ({ request }) => malformedAddress(request, ["HealthCheckLocalIp", "HealthCheckRemoteIp"]),
  ({ request }) =>
    request.EnableHealthCheck && isPolicyBased(request)
      ? { code: "UnsupportedOperation.VpnConnCidrNotSupportedHealthCheck" }
      : undefined,
  ({ request: { HealthCheckLocalIp: local, HealthCheckRemoteIp: remote }, siblings }) => {
    const used = siblings.flatMap((other) => [other.HealthCheckLocalIp, other.HealthCheckRemoteIp]);
    const own = [local, remote].filter((address) => address !== undefined && address !== "");
    return own.some((address) => used.includes(address ?? "")) || (local && local === remote)
      ? { code: "InvalidParameterValue.VpnConnHealthCheckIpConflict" }
      : undefined;
  },
  ({ request: { HealthCheckConfig: config } }) =>
    config?.ProbeType === undefined || config.ProbeType === "NQA"
      ? undefined
      : { code: "InvalidParameterValue.Malformed", detail: "HealthCheckConfig.ProbeType" },
  ({ request: { HealthCheckConfig: config } }) =>
    outside(config?.ProbeInterval, 1_000, 5_000, "HealthCheckConfig.ProbeInterval") ??
    outside(config?.ProbeThreshold, 3, 8, "HealthCheckConfig.ProbeThreshold") ??
    outside(config?.ProbeTimeout, 10, 5_000, "HealthCheckConfig.ProbeTimeout"),
];

function policies(request: ConnectionRequest): readonly SecurityPolicy[] {
  return request.SecurityPolicyDatabases ?? [];
}

/** `STATIC` is the default and, for all that is documented, means a connection with policies. */
function isPolicyBased({ RouteType = "STATIC" }: ConnectionRequest): boolean {
  return RouteType === "STATIC" || RouteType === "Policy";
}

interface Pair {
  readonly local: Network;
  readonly remote: Network;
}

function pairs(set: readonly SecurityPolicy[]): Pair[] {
  return set.flatMap(({ LocalCidrBlock, RemoteCidrBlock }) =>
    RemoteCidrBlock.flatMap((text) => {
      const local = parseNetwork(LocalCidrBlock);
      const remote = parseNetwork(text);
      return local && remote ? [{ local, remote }] : [];
    }),
  );
}

/** Source: the product guide (1037/39635): the two sides of two pairs may not overlap at the same time. */
function bothOverlap(a: Pair, b: Pair): boolean {
  return overlaps(a.local, b.local) && overlaps(a.remote, b.remote);
}
