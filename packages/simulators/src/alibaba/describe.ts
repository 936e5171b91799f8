import { VendorProblem } from "../rules.ts";
import type { ProviderCall } from "../vendor-call.ts";
import type { AlibabaAccount } from "./account.ts";
import { integer, list, optional, type Parameters, required } from "./parameters.ts";
import type { Connection } from "./resources.ts";
import { viewConnection, viewCustomerGateway, viewGateway, viewTags } from "./views.ts";

type Body = Record<string, unknown>;

/** The regions this simulator knows; another one does not exist. */
export const regions = [
  "cn-beijing",
  "cn-chengdu",
  "cn-guangzhou",
  "cn-hangzhou",
  "cn-hongkong",
  "cn-shanghai",
  "cn-shenzhen",
  "cn-zhangjiakou",
  "ap-northeast-1",
  "ap-southeast-1",
  "eu-central-1",
  "us-east-1",
  "us-west-1",
];

/** DescribeRegions. */
export function describeRegions(): Body {
  const Region = regions.map((id) => ({
    RegionId: id,
    LocalName: id,
    RegionEndpoint: `vpc.${id}.aliyuncs.com`,
  }));
  return { Regions: { Region } };
}

/** DescribeVpnGateway: its `Status` tells whether a create is still under way. */
export function describeVpnGateway(account: AlibabaAccount, call: ProviderCall): Body {
  const id = required(call.parameters as Parameters, "VpnGatewayId");
  return viewGateway(account, account.gatewayIn(call.region, id));
}

/** DescribeVpnGateways, filtered by id, VPC, status and business status. */
export function describeVpnGateways(account: AlibabaAccount, call: ProviderCall): Body {
  const parameters = call.parameters as Parameters;
  const views = [...account.gateways.values()]
    .filter((gateway) => isIn(call.region, gateway))
    .filter((gateway) => matches(parameters, { VpnGatewayId: gateway.VpnGatewayId, VpcId: gateway.VpcId }))
    .map((gateway) => viewGateway(account, gateway))
    .filter((view) => matches(parameters, view, ["Status", "BusinessStatus"]));
  const { items, paging } = page(parameters, views);
  return { ...paging, VpnGateways: { VpnGateway: items } };
}

/** DescribeCustomerGateway. */
export function describeCustomerGateway(account: AlibabaAccount, call: ProviderCall): Body {
  const id = required(call.parameters as Parameters, "CustomerGatewayId");
  return viewCustomerGateway(account.customerGatewayIn(call.region, id));
}

/** DescribeCustomerGateways, filtered by id. */
export function describeCustomerGateways(account: AlibabaAccount, call: ProviderCall): Body {
  const parameters = call.parameters as Parameters;
  const views = [...account.customerGateways.values()]
    .filter((customerGateway) => isIn(call.region, customerGateway))
    .filter(({ CustomerGatewayId }) => matches(parameters, { CustomerGatewayId }))
    .map(viewCustomerGateway);
  const { items, paging } = page(parameters, views);
  return { ...paging, CustomerGateways: { CustomerGateway: items } };
}

/** DescribeVpnConnection: tags are under `Tags.Tag`. */
export function describeVpnConnection(account: AlibabaAccount, call: ProviderCall): Body {
  const id = required(call.parameters as Parameters, "VpnConnectionId");
  const connection = account.connectionIn(call.region, id);
  if (!account.visibleConnections().includes(connection)) {
    throw new VendorProblem({ code: "InvalidVpnConnectionInstanceId.NotFound" });
  }
  return { ...viewConnection(account, connection), Tags: { Tag: viewTags(connection.tags) } };
}

/** DescribeVpnConnections: no filter by name exists; tags are under `Tag.Tag`. */
export function describeVpnConnections(account: AlibabaAccount, call: ProviderCall): Body {
  const parameters = call.parameters as Parameters;
  const wantedTags = list(parameters, "Tag");
  const found = account
    .visibleConnections()
    .filter((connection) => isIn(call.region, connection))
    .filter((connection) => matchesConnection(parameters, connection))
    .filter(({ tags }) => wantedTags.every((tag) => hasTag(tags, tag)))
    .toReversed();
  const { items, paging } = page(parameters, found);
  const VpnConnection = items.map((connection) => ({
    ...viewConnection(account, connection),
    Tag: { Tag: viewTags(connection.tags) },
  }));
  return { ...paging, VpnConnections: { VpnConnection } };
}

/** True when a resource has the tag that a `Tag.N` filter asks for; a filter without a value takes any. */
export function hasTag(tags: Readonly<Record<string, string>>, wanted: Parameters): boolean {
  const key = wanted["Key"] ?? "";
  if (!Object.hasOwn(tags, key)) return false;
  return wanted["Value"] === undefined || wanted["Value"] === tags[key];
}

function matchesConnection(parameters: Parameters, connection: Connection): boolean {
  const customerGatewayId = optional(parameters, "CustomerGatewayId");
  const { VpnGatewayId, VpnConnectionId, tunnels } = connection;
  return (
    matches(parameters, { VpnGatewayId, VpnConnectionId }) &&
    (customerGatewayId === undefined || tunnels.some((tunnel) => tunnel.CustomerGatewayId === customerGatewayId))
  );
}

/** True when every named field that the call filters by has the wanted value. */
function matches(parameters: Parameters, fields: Body, names = Object.keys(fields)): boolean {
  return names.every((name) => {
    const wanted = optional(parameters, name);
    return wanted === undefined || wanted.toLowerCase() === String(fields[name]).toLowerCase();
  });
}

function isIn(region: string, resource: { readonly RegionId: string }): boolean {
  return resource.RegionId === region || resource.RegionId === "*";
}

/** Source: DescribeVpnConnectionsRequest, pages of 1 to 50, 10 by default. */
export function page<Item>(parameters: Parameters, all: readonly Item[]) {
  const PageNumber = integer(parameters, "PageNumber", { from: 1, to: 2 ** 31, fallback: 1 });
  const PageSize = integer(parameters, "PageSize", { from: 1, to: 50, fallback: 10 });
  const start = (PageNumber - 1) * PageSize;
  const paging = { TotalCount: all.length, PageNumber, PageSize };
  return { items: all.slice(start, start + PageSize), paging };
}
