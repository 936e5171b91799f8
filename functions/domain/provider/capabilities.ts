import {
  type DhGroup,
  dhGroups,
  type Encryption,
  encryptions,
  type Integrity,
  integrities,
  type Negotiation,
  negotiations,
  type ProviderName,
  type RoutingMode,
} from "../values.ts";

/** The lowest and the highest value, both permitted. */
export type Bounds = readonly [minimum: number, maximum: number];

/** Whether a vendor has a setting. One that is `always` the same there may be given with that value, and no other. */
type Support = boolean | { always: boolean | string };

/** Settings that not every vendor has, by their place in a request. */
export type RequestSetting = "vpcId" | "autoConfigureRoutes" | "healthCheck/timeoutMilliseconds";
export type TunnelSetting =
  | "tunnels/role"
  | "tunnels/ipsec/lifetimeKilobytes"
  | "tunnels/dpd/timeoutSeconds"
  | "tunnels/dpd/action"
  | "tunnels/natTraversal"
  | "tunnels/bgp/localAsn"
  | "tunnels/remoteCaCertificate";
export type Setting = RequestSetting | TunnelSetting;

/** What differs between vendors. Nothing outside a vendor's folder asks for its name: it asks here. */
export interface Capabilities {
  /** What texts call the vendor. */
  title: string;
  /** How long a create usually takes, from acceptance to ready, in seconds; told to callers. */
  usualSeconds: number;
  /** How long it usually is from one request's turn at a gateway to the next one's, in seconds. */
  turnSeconds: number;
  /** When its gateway takes the next create: when this one's outcome is known, or when its connection is ready. */
  turnEnds: "created" | "provisioned";
  settings: Record<Setting, Support>;
  encryptions: readonly Encryption[];
  integrities: { ike: readonly Integrity[]; ipsec: readonly Integrity[] };
  /** For IKE and for perfect forward secrecy. */
  dhGroups: readonly DhGroup[];
  negotiations: readonly Negotiation[];
  lifetimeSeconds: { ike: Bounds; ipsec: Bounds };
  tunnelsPerConnection: 1 | 2;
  policies: {
    /** Whether local networks may have different remote ones; otherwise each goes with all. */
    arbitraryPairs: boolean;
    /** Whether two policies may overlap on both sides at once. */
    mayOverlap: boolean;
    /** How many local networks a connection may have, each with its remote ones; absent = not documented. */
    most?: number;
    /** Whether a connection with policies can have BGP too. */
    withBgp: boolean;
  };
  bgp: {
    /** Whether it must be told our address; otherwise it takes one of the two hosts itself. */
    addressRequired: boolean;
    /** Whether each of two tunnels must be told our ASN, which has a default with one. */
    asnRequiredWithTwoTunnels: boolean;
  };
  healthCheck: {
    routingModes: readonly RoutingMode[];
    /** Whether only connections of one tunnel have it. */
    singleTunnelOnly: boolean;
    /** Whether it may probe the very address that it probes from. */
    sameAddress: boolean;
    /** Whether its interval is in seconds, so that there are no parts of one. */
    wholeSeconds: boolean;
    /** Absent = whatever the contract permits. */
    intervalSeconds?: Bounds;
    retries?: Bounds;
  };
  /** What tags must be beyond what the contract asks; absent = nothing. */
  tags?: { characters: RegExp; described: string; reserved: RegExp };
  /** /30s inside 169.254.0.0/16 that it keeps for itself. */
  reservedTunnelCidrs: readonly string[];
  /** What no dry run can see there, for its answer. */
  notRehearsed: readonly string[];
  /** For the settings that it has; the other defaults are the same everywhere. */
  defaults: {
    autoConfigureRoutes?: boolean;
    ipsec: { lifetimeKilobytes?: number };
    dpd: { enabled: boolean; timeoutSeconds?: number; action?: "clear" | "restart" };
    natTraversal?: boolean;
    /** In place of those that are the same everywhere, for tunnels with a CA certificate: such gateways take no others. */
    nationalStandard?: {
      ike: { version: "ikev1"; encryption: "sm4"; integrity: "sm3" };
      ipsec: { encryption: "sm4"; integrity: "sm3" };
    };
  };
}

/**
 * One row per vendor. Without another source, a fact is from the document and the SDK's comments of CreateVpnConnection;
 * `usualSeconds`, `turnSeconds` and `defaults` are the broker's choice.
 */
