import { isHost, type Network, overlaps, parseAddress, parseNetwork } from "../ipv4.ts";
import type { Rule } from "../rules.ts";
import type { CreateContext } from "./gateway-rules.ts";
import { optional, type Parameters } from "./parameters.ts";
import { parseAsn } from "./resolve-connection.ts";

const linkLocal = parseNetwork("169.254.0.0/16") as Network;
/** Source: the TunnelCidr comment of the SDK (7.3.2), newer than the document. */
const reserved = [...[0, 1, 2, 3, 4, 5, 6].map((third) => `169.254.${third}.0/30`), "169.254.169.252/30"].map(
  (text) => parseNetwork(text) as Network,
);

/** Rules for the connection that count whether or not it uses BGP. */
const connectionRules: readonly Rule<CreateContext>[] = [
  ({ request, gateway }) => (gateway.EnableBgp && !request.enableBgp ? { code: "IllegalParam.EnableBgp" } : undefined),
];

/** Rules for a connection that uses BGP, in the order in which they are checked. */
const activeRules: readonly Rule<CreateContext>[] = [
  ({ gateway }) => (gateway.traits.supportsBgp ? undefined : { code: "OperationUnsupported.EnableBgp" }),
  ({ gateway }) => (gateway.traits.fullModeCen ? { code: "OperationFailed.CenLevelNotSupport" } : undefined),
  ({ customerGateways }) =>
    customerGateways.every(({ Asn }) => Asn !== undefined) ? undefined : { code: "MissingParam.CustomerGatewayAsn" },
  everyTunnel("MissingParameter.TunnelCidr", (bgp) => optional(bgp, "TunnelCidr") !== undefined),
  everyTunnel("InvalidTunnelCidr.Malformed", (bgp) => tunnelNetwork(bgp) !== undefined),
  everyTunnel("IllegalParam.TunnelCidr", (bgp) => isUsable(tunnelNetwork(bgp))),
  everyTunnel("IllegalParam.LocalAsn", (bgp) => {
    const asn = optional(bgp, "LocalAsn");
    return asn === undefined || parseAsn(asn) !== undefined;
  }),
  everyTunnel("InvalidLocalBgpIp.Malformed", (bgp) => {
    const address = optional(bgp, "LocalBgpIp");
    return address === undefined || parseAddress(address) !== undefined;
  }),
  everyTunnel("IllegalParam.LocalBgpIp", (bgp) => {
    const network = tunnelNetwork(bgp);
    const address = parseAddress(optional(bgp, "LocalBgpIp") ?? "");
    return address === undefined || (network !== undefined && isHost(network, address));
  }),
  ({ request, siblings }) => {
    const own = request.tunnels.map(({ bgp }) => tunnelNetwork(bgp));
    const others = siblings
      .flatMap(({ tunnels }) => tunnels)
      .map(({ bgp }) => (bgp ? parseNetwork(bgp.TunnelCidr) : undefined));
    return anyPairOverlaps(own, others) ? { code: "IllegalParam.TunnelCidr" } : undefined;
  },
];

/** What the document and the SDK ask of BGP; tunnel networks are unique per gateway. */
export const bgpRules: readonly Rule<CreateContext>[] = [
  ...connectionRules,
  ...activeRules.map(
    (rule): Rule<CreateContext> =>
      (context) =>
        context.request.enableBgp ? rule(context) : undefined,
  ),
];

function everyTunnel(code: string, holds: (bgp: Parameters) => boolean): Rule<CreateContext> {
  return ({ request }) => (request.tunnels.every(({ bgp }) => holds(bgp)) ? undefined : { code });
}

function tunnelNetwork(bgp: Parameters): Network | undefined {
  return parseNetwork(optional(bgp, "TunnelCidr") ?? "");
}

function isUsable(network: Network | undefined): boolean {
  if (!network || network.prefix !== 30 || !network.canonical) return false;
  return overlaps(network, linkLocal) && !reserved.some((other) => overlaps(network, other));
}

/** True when one of our networks overlaps another of ours or one of the others. */
function anyPairOverlaps(own: readonly (Network | undefined)[], others: readonly (Network | undefined)[]): boolean {
  return own.some((network, index) =>
    [...own.slice(index + 1), ...others].some(
      (other) => network !== undefined && other !== undefined && overlaps(network, other),
    ),
  );
}
