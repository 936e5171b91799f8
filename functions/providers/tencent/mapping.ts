import type { EffectiveRequest, EffectiveTunnel } from "../../domain/apply-defaults.ts";
import { isAddress } from "../../domain/cidr.ts";
import { type GatewayFacts, maskedKey } from "../../domain/provider.ts";
import type { Encryption, Integrity, Negotiation, RoutingMode } from "../../domain/values.ts";

type Parameters = Record<string, unknown>;

/** Tencent's words (CreateVpnConnection, data types IKEOptionsSpecification and IPSECOptionsSpecification). */
const encryptionWords: Record<Encryption, string> = {
  aes128: "AES-CBC-128",
  aes192: "AES-CBC-192",
  aes256: "AES-CBC-256",
  aes128gcm: "AES128GCM128",
  aes192gcm: "AES192GCM128",
  aes256gcm: "AES256GCM128",
  sm4: "SM4",
  "3des": "3DES-CBC",
  des: "DES-CBC",
};
const integrityWords: Record<Integrity, string> = {
  sha256: "SHA-256",
  sha384: "SHA-384",
  sha512: "SHA-512",
  sm3: "SM3",
  sha1: "SHA1",
  md5: "MD5",
};
const negotiationWords: Record<Negotiation, string> = {
  immediate: "active",
  "on-traffic": "flowTrigger",
  passive: "passive",
};
const routeTypes: Record<RoutingMode, string> = { policy: "Policy", route: "StaticRoute", bgp: "Bgp" };

/** The parameters of CreateVpnConnection for a request, with the key masked. */
export function toCreateParameters(
  request: EffectiveRequest,
  { name }: { name: string },
  facts: GatewayFacts = {},
): Parameters {
  const [tunnel] = request.tunnels;
  if (!tunnel) return {};
  const { dpd, bgp } = tunnel;
  return {
    VpnConnectionName: name,
    VpnGatewayId: request.vpnGatewayId,
    ...(request.vpcId ? { VpcId: request.vpcId } : {}),
    CustomerGatewayId: tunnel.customerGatewayId,
    PreShareKey: maskedKey,
    RouteType: routeTypes[request.routing.mode],
    ...(request.routing.mode === "policy" ? { SecurityPolicyDatabases: toPolicies(request) } : {}),
    IKEOptionsSpecification: toIkeOptions(tunnel, facts),
    IPSECOptionsSpecification: toIpsecOptions(tunnel),
    NegotiationType: negotiationWords[request.negotiation],
    DpdEnable: dpd.enabled ? 1 : 0,
    ...("timeoutSeconds" in dpd ? { DpdTimeout: String(dpd.timeoutSeconds) } : {}),
    ...("action" in dpd ? { DpdAction: dpd.action } : {}),
    ...(bgp ? { BgpConfig: { TunnelCidr: bgp.tunnelCidr, LocalBgpIp: bgp.localIp, RemoteBgpIp: bgp.remoteIp } } : {}),
    ...(request.healthCheck ? toHealthCheck(request.healthCheck) : {}),
    ...(request.tags ? { Tags: Object.entries(request.tags).map(([Key, Value]) => ({ Key, Value })) } : {}),
  };
}

/** One policy per local network, each with its remote networks. */
function toPolicies({ routing }: EffectiveRequest): Parameters[] {
  const pairs =
    routing.pairs ?? routing.localCidrs?.map((local) => ({ local, remotes: routing.remoteCidrs ?? [] })) ?? [];
  return pairs.map(({ local, remotes }) => ({ LocalCidrBlock: local, RemoteCidrBlock: remotes }));
}

function toIkeOptions({ ike }: EffectiveTunnel, { localAddress, remoteAddress }: GatewayFacts): Parameters {
  return {
    IKEVersion: ike.version.toUpperCase(),
    ExchangeMode: ike.mode.toUpperCase(),
    PropoEncryAlgorithm: encryptionWords[ike.encryption],
    // The same SHA-1 is "SHA" here and "SHA1" in the IPsec options.
    PropoAuthenAlgorithm: ike.integrity === "sha1" ? "SHA" : integrityWords[ike.integrity],
    DhGroupName: `GROUP${ike.dhGroup}`,
    IKESaLifetimeSeconds: ike.lifetimeSeconds,
    // An identity must be told here, where others default to the gateways' addresses.
    ...toIdentity("Local", ike.localId ?? localAddress),
    ...toIdentity("Remote", ike.remoteId ?? remoteAddress),
  };
}

/** An identity is an address or a name, each with fields of its own. */
function toIdentity(side: "Local" | "Remote", id: string | undefined): Parameters {
  if (id === undefined) return {};
  return isAddress(id)
    ? { [`${side}Identity`]: "ADDRESS", [`${side}Address`]: id }
    : { [`${side}Identity`]: "FQDN", [`${side}FqdnName`]: id };
}

function toIpsecOptions({ ipsec }: EffectiveTunnel): Parameters {
  return {
    EncryptAlgorithm: encryptionWords[ipsec.encryption],
    // Sic. The SDK has an IntegrityAlgorithm too, but with fewer values; the document and its own tools send this one.
    IntegrityAlgorith: integrityWords[ipsec.integrity],
    PfsDhGroup: ipsec.pfsGroup === "none" ? "NULL" : `DH-GROUP${ipsec.pfsGroup}`,
    IPSECSaLifetimeSeconds: ipsec.lifetimeSeconds,
    ...(ipsec.lifetimeKilobytes === undefined ? {} : { IPSECSaLifetimeTraffic: ipsec.lifetimeKilobytes }),
  };
}

function toHealthCheck(check: NonNullable<EffectiveRequest["healthCheck"]>): Parameters {
  const probe = {
    ...(check.intervalSeconds === undefined ? {} : { ProbeInterval: check.intervalSeconds * 1000 }),
    ...(check.retries === undefined ? {} : { ProbeThreshold: check.retries }),
    ...(check.timeoutMilliseconds === undefined ? {} : { ProbeTimeout: check.timeoutMilliseconds }),
  };
  return {
    EnableHealthCheck: check.enabled,
    ...(check.sourceIp ? { HealthCheckLocalIp: check.sourceIp } : {}),
    ...(check.targetIp ? { HealthCheckRemoteIp: check.targetIp } : {}),
    ...(Object.keys(probe).length > 0 ? { HealthCheckConfig: { ProbeType: "NQA", ...probe } } : {}),
  };
}

/** Puts the key where the mask stands. */
export function withKeys(parameters: Parameters, keys: readonly string[]): Parameters {
  return { ...parameters, PreShareKey: keys[0] };
}
