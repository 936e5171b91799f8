import { anyOverlap, contains, type Network, parseAddress, parseNetwork } from "../ipv4.ts";
import type { Problem, Rule } from "../rules.ts";
import type { ConnectionRequest } from "./connection-request.ts";
import type { Connection, CustomerGateway, Gateway, Tunnel } from "./resources.ts";

/** Everything a create is judged by: what is asked for, its gateways and what they already carry. */
export interface CreateContext {
  readonly request: ConnectionRequest;
  readonly gateway: Gateway;
  /** One per tunnel, in the same order. */
  readonly customerGateways: readonly CustomerGateway[];
  /** The connections that exist on the same gateway. */
  readonly siblings: readonly Connection[];
  readonly regionConnections: number;
  readonly quotas: Readonly<Record<string, number>>;
}

/** A create whose tunnels have every default filled in. */
export interface ResolvedContext extends CreateContext {
  readonly tunnels: readonly Tunnel[];
}

const everything = "0.0.0.0/0";

/** Whether the gateway can carry IPsec connections at all. */
export const gatewayRules: readonly Rule<Gateway>[] = [
  ({ BusinessStatus }) => (BusinessStatus === "FinancialLocked" ? { code: "VpnGateway.FinancialLocked" } : undefined),
  ({ IpsecVpn }) => (IpsecVpn === "enable" ? undefined : { code: "VpnGateway.IpsecVpnDisabled" }),
  ({ traits }) => (traits.ipsecServer ? { code: "VpnGateway.IPsecServerAndVpnConnectionConflict" } : undefined),
];

/** What a create and a change have in common. */
type Outline = Pick<ConnectionRequest, "name" | "localSubnet" | "remoteSubnet">;

