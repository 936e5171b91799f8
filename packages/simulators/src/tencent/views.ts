import { showInstead } from "../show-instead.ts";
import type { TencentAccount } from "./account.ts";
import type { Connection, CustomerGateway, Gateway } from "./resources.ts";

type View = Record<string, unknown>;

const beijingOffset = 8 * 3_600_000;

/** A gateway as DescribeVpnGateways shows it. */
export function viewGateway(gateway: Gateway): View {
  const { Region: _region, traits: _traits, ...documented } = gateway;
  return {
    ...documented,
    ExpiredTime: "",
    IsAddressBlocked: false,
    NewPurchasePlan: "",
    VpnGatewayQuotaSet: [],
    CdcId: "",
    MaxConnection: 0,
    TagSet: [],
  };
}

/** A customer gateway as DescribeCustomerGateways shows it. */
export function viewCustomerGateway(customerGateway: CustomerGateway): View {
  const { Region: _region, ...documented } = customerGateway;
  return documented;
}

/** A connection as DescribeVpnConnections shows it, the pre-shared key in clear like the real cloud. */
export function viewConnection(account: TencentAccount, connection: Connection): View {
  return showInstead(describeConnection(account, connection), account.settings.shownInstead);
}

function describeConnection(account: TencentAccount, connection: Connection): View {
  return {
    ...identity(connection),
    State: account.connectionState(connection),
    NetStatus: connection.negotiation?.NetStatus ?? "",
    VpnProto: "IPSEC",
    EncryptProto: "IKE",
    RouteType: connection.RouteType,
    CreatedTime: formatTime(connection.createdAt),
    SecurityPolicyDatabaseSet: connection.SecurityPolicyDatabaseSet,
    IKEOptionsSpecification: connection.IKEOptionsSpecification,
    IPSECOptionsSpecification: connection.IPSECOptionsSpecification,
    NegotiationType: connection.NegotiationType,
    DpdEnable: connection.DpdEnable,
    DpdTimeout: connection.DpdTimeout,
    DpdAction: connection.DpdAction,
    EnableHealthCheck: connection.EnableHealthCheck,
    HealthCheckLocalIp: connection.HealthCheckLocalIp,
    HealthCheckRemoteIp: connection.HealthCheckRemoteIp,
    HealthCheckStatus: connection.EnableHealthCheck ? (connection.negotiation?.HealthCheckStatus ?? "UNAVAILABLE") : "",
    ...(connection.HealthCheckConfig && { HealthCheckConfig: connection.HealthCheckConfig }),
    ...(connection.BgpConfig && { BgpConfig: connection.BgpConfig }),
    TagSet: viewTags(connection.tags),
  };
}

/** The answer of a create: as in the document's sample, much of it is not filled in yet. */
export function viewFreshConnection(connection: Connection): View {
  return {
    ...identity(connection),
    State: "PENDING",
    NetStatus: "",
    VpnProto: "IPSEC",
    EncryptProto: "IKE",
    RouteType: connection.RouteType,
    CreatedTime: "0000-00-00 00:00:00",
    SecurityPolicyDatabaseSet: [],
    IKEOptionsSpecification: connection.IKEOptionsSpecification,
    IPSECOptionsSpecification: connection.IPSECOptionsSpecification,
    NegotiationType: "",
    DpdEnable: -1,
    DpdTimeout: "",
    DpdAction: "",
    EnableHealthCheck: connection.EnableHealthCheck,
    HealthCheckLocalIp: "",
    HealthCheckRemoteIp: "",
    HealthCheckStatus: "",
    TagSet: [],
  };
}

/** Tags in the vendor's list form. */
export function viewTags(tags: Readonly<Record<string, string>>): { Key: string; Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

function identity(connection: Connection): View {
  return {
    VpcId: connection.VpcId,
    VpnConnectionId: connection.VpnConnectionId,
    VpnConnectionName: connection.VpnConnectionName,
    VpnGatewayId: connection.VpnGatewayId,
    CustomerGatewayId: connection.CustomerGatewayId,
    PreShareKey: connection.PreShareKey,
  };
}

/** `2026-11-21 19:16:30` in Beijing time, the vendor's form. */
function formatTime(milliseconds: number): string {
  const text = new Date(milliseconds + beijingOffset).toISOString();
  return text.slice(0, 19).replace("T", " ");
}
