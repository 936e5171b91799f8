import type { EffectiveRequest, EffectiveTunnel } from "../../domain/apply-defaults.ts";
import { maskedKey } from "../../domain/provider.ts";
import type { DhGroup, Encryption, Integrity } from "../../domain/values.ts";

type Parameters = Record<string, unknown>;

/** Alibaba's words (CreateVpnConnection, IkeConfig and IpsecConfig); what it does not offer never gets here. */
const encryptionWords: Partial<Record<Encryption, string>> = { aes128: "aes" };
const encryption = (value: Encryption) => encryptionWords[value] ?? value;
const integrity = (value: Integrity) => value;
const group = (value: DhGroup | "none") => (value === "none" ? "disabled" : `group${value}`);

/** The parameters of CreateVpnConnection for a request, `RegionId` aside, with keys masked. */
export function toCreateParameters(
  request: EffectiveRequest,
  { name, token }: { name: string; token: string },
): Parameters {
  const { local, remote } = toSubnets(request);
  return {
    ClientToken: token,
    Name: name,
    VpnGatewayId: request.vpnGatewayId,
    LocalSubnet: local,
    RemoteSubnet: remote,
    EffectImmediately: request.negotiation === "immediate",
    AutoConfigRoute: request.autoConfigureRoutes ?? true,
    ...(request.tunnels.length === 1 ? toSingleTunnel(request) : toDualTunnel(request)),
    ...(request.tags ? { Tags: Object.entries(request.tags).map(([Key, Value]) => ({ Key, Value })) } : {}),
  };
}

/** 0.0.0.0/0 on both sides is Alibaba's word for routing by destination (and by BGP). */
function toSubnets({ routing }: EffectiveRequest): { local: string; remote: string } {
  if (routing.mode !== "policy") return { local: "0.0.0.0/0", remote: "0.0.0.0/0" };
  const locals = routing.localCidrs ?? routing.pairs?.map((pair) => pair.local) ?? [];
  const remotes = routing.remoteCidrs ?? routing.pairs?.[0]?.remotes ?? [];
  return { local: locals.join(","), remote: remotes.join(",") };
}

/** The settings of single-tunnel gateways: objects in JSON strings, as the document shows them. */
function toSingleTunnel(request: EffectiveRequest): Parameters {
  const [tunnel] = request.tunnels;
  if (!tunnel) return {};
  const { bgp } = tunnel;
  return {
    CustomerGatewayId: tunnel.customerGatewayId,
    IkeConfig: JSON.stringify(toIkeConfig(tunnel)),
    IpsecConfig: JSON.stringify(toIpsecConfig(tunnel)),
    EnableDpd: tunnel.dpd.enabled,
    EnableNatTraversal: tunnel.natTraversal ?? true,
    ...(bgp
      ? {
          BgpConfig: JSON.stringify({
            EnableBgp: "true",
            ...(bgp.localAsn === undefined ? {} : { LocalAsn: String(bgp.localAsn) }),
            TunnelCidr: bgp.tunnelCidr,
            LocalBgpIp: bgp.localIp,
          }),
        }
      : {}),
    ...(request.healthCheck ? { HealthCheckConfig: JSON.stringify(toHealthCheck(request.healthCheck)) } : {}),
    ...(tunnel.remoteCaCertificate ? { RemoteCaCertificate: tunnel.remoteCaCertificate } : {}),
  };
}

/** Lower-case keys and string values, as in the document's example. */
function toHealthCheck(check: NonNullable<EffectiveRequest["healthCheck"]>): Parameters {
  return {
    enable: String(check.enabled),
    ...(check.targetIp ? { dip: check.targetIp } : {}),
    ...(check.sourceIp ? { sip: check.sourceIp } : {}),
    ...(check.intervalSeconds === undefined ? {} : { interval: String(check.intervalSeconds) }),
    ...(check.retries === undefined ? {} : { retry: String(check.retries) }),
  };
}

/** The settings of dual-tunnel gateways: real nested objects, master first. */
function toDualTunnel(request: EffectiveRequest): Parameters {
  return {
    EnableTunnelsBgp: request.routing.mode === "bgp",
    TunnelOptionsSpecification: request.tunnels.map((tunnel) => ({
      Role: tunnel.role === "primary" ? "master" : "slave",
      CustomerGatewayId: tunnel.customerGatewayId,
      TunnelIkeConfig: toIkeConfig(tunnel),
      TunnelIpsecConfig: toIpsecConfig(tunnel),
      EnableDpd: tunnel.dpd.enabled,
      EnableNatTraversal: tunnel.natTraversal ?? true,
      ...(tunnel.bgp
        ? {
            TunnelBgpConfig: {
              ...(tunnel.bgp.localAsn === undefined ? {} : { LocalAsn: tunnel.bgp.localAsn }),
              TunnelCidr: tunnel.bgp.tunnelCidr,
              LocalBgpIp: tunnel.bgp.localIp,
            },
          }
        : {}),
      ...(tunnel.remoteCaCertificate ? { RemoteCaCertificate: tunnel.remoteCaCertificate } : {}),
    })),
  };
}

function toIkeConfig({ ike }: EffectiveTunnel): Parameters {
  return {
    Psk: maskedKey,
    IkeVersion: ike.version,
    IkeMode: ike.mode,
    IkeEncAlg: encryption(ike.encryption),
    IkeAuthAlg: integrity(ike.integrity),
    IkePfs: group(ike.dhGroup),
    IkeLifetime: ike.lifetimeSeconds,
    ...(ike.localId ? { LocalId: ike.localId } : {}),
    ...(ike.remoteId ? { RemoteId: ike.remoteId } : {}),
  };
}

function toIpsecConfig({ ipsec }: EffectiveTunnel): Parameters {
  return {
    IpsecEncAlg: encryption(ipsec.encryption),
    IpsecAuthAlg: integrity(ipsec.integrity),
    IpsecPfs: group(ipsec.pfsGroup),
    IpsecLifetime: ipsec.lifetimeSeconds,
  };
}

/** Puts the keys where the mask stands: one per tunnel, in order. */
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
