import { oncePerToken } from "../client-tokens.ts";
import { enforce, VendorProblem } from "../rules.ts";
import type { ProviderCall } from "../vendor-call.ts";
import type { AlibabaAccount } from "./account.ts";
import { outlineRules } from "./gateway-rules.ts";
import { flag, jsonObject, optional, type Parameters, required } from "./parameters.ts";
import type { Connection, Gateway, Tunnel } from "./resources.ts";
import { tunnelRules } from "./tunnel-rules.ts";
import { viewConnection } from "./views.ts";

/** ModifyVpnConnectionAttribute for all but BGP, the health check and the tunnels of dual-tunnel mode. */
export function modifyVpnConnection(account: AlibabaAccount, call: ProviderCall): Readonly<Record<string, unknown>> {
  const parameters = call.parameters as Parameters;
  const id = required(parameters, "VpnConnectionId");
  return oncePerToken(account, call, () => {
    const connection = account.connectionIn(call.region, id);
    const gateway = account.gatewayIn(call.region, connection.VpnGatewayId);
    const name = optional(parameters, "Name") ?? connection.Name;
    const localSubnet = optional(parameters, "LocalSubnet") ?? connection.LocalSubnet;
    const remoteSubnet = optional(parameters, "RemoteSubnet") ?? connection.RemoteSubnet;
    enforce(outlineRules, { name, localSubnet, remoteSubnet });
    const tunnels = changedTunnels(connection, gateway, parameters);
    account.requireIdle(gateway);

    connection.Name = account.nameKept(name);
    connection.LocalSubnet = localSubnet;
    connection.RemoteSubnet = remoteSubnet;
    connection.tunnels = tunnels;
    connection.EffectImmediately = flag(parameters, "EffectImmediately") ?? connection.EffectImmediately;
    connection.AutoConfigRoute = flag(parameters, "AutoConfigRoute") ?? connection.AutoConfigRoute;
    connection.settledAt = account.startWork(connection.VpnGatewayId, "change");
    return viewConnection(account, connection);
  });
}

const singleOnly = ["IkeConfig", "IpsecConfig", "EnableDpd", "EnableNatTraversal", "RemoteCaCertificate"];

/** The single tunnel with the given members changed; what is not given stays. */
function changedTunnels(connection: Connection, gateway: Gateway, parameters: Parameters): readonly Tunnel[] {
  const [tunnel] = connection.tunnels;
  if (connection.dualTunnel || !tunnel) {
    const given = singleOnly.find((name) => optional(parameters, name) !== undefined);
    if (given === undefined) return connection.tunnels;
    throw new VendorProblem({
      code: `InvalidParameter.${given}`,
      detail: `${given} is for single-tunnel connections.`,
    });
  }
  const ike = jsonObject(parameters, "IkeConfig");
  const ipsec = jsonObject(parameters, "IpsecConfig");
  const enableDpd = flag(parameters, "EnableDpd");
  const enableNatTraversal = flag(parameters, "EnableNatTraversal");
  const remoteCaCertificate = optional(parameters, "RemoteCaCertificate") ?? (tunnel.RemoteCaCertificate || undefined);
  const asked = { role: tunnel.Role, customerGatewayId: tunnel.CustomerGatewayId, bgp: {} };
  const whole = { RemoteId: tunnel.ike.RemoteId, ...ike };
  enforce(tunnelRules, {
    gateway,
    tunnel: { ...asked, enableDpd, enableNatTraversal, remoteCaCertificate, ike: whole, ipsec },
  });
  return [
    {
      ...tunnel,
      EnableDpd: enableDpd ?? tunnel.EnableDpd,
      EnableNatTraversal: enableNatTraversal ?? tunnel.EnableNatTraversal,
      RemoteCaCertificate: remoteCaCertificate ?? "",
      ike: merge(tunnel.ike, ike),
      ipsec: merge(tunnel.ipsec, ipsec),
    },
  ];
}

/** Known members that are given and not empty replace the old ones, numbers staying numbers. */
function merge<Config extends object>(old: Config, given: Parameters): Config {
  const members = Object.entries(old).map(([name, value]) => {
    const change = optional(given, name) ?? value;
    return [name, typeof value === "number" ? Number(change) : change];
  });
  return Object.fromEntries(members) as Config;
}
