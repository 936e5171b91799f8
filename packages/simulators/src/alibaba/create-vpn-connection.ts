import { oncePerToken } from "../client-tokens.ts";
import { VendorProblem } from "../rules.ts";
import type { ProviderCall, Sabotage } from "../vendor-call.ts";
import type { AlibabaAccount } from "./account.ts";
import { checkConnection, type CheckedConnection } from "./check-connection.ts";
import { flag, optional, type Parameters } from "./parameters.ts";
import type { Connection, HealthCheck } from "./resources.ts";
import { tagsByKey } from "./tag-rules.ts";

/** CreateVpnConnection: returns an id at once, while the gateway goes on `updating`. */
export function createVpnConnection(
  account: AlibabaAccount,
  call: ProviderCall,
  sabotage?: Sabotage,
): Readonly<Record<string, unknown>> {
  const parameters = call.parameters as Parameters;
  if (flag(parameters, "DryRun") && !account.settings.ignoreDryRun) {
    checkConnection(account, call.region, parameters);
    throw new VendorProblem({ code: "DryRunOperation" });
  }
  return oncePerToken(account, call, () => {
    const checked = checkConnection(account, call.region, parameters);
    account.requireIdle(checked.gateway);
    const connection = addConnection(account, call.region, checked);
    if (sabotage?.residue) connection.settledAt = Number.MAX_SAFE_INTEGER;
    if (sabotage && !sabotage.residue) {
      connection.goneAt = connection.settledAt;
      connection.leaving = "failed";
    }
    const { VpnConnectionId, Name, CreateTime } = connection;
    return { VpnConnectionId, Name, CreateTime };
  });
}

function addConnection(account: AlibabaAccount, region: string, checked: CheckedConnection): Connection {
  const { gateway, request, tunnels } = checked;
  const now = account.now();
  const connection: Connection = {
    VpnConnectionId: `vco-${account.ids.word(17)}`,
    RegionId: region,
    VpnGatewayId: gateway.VpnGatewayId,
    Name: account.nameKept(request.name ?? ""),
    LocalSubnet: request.localSubnet,
    RemoteSubnet: request.remoteSubnet,
    EffectImmediately: request.effectImmediately,
    AutoConfigRoute: request.autoConfigRoute,
    dualTunnel: request.dualTunnel,
    EnableBgp: request.enableBgp,
    tunnels,
    healthCheck: readHealthCheck(request.healthCheck),
    tags: tagsByKey(request.tags),
    CreateTime: now,
    visibleAt: now + account.settings.visibleAfterMilliseconds,
    settledAt: account.startWork(gateway.VpnGatewayId, "create"),
  };
  account.tables.connections.set(connection.VpnConnectionId, connection);
  return connection;
}

function readHealthCheck(config: Parameters): HealthCheck {
  return {
    enable: flag(config, "enable") ?? false,
    sip: optional(config, "sip") ?? "",
    dip: optional(config, "dip") ?? "",
    interval: Number(optional(config, "interval") ?? 3),
    retry: Number(optional(config, "retry") ?? 3),
  };
}
