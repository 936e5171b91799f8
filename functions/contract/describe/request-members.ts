import { type Bounds, capabilities } from "../../domain/provider/capabilities.ts";
import type { CreateRequest } from "../../domain/request/create-request.ts";
import type { MembersOf } from "./member.ts";

type Routing = CreateRequest["routing"];

const { alibaba, tencent } = capabilities;
/** What each vendor takes of a list, or in which bounds, at the end of a sentence. */
export const perVendor = (of: (row: typeof alibaba) => string): string =>
  `${alibaba.title}: ${of(alibaba)}; ${tencent.title}: ${of(tencent)}.`;
export const list = (values: readonly (string | number)[]): string => values.map((value) => `\`${value}\``).join(", ");
export const between = ([minimum, maximum]: Bounds): string => `${minimum} to ${maximum}`;

/** The members of a create request. */
export const requestMembers: MembersOf<CreateRequest> = {
  clientToken: {
    description:
      "The caller's own name for this request, by which it is accepted once: 1 to 64 characters from `!` to `~`. Absent = the broker makes one, and answers it. May stand in the header `Idempotency-Key` instead.",
  },
  provider: { description: "The vendor to make the connection at." },
  region: {
    description: "The vendor's region id, such as `cn-shanghai` or `ap-guangzhou`.",
    alibaba: ["RegionId"],
    tencent: ["Region"],
  },
  name: {
    description:
      "What the connection is called: 1 to 47 characters, no space at either end, no control or format characters, not beginning with http:// or https://. At the vendor a hyphen and 12 characters of the id follow.",
    alibaba: ["Name"],
    tencent: ["VpnConnectionName"],
  },
  vpnGatewayId: {
    description: "The vendor's id of the VPN gateway. Requests on one gateway are carried out one at a time.",
    alibaba: ["VpnGatewayId"],
    tencent: ["VpnGatewayId"],
  },
  vpcId: {
    description: "Tencent Cloud only: the VPC of the gateway. Absent for a gateway of a CCN.",
    tencent: ["VpcId"],
  },
  routing: { description: "How traffic finds the tunnel." },
  tunnels: {
    description:
      "One tunnel, or at Alibaba Cloud's dual-tunnel gateways two, with the roles `primary` and `backup`. Tencent Cloud has one tunnel per connection.",
    alibaba: ["TunnelOptionsSpecification"],
  },
  negotiation: {
    description: `When negotiation begins: at once, with the first packet, or when the peer begins. ${perVendor(({ negotiations }) => list(negotiations))}`,
    alibaba: ["EffectImmediately"],
    tencent: ["NegotiationType"],
  },
  autoConfigureRoutes: {
    description:
      "Alibaba Cloud only: whether the gateway publishes the connection's routes to the VPC by itself. Tencent Cloud takes `false`, which is what it does.",
    alibaba: ["AutoConfigRoute"],
  },
  healthCheck: {
    description: `A probe through the tunnel. ${perVendor(({ healthCheck }) => `with routing mode ${list(healthCheck.routingModes)}${healthCheck.singleTunnelOnly ? ", with one tunnel only" : ""}`)}`,
    alibaba: ["HealthCheckConfig"],
    tencent: ["HealthCheckConfig"],
  },
  tags: {
    description:
      "Tags at the vendor, by key: up to 20, keys of 1 to 64 characters, values of up to 128. Neither begins with aliyun or acs:, or has http:// or https:// in it. Tencent Cloud takes fewer characters, and reserves keys of its own.",
    alibaba: ["Tags"],
    tencent: ["Tags"],
  },
  allowWeakCryptography: {
    description:
      "Must be `true` for `des`, `3des`, `md5`, `sha1`, groups 1, 2 and 5, and for IKE version 1 in aggressive mode.",
  },
  allowDuplicate: {
    description: "`true` lets a second connection between the same gateways with overlapping networks through.",
  },
  timeoutSeconds: {
    description:
      "Seconds, 60 to 86400, from the first time that the gateway's turn is taken; then the broker gives up.",
  },
  queueTimeoutSeconds: {
    description: "Seconds, 60 to 86400, to wait for the gateway's turn; then the broker gives up.",
  },
  callback: {
    description:
      "Where to send a webhook when the request has ended. Absent = to the tenant's endpoint, if it has one.",
  },
};

