import { isAddress } from "../../domain/network/cidr.ts";
import {
  type CreateIdentity,
  type GatewayFacts,
  maskedKey,
  type ProviderRequest,
} from "../../domain/provider/provider.ts";
import { createWords } from "../../domain/provider/words.ts";
import type { EffectiveRequest, EffectiveTunnel } from "../../domain/request/apply-defaults.ts";
import { vendorDefault } from "../../domain/request/create-request.ts";
import {
  type DhGroup,
  dhGroups,
  type Encryption,
  encryptions,
  ikeModes,
  ikeVersions,
  type Integrity,
  integrities,
  type Negotiation,
  negotiations,
  type RoutingMode,
  routingModes,
} from "../../domain/values.ts";
import { type FieldsOf, toRequest } from "./requests.ts";

type Parameters = ProviderRequest["parameters"];
type Create = FieldsOf<"CreateVpnConnection">;
type Item<Name extends "SecurityPolicyDatabases" | "Tags"> = NonNullable<Create[Name]>[number];

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

/** Tencent's words (CreateVpnConnection, data types IKEOptionsSpecification and IPSECOptionsSpecification). */
export const words = {
  version: createWords(ikeVersions, (value) => value.toUpperCase()),
  mode: createWords(ikeModes, (value) => value.toUpperCase()),
  encryption: createWords(encryptions, (value) => encryptionWords[value]),
  // The same SHA-1 is "SHA" here and "SHA1" in the IPsec options.
  ikeIntegrity: createWords(integrities, (value) => (value === "sha1" ? "SHA" : integrityWords[value])),
  ipsecIntegrity: createWords(integrities, (value) => integrityWords[value]),
  dhGroup: createWords(dhGroups, (value) => `GROUP${value}`),
  pfsGroup: createWords<DhGroup | "none">([...dhGroups, "none"], (value) =>
    value === "none" ? "NULL" : `DH-GROUP${value}`,
  ),
  negotiation: createWords(negotiations, (value) => negotiationWords[value]),
  routeType: createWords(routingModes, (value) => routeTypes[value]),
};

/** The create call of a request, with the key masked. */
export function toCreateRequest(
  request: EffectiveRequest,
  { name }: Pick<CreateIdentity, "name">,
  facts: GatewayFacts,
): ProviderRequest {
  const [tunnel] = request.tunnels;
  if (!tunnel) return { action: "CreateVpnConnection", parameters: {} };
  const { bgp } = tunnel;
  return toRequest("CreateVpnConnection", {
    VpnConnectionName: name,
    VpnGatewayId: request.vpnGatewayId,
    VpcId: request.vpcId,
    CustomerGatewayId: tunnel.customerGatewayId,
    PreShareKey: maskedKey,
    RouteType: words.routeType.toWord(request.routing.mode),
    SecurityPolicyDatabases: request.routing.mode === "policy" ? toPolicies(request) : undefined,
    IKEOptionsSpecification: toIkeOptions(tunnel, facts),
    IPSECOptionsSpecification: toIpsecOptions(tunnel),
    NegotiationType: words.negotiation.toWord(request.negotiation),
    ...toDpd(tunnel),
    BgpConfig: bgp && {
      TunnelCidr: bgp.tunnelCidr,
      LocalBgpIp: bgp.localIp ?? "",
      RemoteBgpIp: bgp.remoteIp ?? "",
    },
    EnableHealthCheck: request.healthCheck?.enabled,
    HealthCheckLocalIp: request.healthCheck?.sourceIp,
    HealthCheckRemoteIp: request.healthCheck?.targetIp,
    HealthCheckConfig: request.healthCheck && toProbe(request.healthCheck),
    Tags: request.tags && Object.entries(request.tags).map(([Key, Value]): Item<"Tags"> => ({ Key, Value })),
  });
}

function toDpd({ dpd }: EffectiveTunnel): Pick<Create, "DpdEnable" | "DpdTimeout" | "DpdAction"> {
  if (dpd === vendorDefault) return {};
  return {
    DpdEnable: dpd.enabled ? 1 : 0,
    DpdTimeout: dpd.timeoutSeconds === undefined ? undefined : String(dpd.timeoutSeconds),
    DpdAction: dpd.action,
  };
}

/** One policy per local network, each with its remote networks. */
export function toPolicies({ routing }: EffectiveRequest): Item<"SecurityPolicyDatabases">[] {
  const pairs =
    routing.pairs ?? routing.localCidrs?.map((local) => ({ local, remotes: routing.remoteCidrs ?? [] })) ?? [];
  return pairs.map(({ local, remotes }): Item<"SecurityPolicyDatabases"> => ({
    LocalCidrBlock: local,
    RemoteCidrBlock: remotes,
  }));
}

function toIkeOptions(
  { ike }: EffectiveTunnel,
  { localAddress, remoteAddress }: GatewayFacts,
): Create["IKEOptionsSpecification"] {
  // An identity must be told here, where others default to the gateways' addresses.
  const local = toIdentity(ike.localId ?? localAddress);
  const remote = toIdentity(ike.remoteId ?? remoteAddress);
  return {
    IKEVersion: words.version.toWord(ike.version),
    ExchangeMode: words.mode.toWord(ike.mode),
    PropoEncryAlgorithm: words.encryption.toWord(ike.encryption),
    PropoAuthenAlgorithm: words.ikeIntegrity.toWord(ike.integrity),
    DhGroupName: words.dhGroup.toWord(ike.dhGroup),
    IKESaLifetimeSeconds: ike.lifetimeSeconds,
    LocalIdentity: local.kind,
    LocalAddress: local.address,
    LocalFqdnName: local.name,
    RemoteIdentity: remote.kind,
    RemoteAddress: remote.address,
    RemoteFqdnName: remote.name,
  };
}

/** An identity is an address or a name, each with fields of its own. */
function toIdentity(id: string | undefined): { kind?: string; address?: string; name?: string } {
  if (id === undefined) return {};
  return isAddress(id) ? { kind: "ADDRESS", address: id } : { kind: "FQDN", name: id };
}

function toIpsecOptions({ ipsec }: EffectiveTunnel): Create["IPSECOptionsSpecification"] {
  return {
    EncryptAlgorithm: words.encryption.toWord(ipsec.encryption),
    // Sic. The SDK has an IntegrityAlgorithm too, but with fewer values; the document and its own tools send this one.
    IntegrityAlgorith: words.ipsecIntegrity.toWord(ipsec.integrity),
    PfsDhGroup: words.pfsGroup.toWord(ipsec.pfsGroup),
    IPSECSaLifetimeSeconds: ipsec.lifetimeSeconds,
    IPSECSaLifetimeTraffic: ipsec.lifetimeKilobytes,
  };
}

/** Nothing when the request says nothing of the probe: then the vendor's own values count. */
function toProbe({
  intervalSeconds,
  retries,
  timeoutMilliseconds,
}: NonNullable<EffectiveRequest["healthCheck"]>): Create["HealthCheckConfig"] {
  if (intervalSeconds === undefined && retries === undefined && timeoutMilliseconds === undefined) return undefined;
  return {
    ProbeType: "NQA",
    ProbeInterval: intervalSeconds === undefined ? undefined : Math.round(intervalSeconds * 1000),
    ProbeThreshold: retries,
    ProbeTimeout: timeoutMilliseconds,
  };
}

/** Puts the key where the mask stands. */
export function withKeys(parameters: Parameters, keys: readonly string[]): Parameters {
  return { ...parameters, PreShareKey: keys[0] };
}
