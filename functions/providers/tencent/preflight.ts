import {
  missingCustomerGateway,
  missingGateway,
  peerIsOurselves,
  refuse,
} from "../../domain/provider/preflight-flaws.ts";
import type { PreflightFlaw } from "../../domain/provider/provider.ts";
import type { EffectiveRequest } from "../../domain/request/apply-defaults.ts";

type Maybe<T> = T | null | undefined;

/** The part of DescribeVpnGateways that decides what the gateway takes. */
export interface GatewayDescription {
  VpcId?: Maybe<string>;
  Type?: Maybe<string>;
  State?: Maybe<string>;
  RestrictState?: Maybe<string>;
  Version?: Maybe<number>;
  BgpAsn?: Maybe<number>;
  PublicIpAddress?: Maybe<string>;
}

/** The part of DescribeCustomerGateways that counts. */
export interface CustomerGatewayDescription {
  IpAddress?: Maybe<string>;
  BgpAsn?: Maybe<number>;
}

type Check = (request: EffectiveRequest, gateway: GatewayDescription) => PreflightFlaw[];

const usable: Check = (_request, { State, RestrictState, Type }) => [
  ...(State && !["AVAILABLE", "PENDING"].includes(State)
    ? [refuse("/vpnGatewayId", `the gateway is ${State}`, "Use a gateway that is AVAILABLE.")]
    : []),
  ...(RestrictState && RestrictState !== "NORMAL"
    ? [refuse("/vpnGatewayId", "the gateway is isolated", "Look at its billing in the console.")]
    : []),
  ...(Type?.includes("SSL")
    ? [refuse("/vpnGatewayId", "this is an SSL gateway", "Use an IPsec gateway, of a VPC or of a CCN.")]
    : []),
];

/** A VPC's gateway needs the VPC's id, a CCN's gateway must not have one. */
const rightVpc: Check = ({ vpcId }, { Type, VpcId }) => {
  if (Type === "CCN") {
    return vpcId ? [refuse("/vpcId", "must be absent: the gateway belongs to a CCN", "Leave vpcId out.")] : [];
  }
  if (Type !== "IPSEC") return [];
  if (!vpcId) return [refuse("/vpcId", "is required: the gateway belongs to a VPC", "Give the gateway's VPC.")];
  return VpcId && VpcId !== vpcId
    ? [refuse("/vpcId", `the gateway belongs to ${VpcId}`, "Give the gateway's own VPC.")]
    : [];
};

/** GCM ciphers need a gateway of version 4.0 (SDK comment on PropoEncryAlgorithm). */
const rightVersion: Check = ({ tunnels }, { Version }) => {
  if (!Version || Version >= 4) return [];
  return tunnels.flatMap(({ ike, ipsec }, index) =>
    (["ike", "ipsec"] as const)
      .filter((phase) => (phase === "ike" ? ike : ipsec).encryption.endsWith("gcm"))
      .map((phase) =>
        refuse(
          `/tunnels/${index}/${phase}/encryption`,
          `GCM needs a gateway of version 4.0; this one is ${Version.toFixed(1)}`,
          "Use aes256, or a newer gateway.",
        ),
      ),
  );
};

const rightRouting: Check = ({ routing }, { BgpAsn }) =>
  routing.mode === "bgp" && !BgpAsn
    ? [refuse("/routing/mode", "the gateway has no BGP ASN", "Set an ASN on the gateway, or use mode route or policy.")]
    : [];

const checks: readonly Check[] = [usable, rightVpc, rightVersion, rightRouting];

function checkCustomerGateway(
  { routing }: EffectiveRequest,
  { IpAddress, BgpAsn }: CustomerGatewayDescription,
  gateway: Maybe<GatewayDescription>,
): PreflightFlaw[] {
  const pointer = "/tunnels/0/customerGatewayId";
  return [
    ...(IpAddress && IpAddress === gateway?.PublicIpAddress ? [peerIsOurselves(pointer)] : []),
    ...(routing.mode === "bgp" && !BgpAsn
      ? [refuse(pointer, "has no BGP ASN", "Make a customer gateway with the peer's ASN.")]
      : []),
    ...(routing.mode === "bgp" && BgpAsn && BgpAsn === gateway?.BgpAsn
      ? [refuse(pointer, "has the ASN of the VPN gateway itself", "Give the two sides different ASNs.")]
      : []),
  ];
}

const notFound = "ResourceNotFound";

/** What the gateways' descriptions, or their absence, say against the request. */
export function checkGateways(
  request: EffectiveRequest,
  gateway: Maybe<GatewayDescription>,
  customer: Maybe<CustomerGatewayDescription>,
): PreflightFlaw[] {
  return [
    ...(gateway ? checks.flatMap((check) => check(request, gateway)) : [missingGateway(request, notFound)]),
    ...(customer ? checkCustomerGateway(request, customer, gateway) : [missingCustomerGateway(request, 0, notFound)]),
  ];
}
