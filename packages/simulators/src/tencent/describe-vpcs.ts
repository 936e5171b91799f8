import * as z from "zod";
import type { ProviderCall } from "../vendor-call.ts";
import { isIn, type TencentAccount } from "./account.ts";
import { filters, ids, select } from "./describe.ts";
import { readParameters } from "./parameters.ts";
import type { Gateway } from "./resources.ts";

type Body = Record<string, unknown>;

/** Of this action alone, `Offset` and `Limit` are text (SDK 4.1.313). */
const vpcsSchema = z.strictObject({
  VpcIds: ids,
  Filters: filters,
  Offset: z.string().optional(),
  Limit: z.string().optional(),
});
const limitsSchema = z.strictObject({ LimitTypes: z.array(z.string()) });

/** DescribeVpcs: the VPCs of the gateways; one whose network the simulator does not know shows none. */
export function describeVpcs(account: TencentAccount, call: ProviderCall): Body {
  const { VpcIds, Filters, Offset, Limit } = readParameters(vpcsSchema, call.parameters);
  const gateways = [...account.gateways.values()].filter((gateway) => isIn(call.region, gateway) && gateway.VpcId);
  const vpcs = new Map(gateways.map((gateway) => [gateway.VpcId, viewVpc(gateway)]));
  const { items, TotalCount } = select(
    [...vpcs.values()],
    "VpcId",
    { "vpc-id": "VpcId", "vpc-name": "VpcName", "cidr-block": "CidrBlock" },
    {
      ids: VpcIds,
      ...(Filters && { Filters }),
      ...(Offset !== undefined && { Offset: Number(Offset) }),
      ...(Limit !== undefined && { Limit: Number(Limit) }),
    },
  );
  return { TotalCount, VpcSet: items };
}

function viewVpc({ VpcId, CreatedTime, traits }: Gateway): Body {
  return {
    VpcId,
    VpcName: VpcId,
    CidrBlock: traits.vpcCidr ?? "",
    IsDefault: false,
    EnableMulticast: false,
    CreatedTime,
    DnsServerSet: [],
    DomainName: "",
    DhcpOptionsId: "",
    EnableDhcp: true,
    Ipv6CidrBlock: "",
    TagSet: [],
    AssistantCidrSet: traits.assistantCidrs.map((CidrBlock) => ({ VpcId, CidrBlock, AssistantType: 0, SubnetSet: [] })),
  };
}

/** The documented types (248/42942) of which the simulator keeps a quota. */
const limitTypes: Readonly<Record<string, string>> = {
  "appid-max-vpn-connections": "connectionsPerRegion",
  "custom-gateway-max-vpn-connections": "connectionsPerCustomerGateway",
  "vpn-gateway-max-custom-gateways": "connectionsPerGateway",
};

/** DescribeVpcLimits: the quotas of those types that are asked for and known. */
export function describeVpcLimits(account: TencentAccount, call: ProviderCall): Body {
  const { LimitTypes } = readParameters(limitsSchema, call.parameters);
  return {
    VpcLimitSet: LimitTypes.flatMap((LimitType) => {
      const LimitValue = account.settings.quotas[limitTypes[LimitType] ?? ""];
      return LimitValue === undefined ? [] : [{ LimitType, LimitValue }];
    }),
  };
}