/** The name and the networks: two lists of networks, or everything on both sides. */
export const outlineRules: readonly Rule<Outline>[] = [
  ({ name }) =>
    name !== undefined && ([...name].length > 100 || /^https?:\/\//.test(name))
      ? { code: "InvalidParameter.VpnConnectionName" }
      : undefined,
  ({ localSubnet }) => malformedNetwork("LocalSubnet", localSubnet),
  ({ remoteSubnet }) => malformedNetwork("RemoteSubnet", remoteSubnet),
  // One side with everything and the other with a network is neither of the two documented modes.
  ({ localSubnet, remoteSubnet }) =>
    isEverything(localSubnet) && !isEverything(remoteSubnet)
      ? { code: "IllegalParam.LocalSubnet", detail: localSubnet }
      : undefined,
  ({ localSubnet, remoteSubnet }) =>
    isEverything(remoteSubnet) && !isEverything(localSubnet)
      ? { code: "IllegalParam.RemoteSubnet", detail: remoteSubnet }
      : undefined,
  ({ localSubnet, remoteSubnet }) =>
    !isEverything(remoteSubnet) && anyOverlap(networks(localSubnet), networks(remoteSubnet))
      ? { code: "IllegalParam.RemoteSubnet", detail: remoteSubnet }
      : undefined,
];

/** What else can be judged without looking at the estate. */
export const requestRules: readonly Rule<ConnectionRequest>[] = [
  ...outlineRules,
  ({ healthCheck }) => {
    const addresses = [healthCheck["sip"], healthCheck["dip"]].filter(Boolean) as string[];
    const counts = [healthCheck["interval"], healthCheck["retry"]].filter(Boolean) as string[];
    const enable = healthCheck["enable"] ?? "false";
    const sound =
      /^(true|false)$/i.test(enable) &&
      addresses.every((address) => parseAddress(address) !== undefined) &&
      counts.every((count) => /^[1-9]\d*$/.test(count));
    return sound ? undefined : { code: "IllegalParam.HealthCheckConfig" };
  },
  ({ dualTunnel, tunnels }) => {
    const roles = new Set(tunnels.map(({ role }) => role));
    const complete =
      tunnels.length === 2 &&
      roles.has("master") &&
      roles.has("slave") &&
      tunnels.every((tunnel) => tunnel.customerGatewayId);
    return !dualTunnel || complete ? undefined : { code: "MissingParameter.TunnelOptionsSpecification" };
  },
];

/** What the gateway, its routes and its other connections have to say about the new one. */
export const estateRules: readonly Rule<ResolvedContext>[] = [
  ({ gateway, customerGateways }) => {
    const gatewayAddresses = [gateway.InternetIp, gateway.DisasterRecoveryInternetIp];
    return customerGateways.some(({ IpAddress }) => gatewayAddresses.includes(IpAddress))
      ? { code: "CustomerGateway.ConflictVpnIp" }
      : undefined;
  },
  ({ request, customerGateways }) => {
    if (isEverything(request.remoteSubnet)) return undefined;
    const inside = customerGateways.some(({ IpAddress }) =>
      networks(request.remoteSubnet).some((network) => contains(network, parseAddress(IpAddress) ?? -1)),
    );
    return inside ? { code: "CustomerGateway.ConflictRouteEntry" } : undefined;
  },
  routeRule("VpnRouteEntry.AlreadyExists", (remote, { traits }) =>
    traits.routes.some((route) => remote.split(",").includes(route)),
  ),
  routeRule("VpnRouteEntry.Conflict", (remote, { traits }) =>
    anyOverlap(networks(remote), networks(traits.routes.join(","))),
  ),
  routeRule("VpnRouteEntry.ConflictSSL", (remote, { traits }) =>
    anyOverlap(networks(remote), networks(traits.sslClientCidr ?? "")),
  ),
  ({ request, siblings, tunnels }) =>
    siblings.some(
      (sibling) =>
        sharesCustomerGateway(sibling, tunnels) &&
        sibling.Name === (request.name ?? "") &&
        sibling.LocalSubnet === request.localSubnet &&
        sibling.RemoteSubnet === request.remoteSubnet,
    )
      ? { code: "InvalidVpnConnection.AlreadyExists" }
      : undefined,
  ({ siblings, tunnels }) =>
    siblings.some((sibling) => sibling.tunnels.some((other) => differsInIke(other, tunnels)))
      ? { code: "VpnConnectionParamInvalid.SameVpnAndCgwDifferentIkeConfigs" }
      : undefined,
  ({ request, siblings, tunnels }) =>
    siblings.some(
      (sibling) =>
        sharesCustomerGateway(sibling, tunnels) &&
        anyOverlap(networks(sibling.LocalSubnet), networks(request.localSubnet)) &&
        anyOverlap(networks(sibling.RemoteSubnet), networks(request.remoteSubnet)),
    )
      ? { code: "VpnConnectionParamInvalid.SameVpnAndCgwTrafficSelectorOverlap" }
      : undefined,
];

/** Networks of a comma-separated list; what is no network is left out. */
function networks(csv: string): Network[] {
  return csv.split(",").flatMap((text) => parseNetwork(text.trim()) ?? []);
}

function isEverything(csv: string): boolean {
  return csv.split(",").some((text) => text.trim() === everything);
}

function malformedNetwork(name: "LocalSubnet" | "RemoteSubnet", csv: string): Problem | undefined {
  const wrong = csv.split(",").find((text) => !parseNetwork(text.trim())?.canonical);
  const mixed = isEverything(csv) && csv.includes(",");
  if (wrong === undefined && !mixed) return undefined;
  return { code: `IllegalParam.${name}`, detail: wrong ?? csv };
}

/** Only a connection that makes its routes by itself can collide with routes made by hand. */
function routeRule(code: string, collides: (remoteSubnet: string, gateway: Gateway) => boolean): Rule<ResolvedContext> {
  return ({ request, gateway }) =>
    request.autoConfigRoute && !isEverything(request.remoteSubnet) && collides(request.remoteSubnet, gateway)
      ? { code }
      : undefined;
}

function sharesCustomerGateway(sibling: Connection, tunnels: readonly Tunnel[]): boolean {
  return sibling.tunnels.some((other) =>
    tunnels.some((tunnel) => tunnel.CustomerGatewayId === other.CustomerGatewayId),
  );
}

/** Tunnels meet at one address of the gateway each: the default `LocalId` of a master is not that of a slave. */
function differsInIke(other: Tunnel, tunnels: readonly Tunnel[]): boolean {
  return tunnels.some(
    (tunnel) =>
      tunnel.CustomerGatewayId === other.CustomerGatewayId &&
      tunnel.InternetIp === other.InternetIp &&
      JSON.stringify(tunnel.ike) !== JSON.stringify(other.ike),
  );
}
