import { flag, jsonObject, list, nested, optional, type Parameters, required } from "./parameters.ts";

/** One tunnel as it was asked for; the members of its parts are still text, defaults not filled in. */
export interface TunnelRequest {
  readonly role: string | undefined;
  readonly customerGatewayId: string | undefined;
  readonly enableDpd: boolean | undefined;
  readonly enableNatTraversal: boolean | undefined;
  readonly remoteCaCertificate: string | undefined;
  readonly ike: Parameters;
  readonly ipsec: Parameters;
  readonly bgp: Parameters;
}

/** A CreateVpnConnection call in one form for single-tunnel and dual-tunnel gateways. */
export interface ConnectionRequest {
  readonly name: string | undefined;
  readonly localSubnet: string;
  readonly remoteSubnet: string;
  readonly effectImmediately: boolean;
  readonly autoConfigRoute: boolean;
  readonly enableBgp: boolean;
  readonly dualTunnel: boolean;
  readonly tunnels: readonly TunnelRequest[];
  readonly healthCheck: Parameters;
  readonly tags: readonly Parameters[];
}

/** Reads the parameters that count for the gateway's mode; those of the other mode are ignored. */
export function readConnectionRequest(parameters: Parameters, dualTunnel: boolean): ConnectionRequest {
  const bgp = dualTunnel ? {} : jsonObject(parameters, "BgpConfig");
  const enableBgp = dualTunnel ? flag(parameters, "EnableTunnelsBgp") : flag(bgp, "EnableBgp");
  return {
    name: optional(parameters, "Name"),
    localSubnet: required(parameters, "LocalSubnet"),
    remoteSubnet: required(parameters, "RemoteSubnet"),
    effectImmediately: flag(parameters, "EffectImmediately") ?? false,
    autoConfigRoute: flag(parameters, "AutoConfigRoute") ?? true,
    enableBgp: enableBgp ?? false,
    dualTunnel,
    tunnels: dualTunnel
      ? list(parameters, "TunnelOptionsSpecification").map(readTunnel)
      : [readSingleTunnel(parameters, bgp)],
    healthCheck: dualTunnel ? {} : jsonObject(parameters, "HealthCheckConfig"),
    tags: list(parameters, "Tags"),
  };
}

function readSingleTunnel(parameters: Parameters, bgp: Parameters): TunnelRequest {
  return {
    role: "master",
    customerGatewayId: required(parameters, "CustomerGatewayId"),
    ...readSwitches(parameters),
    ike: jsonObject(parameters, "IkeConfig"),
    ipsec: jsonObject(parameters, "IpsecConfig"),
    bgp,
  };
}

function readTunnel(tunnel: Parameters): TunnelRequest {
  return {
    role: optional(tunnel, "Role"),
    customerGatewayId: optional(tunnel, "CustomerGatewayId"),
    ...readSwitches(tunnel),
    ike: nested(tunnel, "TunnelIkeConfig"),
    ipsec: nested(tunnel, "TunnelIpsecConfig"),
    bgp: nested(tunnel, "TunnelBgpConfig"),
  };
}

function readSwitches(parameters: Parameters) {
  return {
    enableDpd: flag(parameters, "EnableDpd"),
    enableNatTraversal: flag(parameters, "EnableNatTraversal"),
    remoteCaCertificate: optional(parameters, "RemoteCaCertificate"),
  };
}
