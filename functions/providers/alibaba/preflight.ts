import { peerIsOurselves, refuse } from "../../domain/provider/preflight-flaws.ts";
import type { PreflightFlaw } from "../../domain/provider/provider.ts";
import type { EffectiveRequest } from "../../domain/request/apply-defaults.ts";

/** The part of DescribeVpnGateway that decides what the gateway takes. */
export interface GatewayDescription {
  Status: string;
  BusinessStatus?: string | undefined;
  IpsecVpn?: string | undefined;
  EnableBgp?: boolean | undefined;
  VpnType?: string | undefined;
  InternetIp?: string | undefined;
  /** Shown for dual-tunnel gateways only. */
  DisasterRecoveryInternetIp?: string | undefined;
  DisasterRecoveryVSwitchId?: string | undefined;
}

/** The part of DescribeCustomerGateway that counts. */
export interface CustomerGatewayDescription {
  IpAddress?: string | undefined;
  Asn?: number | undefined;
}

type Check = (request: EffectiveRequest, gateway: GatewayDescription) => PreflightFlaw[];

const usable: Check = (_request, { Status, BusinessStatus, IpsecVpn }) => [
  ...(Status === "deleting" ? [refuse("/vpnGatewayId", "the gateway is being deleted", "Use another gateway.")] : []),
  ...(BusinessStatus === "FinancialLocked"
    ? [refuse("/vpnGatewayId", "the gateway is locked for an overdue payment", "Settle the account's bills.")]
    : []),
  ...(IpsecVpn === "disable"
    ? [refuse("/vpnGatewayId", "IPsec is not enabled on the gateway", "Enable IPsec-VPN on it, or use another.")]
    : []),
];

const rightMode: Check = ({ tunnels }, { DisasterRecoveryVSwitchId }) => {
  const dual = DisasterRecoveryVSwitchId !== undefined && DisasterRecoveryVSwitchId !== "";
  if (dual === (tunnels.length === 2)) return [];
  return dual
    ? [refuse("/tunnels", "this gateway has two tunnels per connection", "Give a primary and a backup tunnel.")]
    : [refuse("/tunnels", "this gateway has one tunnel per connection", "Give one tunnel, or use another gateway.")];
};

/** National-standard gateways take SM4, SM3, ikev1 in main mode, a certificate and a remote id, and only they do. */
const rightType: Check = ({ tunnels }, { VpnType }) => {
  const national = VpnType === "NationalStandard";
  return tunnels.flatMap(({ ike, ipsec, remoteCaCertificate }, index) => {
    const at = `/tunnels/${index}`;
    const wanted: [string, boolean][] = national
      ? [
          ["ike/version", ike.version === "ikev1"],
          ["ike/mode", ike.mode === "main"],
          ["ike/encryption", ike.encryption === "sm4"],
          ["ike/integrity", ike.integrity === "sm3"],
          ["ike/remoteId", ike.remoteId !== undefined],
          ["ipsec/encryption", ipsec.encryption === "sm4"],
          ["ipsec/integrity", ipsec.integrity === "sm3"],
          ["remoteCaCertificate", remoteCaCertificate !== undefined],
        ]
      : [
          ["ike/encryption", ike.encryption !== "sm4"],
          ["ike/integrity", ike.integrity !== "sm3"],
          ["ipsec/encryption", ipsec.encryption !== "sm4"],
          ["ipsec/integrity", ipsec.integrity !== "sm3"],
          ["remoteCaCertificate", remoteCaCertificate === undefined],
        ];
    return wanted
      .filter(([, right]) => !right)
      .map(([member]) =>
        national
          ? refuse(
              `${at}/${member}`,
              "does not fit a national-standard gateway",
              "Such a gateway takes ikev1 in main mode, sm4, sm3, a remoteId and the peer's CA certificate.",
            )
          : refuse(`${at}/${member}`, "fits national-standard gateways only", "Use such a gateway, or leave it out."),
      );
  });
};

const usesBgp = ({ tunnels }: EffectiveRequest) => tunnels.some(({ bgp }) => bgp !== undefined);

const rightRouting: Check = (request, { EnableBgp }) =>
  EnableBgp === true && !usesBgp(request)
    ? [
        refuse(
          "/routing/mode",
          "BGP is enabled on the gateway",
          "Use routing mode bgp, or mode policy with tunnels[].bgp, or switch BGP off on it.",
        ),
      ]
    : [];

const checks: readonly Check[] = [usable, rightMode, rightType, rightRouting];

/** What the gateway's description says against the request. */
export function checkGateway(request: EffectiveRequest, gateway: GatewayDescription): PreflightFlaw[] {
  return checks.flatMap((check) => check(request, gateway));
}

/** What a customer gateway's description says against the request. */
export function checkCustomerGateway(
  request: EffectiveRequest,
  index: number,
  customer: CustomerGatewayDescription,
  gateway: GatewayDescription,
): PreflightFlaw[] {
  const pointer = `/tunnels/${index}/customerGatewayId`;
  const own = [gateway.InternetIp, gateway.DisasterRecoveryInternetIp];
  return [
    ...(customer.IpAddress !== undefined && own.includes(customer.IpAddress) ? [peerIsOurselves(pointer)] : []),
    ...(usesBgp(request) && !customer.Asn
      ? [refuse(pointer, "has no ASN, which BGP needs", "Make a customer gateway with the peer's ASN.")]
      : []),
  ];
}

/**
 * Connections between the same two gateways must have one key and one IKE configuration. Neither is compared: an answer
 * that says whether a key is right would let keys be guessed. They may be another tenant's, and are not named.
 */
export function describeSharedSettings(since: "are connected already" | "will be connected by then"): string {
  return `these gateways ${since}: Alibaba Cloud refuses another connection unless it has the same pre-shared key and the same IKE settings`;
}
