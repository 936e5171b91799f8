import * as z from "zod";

const regionId = z.string().min(1).default("cn-shanghai");
const address = z.ipv4();

/** A VPN gateway in the words of DescribeVpnGateway, plus the traits that no call shows. */
export const gatewaySchema = z.strictObject({
  VpnGatewayId: z.string().min(1),
  RegionId: regionId,
  Name: z.string().default(""),
  Description: z.string().default(""),
  VpcId: z.string().default("vpc-demo"),
  VSwitchId: z.string().default("vsw-demo"),
  InternetIp: address.default("203.0.113.1"),
  /** Both DisasterRecovery fields exist on dual-tunnel gateways only. */
  DisasterRecoveryVSwitchId: z.string().optional(),
  DisasterRecoveryInternetIp: address.optional(),
  Status: z.enum(["init", "provisioning", "active", "updating", "deleting"]).default("active"),
  BusinessStatus: z.enum(["Normal", "FinancialLocked"]).default("Normal"),
  VpnType: z.enum(["Normal", "NationalStandard"]).default("Normal"),
  GatewayType: z.string().default("Traditional"),
  IpsecVpn: z.enum(["enable", "disable"]).default("enable"),
  SslVpn: z.enum(["enable", "disable"]).default("disable"),
  EnableBgp: z.boolean().default(false),
  Spec: z.string().default("200M"),
  ChargeType: z.string().default("POSTPAY"),
  CreateTime: z.number().int().default(1_544_666_102_000),
  traits: z
    .strictObject({
      /** False on old gateway versions that know no DPD switch, NAT traversal switch or BGP. */
      supportsDpd: z.boolean().default(true),
      supportsNatTraversal: z.boolean().default(true),
      supportsBgp: z.boolean().default(true),
      /** Whether a GM gateway has its certificate. */
      certificate: z.boolean().default(false),
      ipsecServer: z.boolean().default(false),
      fullModeCen: z.boolean().default(false),
      /** Destinations of routes made by hand, and the network of SSL clients. */
      routes: z.array(z.cidrv4()).default([]),
      sslClientCidr: z.cidrv4().optional(),
    })
    .prefault({}),
});

/** See {@link gatewaySchema}. */
export type Gateway = z.infer<typeof gatewaySchema>;

/** A customer gateway in the words of DescribeCustomerGateway. */
export const customerGatewaySchema = z.strictObject({
  CustomerGatewayId: z.string().min(1),
  RegionId: regionId,
  Name: z.string().default(""),
  Description: z.string().default(""),
  IpAddress: address.default("198.51.100.1"),
  Asn: z.number().int().positive().optional(),
  CreateTime: z.number().int().default(1_544_666_102_000),
});

/** See {@link customerGatewaySchema}. */
export type CustomerGateway = z.infer<typeof customerGatewaySchema>;

/** A gateway of the estate, defaults left out. */
export type GatewayInput = z.input<typeof gatewaySchema>;
/** A customer gateway of the estate, defaults left out. */
export type CustomerGatewayInput = z.input<typeof customerGatewaySchema>;

/** Phase 1 of one tunnel, every default filled in. */
export interface IkeConfig {
  readonly Psk: string;
  readonly IkeVersion: string;
  readonly IkeMode: string;
  readonly IkeEncAlg: string;
  readonly IkeAuthAlg: string;
  readonly IkePfs: string;
  readonly IkeLifetime: number;
  readonly LocalId: string;
  readonly RemoteId: string;
}

/** Phase 2 of one tunnel, every default filled in. */
export interface IpsecConfig {
  readonly IpsecEncAlg: string;
  readonly IpsecAuthAlg: string;
  readonly IpsecPfs: string;
  readonly IpsecLifetime: number;
}

/** BGP of one tunnel; the peer's half follows from the customer gateway and the /30. */
export interface BgpConfig {
  readonly LocalAsn: number;
  readonly TunnelCidr: string;
  readonly LocalBgpIp: string;
  readonly PeerAsn: number;
  readonly PeerBgpIp: string;
}

/** How far a tunnel has negotiated with its peer, in the words of DescribeVpnConnection and DiagnoseVpnConnections. */
export const negotiationSchema = z.strictObject({
  Status: z.enum(["ike_sa_not_established", "ike_sa_established", "ipsec_sa_not_established", "ipsec_sa_established"]),
  /** What a diagnosis finds while the tunnel is not established; absent = nothing. */
  diagnosis: z
    .strictObject({
      FailedReasonCode: z.string(),
      FailedReason: z.string(),
      MismatchLocalParam: z.string(),
      MismatchRemoteParam: z.string(),
      Severity: z.enum(["Critical", "Warn", "Normal"]),
    })
    .partial()
    .optional(),
});

/** See {@link negotiationSchema}. */
export type Negotiation = z.infer<typeof negotiationSchema>;

/** One tunnel of a connection; a single-tunnel connection has one with the role `master`. */
export interface Tunnel {
  readonly TunnelId: string;
  readonly Role: string;
  readonly CustomerGatewayId: string;
  readonly InternetIp: string;
  readonly EnableDpd: boolean;
  readonly EnableNatTraversal: boolean;
  readonly RemoteCaCertificate: string;
  readonly ike: IkeConfig;
  readonly ipsec: IpsecConfig;
  readonly bgp?: BgpConfig;
  /** As the control API set it; absent = not established. */
  readonly negotiation?: Negotiation;
}

/** The health check of a single-tunnel connection. */
export interface HealthCheck {
  readonly enable: boolean;
  readonly sip: string;
  readonly dip: string;
  readonly interval: number;
  readonly retry: number;
}

/** An IPsec connection as the cloud keeps it. */
export interface Connection {
  readonly VpnConnectionId: string;
  readonly RegionId: string;
  readonly VpnGatewayId: string;
  Name: string;
  LocalSubnet: string;
  RemoteSubnet: string;
  EffectImmediately: boolean;
  AutoConfigRoute: boolean;
  readonly dualTunnel: boolean;
  readonly EnableBgp: boolean;
  tunnels: readonly Tunnel[];
  readonly healthCheck: HealthCheck;
  tags: Readonly<Record<string, string>>;
  readonly CreateTime: number;
  /** Until then describe calls do not show it, when list consistency is delayed. */
  readonly visibleAt: number;
  /** `updating` before, `active` from then on. */
  settledAt: number;
  /** From then on it does not exist any more. */
  goneAt?: number;
  /** Why it goes: on request, or because its creation was made to fail. */
  leaving?: "deleted" | "failed";
}
