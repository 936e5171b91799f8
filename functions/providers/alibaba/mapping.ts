import { type CreateIdentity, maskedKey, type ProviderRequest } from "../../domain/provider/provider.ts";
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
  integrities,
  type TunnelRole,
  tunnelRoles,
} from "../../domain/values.ts";
import { type FieldsOf, type TextFieldsOf, toRequest, toText } from "./requests.ts";

type Parameters = ProviderRequest["parameters"];
type Create = FieldsOf<"CreateVpnConnection">;
type Item<Name extends "tags" | "tunnelOptionsSpecification"> = NonNullable<Create[Name]>[number];

const encryptionWords: Partial<Record<Encryption, string>> = { aes128: "aes" };
const roleWords: Record<TunnelRole, string> = { primary: "master", backup: "slave" };

/** Alibaba's words (CreateVpnConnection, IkeConfig and IpsecConfig); what it does not offer is never sent. */
export const words = {
  version: createWords(ikeVersions, (value) => value),
  mode: createWords(ikeModes, (value) => value),
  encryption: createWords(encryptions, (value) => encryptionWords[value] ?? value),
  integrity: createWords(integrities, (value) => value),
  group: createWords<DhGroup | "none">([...dhGroups, "none"], (value) =>
    value === "none" ? "disabled" : `group${value}`,
  ),
  role: createWords(tunnelRoles, (value) => roleWords[value]),
};

/** Alibaba's word for routing by destination (and by BGP), on both sides. */
export const everything = "0.0.0.0/0";

/** The create call of a request, with keys masked. */
export function toCreateRequest(request: EffectiveRequest, { name, token }: CreateIdentity): ProviderRequest {
  const { local, remote } = toSubnets(request);
  return toRequest("CreateVpnConnection", {
    regionId: request.region,
    clientToken: token,
    name,
    vpnGatewayId: request.vpnGatewayId,
    localSubnet: local,
    remoteSubnet: remote,
    effectImmediately: request.negotiation === "immediate",
    autoConfigRoute: request.autoConfigureRoutes ?? true,
    ...(request.tunnels.length === 1 ? toSingleTunnel(request) : toDualTunnel(request)),
    tags: request.tags && Object.entries(request.tags).map(([key, value]): Item<"tags"> => ({ key, value })),
  });
}

function toSubnets({ routing }: EffectiveRequest): { local: string; remote: string } {
  if (routing.mode !== "policy") return { local: everything, remote: everything };
  const locals = routing.localCidrs ?? routing.pairs?.map((pair) => pair.local) ?? [];
  const remotes = routing.remoteCidrs ?? routing.pairs?.[0]?.remotes ?? [];
  return { local: locals.join(","), remote: remotes.join(",") };
}

/** The settings of single-tunnel gateways: objects in JSON strings, as the document shows them. */
function toSingleTunnel(request: EffectiveRequest): Create {
  const [tunnel] = request.tunnels;
  if (!tunnel) return {};
  return {
    customerGatewayId: tunnel.customerGatewayId,
    ikeConfig: toText("IkeConfig", toIkeConfig(tunnel)),
    ipsecConfig: toText("IpsecConfig", toIpsecConfig(tunnel)),
    ...toSwitches(tunnel),
    bgpConfig: tunnel.bgp && toBgpText(tunnel.bgp),
    healthCheckConfig: request.healthCheck && toHealthCheckText(request.healthCheck),
    remoteCaCertificate: tunnel.remoteCaCertificate,
  };
}

/** What gateways of old versions refuse to be told at all. */
function toSwitches({ dpd, natTraversal = true }: EffectiveTunnel): {
  enableDpd?: boolean;
  enableNatTraversal?: boolean;
} {
  return {
    ...(dpd === vendorDefault ? {} : { enableDpd: dpd.enabled }),
    ...(natTraversal === vendorDefault ? {} : { enableNatTraversal: natTraversal }),
  };
}