export const capabilities: Record<ProviderName, Capabilities> = {
  alibaba: {
    title: "Alibaba Cloud",
    usualSeconds: 60,
    // The create, and up to 20 s until the next request looks whether it is its turn.
    turnSeconds: 80,
    // The gateway is "updating" until then, and takes no other create.
    turnEnds: "provisioned",
    settings: {
      vpcId: false,
      autoConfigureRoutes: true,
      "healthCheck/timeoutMilliseconds": false,
      "tunnels/role": true,
      "tunnels/ipsec/lifetimeKilobytes": false,
      "tunnels/dpd/timeoutSeconds": false,
      "tunnels/dpd/action": false,
      "tunnels/natTraversal": true,
      "tunnels/bgp/localAsn": true,
      "tunnels/remoteCaCertificate": true,
    },
    // sm4 and sm3 at national-standard gateways only, which the preflight sees.
    encryptions: ["aes128", "aes192", "aes256", "sm4", "3des", "des"],
    integrities: { ike: integrities, ipsec: integrities },
    dhGroups: [1, 2, 5, 14],
    negotiations: ["immediate", "on-traffic"],
    lifetimeSeconds: { ike: [0, 86_400], ipsec: [0, 86_400] },
    tunnelsPerConnection: 2,
    // Two lists of networks; nothing is said of overlaps within one.
    // A gateway with BGP wants it of every connection (IllegalParam.EnableBgp), and no document forbids networks then.
    policies: { arbitraryPairs: false, mayOverlap: true, withBgp: true },
    // TunnelBgpConfig.LocalAsn has a default and "is required when BGP is enabled": the stricter sentence counts.
    bgp: { addressRequired: false, asnRequiredWithTwoTunnels: true },
    // HealthCheckConfig: no bounds, and no word that an address is required.
    healthCheck: {
      routingModes: ["policy", "route", "bgp"],
      singleTunnelOnly: true,
      sameAddress: true,
      wholeSeconds: true,
    },
    // SDK comment on TunnelCidr; the last one is the metadata service's.
    reservedTunnelCidrs: [
      "169.254.0.0/30",
      "169.254.1.0/30",
      "169.254.2.0/30",
      "169.254.3.0/30",
      "169.254.4.0/30",
      "169.254.5.0/30",
      "169.254.6.0/30",
      "169.254.169.252/30",
    ],
    notRehearsed: [
      "what changes at the vendor until the create: other connections, quotas, permissions",
      "what Alibaba Cloud's own dry run leaves out; its document does not say what it checks",
      "how requests ahead on the same gateway will end: each is taken to make its connection, and its quotas and routes are not reckoned with",
    ],
    defaults: {
      autoConfigureRoutes: true,
      ipsec: {},
      dpd: { enabled: true },
      natTraversal: true,
      // Before the gateway is read, the certificate tells its kind: it "must be empty" at the others.
      nationalStandard: {
        ike: { version: "ikev1", encryption: "sm4", integrity: "sm3" },
        ipsec: { encryption: "sm4", integrity: "sm3" },
      },
    },
  },
  tencent: {
    title: "Tencent Cloud",
    usualSeconds: 30,
    // Two reads and the create, and up to 20 s until the next request looks whether it is its turn.
    turnSeconds: 15,
    turnEnds: "created",
    settings: {
      vpcId: true,
      autoConfigureRoutes: { always: false },
      "healthCheck/timeoutMilliseconds": true,
      "tunnels/role": { always: "primary" },
      "tunnels/ipsec/lifetimeKilobytes": true,
      "tunnels/dpd/timeoutSeconds": true,
      "tunnels/dpd/action": true,
      "tunnels/natTraversal": { always: true },
      "tunnels/bgp/localAsn": false,
      "tunnels/remoteCaCertificate": false,
    },
    // GCM at gateways of version 4.0 only, which the preflight sees.
    encryptions,
    // IKE has neither SHA-384 nor SM3 (PropoAuthenAlgorithm); IPsec has both (IntegrityAlgorith).
    integrities: { ike: ["sha256", "sha512", "sha1", "md5"], ipsec: integrities },
    dhGroups,
    negotiations,
    lifetimeSeconds: { ike: [60, 604_800], ipsec: [180, 604_800] },
    tunnelsPerConnection: 1,
    // Product guide 1037/39635; ten policies of fifty networks by the limits of VPN connections, not to be raised.
    // RouteType is "Policy" or "Bgp", never both.
    policies: { arbitraryPairs: true, mayOverlap: false, most: 10, withBgp: false },
    bgp: { addressRequired: true, asnRequiredWithTwoTunnels: false },
    // Data type HealthCheckConfig: ProbeInterval 1000 to 5000 ms, ProbeThreshold 3 to 8.
    healthCheck: {
      routingModes: ["route", "bgp"],
      singleTunnelOnly: false,
      sameAddress: false,
      wholeSeconds: false,
      intervalSeconds: [1, 5],
      retries: [3, 8],
    },
    // The tag service's rules (its documents 651/13354 and 651/33015, which reserve different keys), behind TagInvalidKey,
    // TagInvalidVal and TagSystemReservedTagKey.
    tags: {
      characters: /^(?! )[\p{L}\p{N} +\-=._:/@()[\],;><【】＋－＝／＠（）：]*(?<! )$/u,
      described: "letters, digits, spaces inside and + - = . _ : / @ ( ) [ ] , ; > <",
      reserved: /^(qcs:|qcloud|tencent|project|项目)/u,
    },
    reservedTunnelCidrs: [],
    // It has no dry run: what is checked is what its descriptions show.
    notRehearsed: [
      "what changes at the vendor until the create: other tunnels, quotas, permissions",
      "the permission vpc:CreateVpnConnection, and the permission to tag: only the create tells",
      "quotas of tags and of policies that were raised or lowered for the account: no call shows them",
      "how requests ahead on the same gateway will end: each is taken to make its tunnel",
    ],
    defaults: {
      ipsec: { lifetimeKilobytes: 4_096_000_000 },
      dpd: { enabled: true, timeoutSeconds: 30, action: "restart" },
    },
  },
};
