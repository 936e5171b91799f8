import { VendorProblem } from "../rules.ts";
import type { ProviderCall } from "../vendor-call.ts";

const everywhere = ["RegionId", "OwnerAccount", "OwnerId", "ResourceOwnerAccount", "ResourceOwnerId"];
const paging = ["PageNumber", "PageSize"];
const tags = ["Tag.N.Key", "Tag.N.Value"];
const switches = ["EnableDpd", "EnableNatTraversal", "RemoteCaCertificate"];
const outline = ["Name", "LocalSubnet", "RemoteSubnet", "EffectImmediately", "AutoConfigRoute", "ClientToken"];

const tunnel = [
  "Role",
  "CustomerGatewayId",
  ...switches,
  ...["Psk", "IkeVersion", "IkeMode", "IkeEncAlg", "IkeAuthAlg", "IkePfs", "IkeLifetime", "LocalId", "RemoteId"].map(
    (name) => `TunnelIkeConfig.${name}`,
  ),
  ...["IpsecEncAlg", "IpsecAuthAlg", "IpsecPfs", "IpsecLifetime"].map((name) => `TunnelIpsecConfig.${name}`),
  ...["LocalAsn", "TunnelCidr", "LocalBgpIp"].map((name) => `TunnelBgpConfig.${name}`),
].map((name) => `TunnelOptionsSpecification.N.${name}`);

/** Of each action what is simulated, numbers in a name being `N`. */
const simulated: Readonly<Record<string, readonly string[]>> = {
  CreateVpnConnection: [
    ...outline,
    ...switches,
    ...tunnel,
    "VpnGatewayId",
    "CustomerGatewayId",
    "IkeConfig",
    "IpsecConfig",
    "BgpConfig",
    "HealthCheckConfig",
    "EnableTunnelsBgp",
    "DryRun",
    "Tags.N.Key",
    "Tags.N.Value",
  ],
  DeleteVpnConnection: ["VpnConnectionId", "ClientToken"],
  DescribeCustomerGateway: ["CustomerGatewayId"],
  DescribeCustomerGateways: ["CustomerGatewayId", ...paging],
  DescribeVpnConnection: ["VpnConnectionId"],
  DescribeVpnConnections: ["VpnConnectionId", "VpnGatewayId", "CustomerGatewayId", ...tags, ...paging],
  // No gateway has pending orders, and no list of tags is so long that it has a second page.
  DescribeVpnGateway: ["VpnGatewayId", "IncludeReservationData"],
  DescribeVpnGateways: ["VpnGatewayId", "VpcId", "Status", "BusinessStatus", "IncludeReservationData", ...paging],
  DiagnoseVpnConnections: ["VpnConnectionIds.N", "TunnelIds.N", ...paging],
  ListTagResources: ["ResourceType", "ResourceId.N", ...tags, "NextToken", "MaxResults"],
  ModifyVpnConnectionAttribute: ["VpnConnectionId", ...outline, ...switches, "IkeConfig", "IpsecConfig"],
  TagResources: ["ResourceType", "ResourceId.N", ...tags],
  UnTagResources: ["ResourceType", "ResourceId.N", "TagKey.N", "All"],
};

/** Throws for a parameter that would be ignored, so that nothing which is asked for is left out in silence. */
export function requireSimulated({ action, parameters }: ProviderCall): void {
  const known = new Set([...everywhere, ...(simulated[action] ?? [])]);
  const unknown = Object.keys(parameters).find((name) => !known.has(name.replaceAll(/\.\d+(?=\.|$)/g, ".N")));
  if (unknown === undefined) return;
  const [name = ""] = unknown.split(".");
  throw new VendorProblem({
    code: `InvalidParameter.${name}`,
    detail: `The specified parameter ${unknown} is not simulated.`,
  });
}
