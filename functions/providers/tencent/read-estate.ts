import * as z from "zod";
import { count, ipAddress, label, maybeObject, maybeRows, requiredCount, word } from "../../domain/provider/answer.ts";
import type { createReader } from "../../domain/provider/read-answer.ts";
import { toRequest } from "./requests.ts";

/** The little of DescribeVpnConnections that a new tunnel can collide with; nothing else is taken, the key least of all. */
const tunnelPage = z.object({
  TotalCount: count,
  VpnConnectionSet: z.array(
    z
      .object({
        VpnConnectionId: label,
        VpnConnectionName: label,
        CustomerGatewayId: label,
        SecurityPolicyDatabaseSet: maybeRows({ LocalCidrBlock: word, RemoteCidrBlock: z.array(word).catch([]) }),
        BgpConfig: maybeObject({ TunnelCidr: word, RemoteBgpAsn: count }),
        HealthCheckLocalIp: ipAddress,
        HealthCheckRemoteIp: ipAddress,
      })
      .refine(
        // A tunnel that is new may be shown without its id.
        ({ VpnConnectionId, VpnConnectionName }) => VpnConnectionId !== undefined || VpnConnectionName !== undefined,
      ),
  ),
});
const vpcs = z.object({
  VpcSet: z.array(z.object({ VpcId: label, CidrBlock: word, AssistantCidrSet: maybeRows({ CidrBlock: word }) })),
});
const customerGateways = z.object({ CustomerGatewaySet: maybeRows({ CustomerGatewayId: label, BgpAsn: count }) });
const limits = z.object({ VpcLimitSet: maybeRows({ LimitType: word, LimitValue: count }) });
const counted = z.object({ TotalCount: requiredCount });

export type ExistingTunnel = z.infer<typeof tunnelPage>["VpnConnectionSet"][number];
export type Vpc = z.infer<typeof vpcs>["VpcSet"][number];
type Read = ReturnType<typeof createReader>["read"];

const pageSize = 100;
const maxPages = 20;

/** The tunnels that a gateway has. */
export async function readTunnels(read: Read, vpnGatewayId: string): Promise<ExistingTunnel[]> {
  const found: ExistingTunnel[] = [];
  for (let page = 0; page < maxPages; page += 1) {
    const request = toRequest("DescribeVpnConnections", {
      Filters: [{ Name: "vpn-gateway-id", Values: [vpnGatewayId] }],
      Offset: page * pageSize,
      Limit: pageSize,
    });
    const { VpnConnectionSet, TotalCount } = await read(tunnelPage, request);
    found.push(...VpnConnectionSet);
    if (VpnConnectionSet.length < pageSize || found.length >= (TotalCount ?? Infinity)) break;
  }
  return found;
}

export async function readVpc(read: Read, vpcId: string): Promise<Vpc | undefined> {
  const { VpcSet } = await read(vpcs, toRequest("DescribeVpcs", { VpcIds: [vpcId] }));
  return VpcSet.find(({ VpcId }) => VpcId === vpcId);
}

/** The ASNs of these customer gateways, as far as they have one. */
export async function readAsns(read: Read, ids: readonly string[]): Promise<Map<string, number>> {
  const request = toRequest("DescribeCustomerGateways", { CustomerGatewayIds: [...new Set(ids)] });
  const { CustomerGatewaySet } = await read(customerGateways, request);
  return new Map(
    CustomerGatewaySet.flatMap(({ CustomerGatewayId, BgpAsn }) =>
      CustomerGatewayId === undefined || BgpAsn === undefined ? [] : [[CustomerGatewayId, BgpAsn] as const],
    ),
  );
}

/** How many tunnels there may be of one kind, and how many there are. */
export interface Quota {
  of: string;
  pointer: string;
  limit: number;
  used: number;
}

/** The quotas of tunnels: types of DescribeVpcLimits (document 248/42942), each with what it counts. */
export async function readQuotas(
  read: Read,
  { vpnGatewayId, customerGatewayId }: { vpnGatewayId: string; customerGatewayId: string },
): Promise<Quota[]> {
  const kinds = [
    {
      type: "vpn-gateway-max-custom-gateways",
      of: "the VPN gateway",
      pointer: "/vpnGatewayId",
      filter: ["vpn-gateway-id", vpnGatewayId],
    },
    {
      type: "custom-gateway-max-vpn-connections",
      of: "the customer gateway",
      pointer: "/tunnels/0/customerGatewayId",
      filter: ["customer-gateway-id", customerGatewayId],
    },
    { type: "appid-max-vpn-connections", of: "the account in this region", pointer: "/region", filter: [] },
  ] as const;
  const { VpcLimitSet } = await read(
    limits,
    toRequest("DescribeVpcLimits", { LimitTypes: kinds.map(({ type }) => type) }),
  );
  const known = kinds.flatMap((kind) => {
    const limit = VpcLimitSet.find(({ LimitType }) => LimitType === kind.type)?.LimitValue;
    return limit === undefined ? [] : [{ ...kind, limit }];
  });
  return Promise.all(
    known.map(async ({ of, pointer, limit, filter: [name, value] }) => {
      const filters = name === undefined ? {} : { Filters: [{ Name: name, Values: [value] }] };
      const { TotalCount } = await read(counted, toRequest("DescribeVpnConnections", { ...filters, Limit: 1 }));
      return { of, pointer, limit, used: TotalCount };
    }),
  );
}
