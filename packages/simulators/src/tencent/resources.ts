import * as z from "zod";

/** `*` means every region. */
const region = z.string().min(1).default("ap-shanghai");
const address = z.ipv4();

/** A VPN gateway in the words of DescribeVpnGateways, plus the traits that no call shows. */
export const gatewaySchema = z.strictObject({
  VpnGatewayId: z.string().min(1),
  Region: region,
  VpnGatewayName: z.string().default(""),
  /** Empty for a CCN gateway. */
  VpcId: z.string().default("vpc-demo"),
  Type: z.enum(["IPSEC", "SSL", "CCN", "SSL_CCN"]).default("IPSEC"),
  State: z.enum(["PENDING", "PENDING_ERROR", "DELETING", "DELETING_ERROR", "AVAILABLE"]).default("AVAILABLE"),
  RestrictState: z.enum(["NORMAL", "PROTECTIVELY_ISOLATED"]).default("NORMAL"),
  PublicIpAddress: address.default("203.0.113.1"),
  Version: z.string().default("3.0"),
  BgpAsn: z.number().int().positive().optional(),
  NetworkInstanceId: z.string().default(""),
  InternetMaxBandwidthOut: z.number().int().default(5),
  InstanceChargeType: z.string().default("POSTPAID_BY_HOUR"),
  RenewFlag: z.string().default(""),
  Zone: z.string().default("ap-shanghai-2"),
  CreatedTime: z.string().default("2018-12-13 09:15:02"),
  traits: z
    .strictObject({
      /** False on gateways that know no BGP, whatever their ASN. */
      supportsBgp: z.boolean().default(true),
      /** The network of the gateway's VPC; remote networks may not overlap it. */
      vpcCidr: z.cidrv4().optional(),
      /** Further networks of the VPC, which DescribeVpcs shows; nothing is documented of how they count. */
      assistantCidrs: z.array(z.cidrv4()).default([]),
    })
    .prefault({}),
});

/** See {@link gatewaySchema}. */
export type Gateway = z.infer<typeof gatewaySchema>;

/** A customer gateway in the words of DescribeCustomerGateways. */
export const customerGatewaySchema = z.strictObject({
  CustomerGatewayId: z.string().min(1),
  Region: region,
  CustomerGatewayName: z.string().default(""),
  IpAddress: address.default("198.51.100.1"),
  BgpAsn: z.number().int().positive().optional(),
  CreatedTime: z.string().default("2018-12-13 09:15:02"),
});

/** See {@link customerGatewaySchema}. */
export type CustomerGateway = z.infer<typeof customerGatewaySchema>;

/** A gateway of the estate, defaults left out. */
export type GatewayInput = z.input<typeof gatewaySchema>;
/** A customer gateway of the estate, defaults left out. */
export type CustomerGatewayInput = z.input<typeof customerGatewaySchema>;

/** One pair of an SPD: what may talk to what. */
export interface SecurityPolicy {
  readonly LocalCidrBlock: string;
  readonly RemoteCidrBlock: readonly string[];
}

/** Phase 1, every default filled in. */
export interface IkeOptions {
  readonly PropoEncryAlgorithm: string;
  readonly PropoAuthenAlgorithm: string;
  readonly ExchangeMode: string;
  readonly LocalIdentity: string;
  readonly RemoteIdentity: string;
  readonly LocalAddress: string;
  readonly RemoteAddress: string;
  readonly LocalFqdnName: string;
  readonly RemoteFqdnName: string;
  readonly DhGroupName: string;
  readonly IKESaLifetimeSeconds: number;
  readonly IKEVersion: string;
}

/** Phase 2, every default filled in. */
export interface IpsecOptions {
  readonly EncryptAlgorithm: string;
  readonly IntegrityAlgorith: string;
  readonly IPSECSaLifetimeSeconds: number;
  readonly PfsDhGroup: string;
  readonly IPSECSaLifetimeTraffic: number;
}

/** BGP of a connection with the numbers that its two gateways add. */
export interface BgpConfig {
  readonly TunnelCidr: string;
  readonly LocalBgpIp: string;
  readonly RemoteBgpIp: string;
  readonly LocalBgpAsn: string;
  readonly RemoteBgpAsn: string;
}

/** The probes of the health check. */
export interface HealthCheckConfig {
  readonly ProbeType: string;
  readonly ProbeInterval: number;
  readonly ProbeThreshold: number;
  readonly ProbeTimeout: number;
}

/** How far a connection has negotiated with its peer, in the words of DescribeVpnConnections. */
export const negotiationSchema = z.strictObject({
  NetStatus: z.enum(["AVAILABLE", ""]),
  /** Shown only where the health check is on. */
  HealthCheckStatus: z.enum(["AVAILABLE", "UNAVAILABLE"]).optional(),
});

/** See {@link negotiationSchema}. */
export type Negotiation = z.infer<typeof negotiationSchema>;

/** An IPsec connection ("VPN tunnel") as the cloud keeps it. */
export interface Connection {
  readonly VpnConnectionId: string;
  readonly Region: string;
  readonly VpcId: string;
  readonly VpnGatewayId: string;
  readonly CustomerGatewayId: string;
  readonly VpnConnectionName: string;
  readonly PreShareKey: string;
  readonly RouteType: string;
  readonly SecurityPolicyDatabaseSet: readonly SecurityPolicy[];
  readonly IKEOptionsSpecification: IkeOptions;
  readonly IPSECOptionsSpecification: IpsecOptions;
  readonly NegotiationType: string;
  readonly DpdEnable: number;
  readonly DpdTimeout: string;
  readonly DpdAction: string;
  readonly EnableHealthCheck: boolean;
  readonly HealthCheckLocalIp: string;
  readonly HealthCheckRemoteIp: string;
  readonly HealthCheckConfig?: HealthCheckConfig;
  readonly BgpConfig?: BgpConfig;
  tags: Readonly<Record<string, string>>;
  /** As the control API set it; absent = not connected. */
  negotiation?: Negotiation;
  readonly createdAt: number;
  /** Until then describe calls do not show it, when list consistency is delayed. */
  readonly visibleAt: number;
  /** `PENDING` before, `AVAILABLE` from then on. */
  settledAt: number;
  /** From then on it does not exist any more. */
  goneAt?: number;
  /** Why it goes: on request, or because its creation was made to fail. */
  leaving?: "deleted" | "failed";
}

/** The background work of one create or delete, asked for by the RequestId of the call. */
export interface Task {
  readonly taskId: string;
  readonly endsAt: number;
  readonly result: "SUCCESS" | "FAILED";
  readonly resourceId: string;
}
