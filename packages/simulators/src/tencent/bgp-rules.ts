import { isHost, overlaps, parseAddress, parseNetwork } from "../ipv4.ts";
import type { Rule } from "../rules.ts";
import type { CreateContext } from "./gateway-rules.ts";

/** Rules for the two ways to ask for BGP, which must agree. */
const agreementRules: readonly Rule<CreateContext>[] = [
  ({ request }) =>
    request.RouteType === "Bgp" && !request.BgpConfig
      ? { code: "InvalidParameterValue.Empty", detail: "BgpConfig" }
      : undefined,
  ({ request }) =>
    request.BgpConfig && request.RouteType !== "Bgp"
      ? { code: "InvalidParameter.Coexist", detail: "BgpConfig, RouteType" }
      : undefined,
];

/** Rules for a connection that uses BGP: first the autonomous systems, then the tunnel network. */
const activeRules: readonly Rule<CreateContext>[] = [
  ({ gateway }) => (gateway.traits.supportsBgp ? undefined : { code: "UnsupportedOperation.VpnUnsupportedBgp" }),
  ({ gateway }) =>
    gateway.BgpAsn === undefined ? { code: "UnsupportedOperation.VpnUnsupportedNotExistBgpAsn" } : undefined,
  ({ customerGateway }) =>
    customerGateway.BgpAsn === undefined
      ? { code: "UnsupportedOperation.VpnUnsupportedUsrGwNotExistBgpAsn" }
      : undefined,
  ({ gateway, customerGateway: { CustomerGatewayId, BgpAsn }, siblings }) => {
    const otherPeer = siblings.some(
      (other) => other.CustomerGatewayId !== CustomerGatewayId && other.BgpConfig?.RemoteBgpAsn === String(BgpAsn),
    );
    return gateway.BgpAsn === BgpAsn || otherPeer
      ? { code: "UnsupportedOperation.VpnUnsupportedBgpAsnEqual" }
      : undefined;
  },
  ({ request: { BgpConfig: bgp } }) =>
    parseNetwork(bgp?.TunnelCidr ?? "")
      ? undefined
      : { code: "InvalidParameterValue.Malformed", detail: "BgpConfig.TunnelCidr" },
  ({ request: { BgpConfig: bgp } }) => {
    const network = parseNetwork(bgp?.TunnelCidr ?? "");
    return network?.prefix === 30 ? undefined : { code: "InvalidParameterValue.VpnConnBgpTunnelCidrMask" };
  },
  ({ request: { BgpConfig: bgp } }) => {
    const network = parseNetwork(bgp?.TunnelCidr ?? "");
    const addresses = [bgp?.LocalBgpIp, bgp?.RemoteBgpIp].map((text) => parseAddress(text ?? ""));
    const apart = addresses[0] !== addresses[1];
    const inside = addresses.every(
      (address) => network !== undefined && address !== undefined && isHost(network, address),
    );
    return apart && inside ? undefined : { code: "InvalidParameterValue.VpnConnBgpTunnelCidrNotSupported" };
  },
  ({ request, siblings }) => {
    const own = parseNetwork(request.BgpConfig?.TunnelCidr ?? "");
    const conflict = siblings.some(({ BgpConfig }) => {
      const other = parseNetwork(BgpConfig?.TunnelCidr ?? "");
      return own !== undefined && other !== undefined && overlaps(own, other);
    });
    return conflict ? { code: "InvalidParameterValue.VpnConnBgpTunnelCidrConflict" } : undefined;
  },
];

/** What the document asks of BGP; tunnel networks are unique per gateway. */
export const bgpRules: readonly Rule<CreateContext>[] = [
  ...agreementRules,
  ...activeRules.map(
    (rule): Rule<CreateContext> =>
      (context) =>
        context.request.BgpConfig ? rule(context) : undefined,
  ),
];