export const routingMembers: MembersOf<Routing> = {
  mode: {
    description:
      "`policy`: by the networks on both sides, which are given. `route`: by routes of the gateway. `bgp`: by routes that are learnt. With the latter two Alibaba Cloud gets 0.0.0.0/0 on both sides.",
    alibaba: ["LocalSubnet", "RemoteSubnet"],
    tencent: ["RouteType"],
  },
  localCidrs: {
    description:
      "The networks on the cloud's side, 1 to 50, disjoint from the remote ones. Mode `policy` only, and then required, unless there are `pairs`.",
    alibaba: ["LocalSubnet"],
    tencent: ["SecurityPolicyDatabases[].LocalCidrBlock"],
  },
  remoteCidrs: {
    description:
      "The networks on the other side, 1 to 50. Mode `policy` only, and then required, unless there are `pairs`.",
    alibaba: ["RemoteSubnet"],
    tencent: ["SecurityPolicyDatabases[].RemoteCidrBlock"],
  },
  pairs: {
    description: `In place of the two lists: which remote networks each local one may talk to, 1 to 50. Alibaba Cloud takes them where every local network has the same remote ones; Tencent Cloud takes at most ${tencent.policies.most}.`,
    alibaba: ["LocalSubnet", "RemoteSubnet"],
    tencent: ["SecurityPolicyDatabases"],
  },
};

export const routingPairMembers: MembersOf<NonNullable<Routing["pairs"]>[number]> = {
  local: {
    description: "A network on the cloud's side.",
    alibaba: ["LocalSubnet"],
    tencent: ["SecurityPolicyDatabases[].LocalCidrBlock"],
  },
  remotes: {
    description: "The networks on the other side that it may talk to.",
    alibaba: ["RemoteSubnet"],
    tencent: ["SecurityPolicyDatabases[].RemoteCidrBlock"],
  },
};

export const healthCheckMembers: MembersOf<NonNullable<CreateRequest["healthCheck"]>> = {
  enabled: {
    description: "Whether it probes.",
    alibaba: ["HealthCheckConfig.enable"],
    tencent: ["EnableHealthCheck"],
  },
  sourceIp: {
    description: "The IPv4 address that is probed from. Tencent Cloud: not the target's.",
    alibaba: ["HealthCheckConfig.sip"],
    tencent: ["HealthCheckLocalIp"],
  },
  targetIp: {
    description: "The IPv4 address that is probed. Tencent Cloud: not the source's.",
    alibaba: ["HealthCheckConfig.dip"],
    tencent: ["HealthCheckRemoteIp"],
  },
  intervalSeconds: {
    description: `Seconds between probes. ${perVendor(({ healthCheck }) => (healthCheck.wholeSeconds ? "1 or more, whole" : `${between(healthCheck.intervalSeconds ?? [1, 1])}, also parts of one`))}`,
    alibaba: ["HealthCheckConfig.interval"],
    tencent: ["HealthCheckConfig.ProbeInterval"],
  },
  retries: {
    description: `Probes without an answer after which the tunnel counts as broken. ${perVendor(({ healthCheck }) => (healthCheck.retries ? between(healthCheck.retries) : "1 or more"))}`,
    alibaba: ["HealthCheckConfig.retry"],
    tencent: ["HealthCheckConfig.ProbeThreshold"],
  },
  timeoutMilliseconds: {
    description: "Tencent Cloud only: milliseconds to wait for an answer, 10 to 5000.",
    tencent: ["HealthCheckConfig.ProbeTimeout"],
  },
};

export const callbackMembers: MembersOf<NonNullable<CreateRequest["callback"]>> = {
  url: {
    description:
      "An https URL of up to 2048 characters, at port 443 or 8443 of a public address, without a user name or password. A broker on your own computer (`npm start`) also takes `http` to this computer, at any port: `127.0.0.1`, `localhost`, `[::1]`. It is signed with the tenant's secret.",
  },
};
