import type { TunnelRequest, vendorDefault } from "../../domain/request/create-request.ts";
import type { Member, MembersOf } from "./member.ts";
import { between, list, perVendor } from "./request-members.ts";

type Dpd = Exclude<NonNullable<TunnelRequest["dpd"]>, typeof vendorDefault>;

/** Alibaba's two places: of a single tunnel, and of each of two. */
const both = (single: string, dual = `Tunnel${single}`) => [single, `TunnelOptionsSpecification[].${dual}`] as const;
const ike = (name: string) => both(`IkeConfig.${name}`);
const ipsec = (name: string) => both(`IpsecConfig.${name}`);
const inIke = (name: string) => `IKEOptionsSpecification.${name}`;
const inIpsec = (name: string) => `IPSECOptionsSpecification.${name}`;

export const tunnelMembers: MembersOf<TunnelRequest> = {
  role: {
    description: "`primary` or `backup`: required with two tunnels. Alibaba Cloud; Tencent Cloud takes `primary`.",
    alibaba: ["TunnelOptionsSpecification[].Role"],
  },
  customerGatewayId: {
    description: "The vendor's id of the customer gateway, which stands for the peer.",
    alibaba: both("CustomerGatewayId", "CustomerGatewayId"),
    tencent: ["CustomerGatewayId"],
  },
  preSharedKey: {
    description:
      "1 to 100 letters, digits and ``~!`@#$%^&*()_-+={}[]|;:',.<>/?`` without spaces; it is in no answer. Absent = the broker makes a strong one, which its owner can reveal for 24 hours after success.",
    alibaba: ike("Psk"),
    tencent: ["PreShareKey"],
  },
  ike: {
    description: "The settings of phase 1.",
    alibaba: both("IkeConfig"),
    tencent: ["IKEOptionsSpecification"],
  },
  ipsec: {
    description: "The settings of phase 2.",
    alibaba: both("IpsecConfig"),
    tencent: ["IPSECOptionsSpecification"],
  },
  dpd: {
    description:
      "Dead peer detection. `vendor-default` = nothing is sent, for gateways too old for the parameter: the vendor's own value counts.",
    alibaba: both("EnableDpd", "EnableDpd"),
    tencent: ["DpdEnable"],
  },
  natTraversal: {
    description:
      "NAT traversal. `vendor-default` = nothing is sent, for gateways too old for the parameter. Alibaba Cloud; at Tencent Cloud it is always on, and `true` is taken.",
    alibaba: both("EnableNatTraversal", "EnableNatTraversal"),
  },
  bgp: {
    description:
      "BGP through the tunnel: required in mode `bgp`; at Alibaba Cloud also in mode `policy`, on every tunnel or none.",
    alibaba: both("BgpConfig"),
    tencent: ["BgpConfig"],
  },
  remoteCaCertificate: {
    description:
      "Alibaba Cloud's national-standard (SM2, SM3, SM4) gateways only, and required there: the peer's CA certificate in PEM form, up to 8192 characters.",
    alibaba: both("RemoteCaCertificate", "RemoteCaCertificate"),
  },
};

const encryption = (alibaba: readonly string[], tencent: string): Member => ({
  description: `The encryption algorithm. ${perVendor(({ encryptions }) => list(encryptions))} \`sm4\` is for national-standard gateways, the \`gcm\` ones for gateways of version 4.0; \`3des\` and \`des\` are weak.`,
  alibaba,
  tencent: [tencent],
});
const identity = (whose: string, alibaba: string, tencent: readonly string[]): Member => ({
  description: `${whose}: 1 to 100 printable ASCII characters without spaces; an IPv4 address is sent as one, anything else as a name. Absent = the address of the gateway.`,
  alibaba: ike(alibaba),
  tencent,
});