/** By hand: the model of a dual tunnel's has no EnableBgp, and its ASN is a number; here all values are strings. */
function toBgpText({ localAsn, tunnelCidr, localIp }: NonNullable<EffectiveTunnel["bgp"]>): string {
  return JSON.stringify({
    EnableBgp: "true",
    LocalAsn: localAsn === undefined ? undefined : String(localAsn),
    TunnelCidr: tunnelCidr,
    LocalBgpIp: localIp,
  });
}

/** By hand: no model has these. Lower-case keys and string values, as in the document's example. */
function toHealthCheckText(check: NonNullable<EffectiveRequest["healthCheck"]>): string {
  return JSON.stringify({
    enable: String(check.enabled),
    dip: check.targetIp,
    sip: check.sourceIp,
    interval: check.intervalSeconds === undefined ? undefined : String(check.intervalSeconds),
    retry: check.retries === undefined ? undefined : String(check.retries),
  });
}

/** The settings of dual-tunnel gateways: real nested objects, master first. */
function toDualTunnel(request: EffectiveRequest): Create {
  return {
    enableTunnelsBgp: request.tunnels.some(({ bgp }) => bgp !== undefined),
    tunnelOptionsSpecification: request.tunnels.map(toTunnel),
  };
}

function toTunnel(tunnel: EffectiveTunnel): Item<"tunnelOptionsSpecification"> {
  return {
    role: words.role.toWord(tunnel.role ?? "backup"),
    customerGatewayId: tunnel.customerGatewayId,
    tunnelIkeConfig: toIkeConfig(tunnel),
    tunnelIpsecConfig: toIpsecConfig(tunnel),
    ...toSwitches(tunnel),
    tunnelBgpConfig: tunnel.bgp && {
      localAsn: tunnel.bgp.localAsn,
      tunnelCidr: tunnel.bgp.tunnelCidr,
      localBgpIp: tunnel.bgp.localIp,
    },
    remoteCaCertificate: tunnel.remoteCaCertificate,
  };
}

function toIkeConfig({ ike }: EffectiveTunnel): TextFieldsOf<"IkeConfig"> {
  return {
    psk: maskedKey,
    ikeVersion: words.version.toWord(ike.version),
    ikeMode: words.mode.toWord(ike.mode),
    ikeEncAlg: words.encryption.toWord(ike.encryption),
    ikeAuthAlg: words.integrity.toWord(ike.integrity),
    ikePfs: words.group.toWord(ike.dhGroup),
    ikeLifetime: ike.lifetimeSeconds,
    localId: ike.localId,
    remoteId: ike.remoteId,
  };
}

function toIpsecConfig({ ipsec }: EffectiveTunnel): TextFieldsOf<"IpsecConfig"> {
  return {
    ipsecEncAlg: words.encryption.toWord(ipsec.encryption),
    ipsecAuthAlg: words.integrity.toWord(ipsec.integrity),
    ipsecPfs: words.group.toWord(ipsec.pfsGroup),
    ipsecLifetime: ipsec.lifetimeSeconds,
  };
}

/**
 * Puts the keys where the mask stands: one per tunnel, in order. By hand: these parameters may have been stored by an
 * older version, and what this version's models do not know must be sent all the same.
 */
export function withKeys(parameters: Parameters, keys: readonly string[]): Parameters {
  const { IkeConfig: single, TunnelOptionsSpecification: dual } = parameters;
  if (typeof single === "string") {
    return { ...parameters, IkeConfig: JSON.stringify({ ...(JSON.parse(single) as Parameters), Psk: keys[0] }) };
  }
  const tunnels = dual as { TunnelIkeConfig: Parameters }[];
  return {
    ...parameters,
    TunnelOptionsSpecification: tunnels.map((tunnel, index) => ({
      ...tunnel,
      TunnelIkeConfig: { ...tunnel.TunnelIkeConfig, Psk: keys[index] },
    })),
  };
}