export const ikeMembers: MembersOf<NonNullable<TunnelRequest["ike"]>> = {
  version: { description: "The version of IKE.", alibaba: ike("IkeVersion"), tencent: [inIke("IKEVersion")] },
  mode: {
    description: "The exchange mode of IKE version 1; `aggressive` is weak there.",
    alibaba: ike("IkeMode"),
    tencent: [inIke("ExchangeMode")],
  },
  encryption: encryption(ike("IkeEncAlg"), inIke("PropoEncryAlgorithm")),
  integrity: {
    description: `The integrity algorithm. ${perVendor(({ integrities }) => list(integrities.ike))} \`sha1\` and \`md5\` are weak.`,
    alibaba: ike("IkeAuthAlg"),
    tencent: [inIke("PropoAuthenAlgorithm")],
  },
  dhGroup: {
    description: `The Diffie-Hellman group. ${perVendor(({ dhGroups }) => list(dhGroups))} 1, 2 and 5 are weak.`,
    alibaba: ike("IkePfs"),
    tencent: [inIke("DhGroupName")],
  },
  lifetimeSeconds: {
    description: `Seconds that a phase 1 SA lives. ${perVendor(({ lifetimeSeconds }) => between(lifetimeSeconds.ike))}`,
    alibaba: ike("IkeLifetime"),
    tencent: [inIke("IKESaLifetimeSeconds")],
  },
  localId: identity("What the cloud's side calls itself", "LocalId", [
    inIke("LocalIdentity"),
    inIke("LocalAddress"),
    inIke("LocalFqdnName"),
  ]),
  remoteId: identity("What the peer calls itself", "RemoteId", [
    inIke("RemoteIdentity"),
    inIke("RemoteAddress"),
    inIke("RemoteFqdnName"),
  ]),
};

export const ipsecMembers: MembersOf<NonNullable<TunnelRequest["ipsec"]>> = {
  encryption: encryption(ipsec("IpsecEncAlg"), inIpsec("EncryptAlgorithm")),
  integrity: {
    description: `The integrity algorithm. ${perVendor(({ integrities }) => list(integrities.ipsec))} \`sha1\` and \`md5\` are weak.`,
    alibaba: ipsec("IpsecAuthAlg"),
    tencent: [inIpsec("IntegrityAlgorith")],
  },
  pfsGroup: {
    description: `The Diffie-Hellman group of perfect forward secrecy; \`none\` = there is none. ${perVendor(({ dhGroups }) => list(dhGroups))}`,
    alibaba: ipsec("IpsecPfs"),
    tencent: [inIpsec("PfsDhGroup")],
  },
  lifetimeSeconds: {
    description: `Seconds that a phase 2 SA lives. ${perVendor(({ lifetimeSeconds }) => between(lifetimeSeconds.ipsec))}`,
    alibaba: ipsec("IpsecLifetime"),
    tencent: [inIpsec("IPSECSaLifetimeSeconds")],
  },
  lifetimeKilobytes: {
    description: "Tencent Cloud only: kilobytes after which a phase 2 SA is renewed, 2560 to 4294967295.",
    tencent: [inIpsec("IPSECSaLifetimeTraffic")],
  },
};

export const dpdMembers: MembersOf<Dpd> = {
  enabled: {
    description: "Whether a dead peer is detected.",
    alibaba: both("EnableDpd", "EnableDpd"),
    tencent: ["DpdEnable"],
  },
  timeoutSeconds: {
    description: "Tencent Cloud only: seconds without an answer after which the peer counts as dead.",
    tencent: ["DpdTimeout"],
  },
  action: {
    description: "Tencent Cloud only: what to do then: end the tunnel, or negotiate anew.",
    tencent: ["DpdAction"],
  },
};

export const bgpMembers: MembersOf<NonNullable<TunnelRequest["bgp"]>> = {
  localAsn: {
    description:
      "Alibaba Cloud only: the cloud's AS number, 1 to 4294967295, or its halves as `123.456`. Required with two tunnels.",
    alibaba: both("BgpConfig.LocalAsn"),
  },
  tunnelCidr: {
    description:
      "The network inside the tunnel: a /30 of 169.254.0.0/16, each tunnel's own. Alibaba Cloud keeps 169.254.0.0/30 to 169.254.6.0/30 and 169.254.169.252/30 to itself.",
    alibaba: both("BgpConfig.TunnelCidr"),
    tencent: ["BgpConfig.TunnelCidr"],
  },
  localIp: {
    description: "The cloud's address in it: one of its two hosts. Absent = the other than `remoteIp`.",
    alibaba: both("BgpConfig.LocalBgpIp"),
    tencent: ["BgpConfig.LocalBgpIp"],
  },
  remoteIp: {
    description:
      "The peer's address in it: one of its two hosts. Absent = the other than `localIp`. Tencent Cloud needs one of the two.",
    tencent: ["BgpConfig.RemoteBgpIp"],
  },
};
