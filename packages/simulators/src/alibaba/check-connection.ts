import { enforce } from "../rules.ts";
import type { AlibabaAccount } from "./account.ts";
import { bgpRules } from "./bgp-rules.ts";
import { type ConnectionRequest, readConnectionRequest } from "./connection-request.ts";
import { type CreateContext, estateRules, gatewayRules, requestRules } from "./gateway-rules.ts";
import { type Parameters, required } from "./parameters.ts";
import { quotaRules } from "./quota-rules.ts";
import { resolveTunnel } from "./resolve-connection.ts";
import type { Gateway, Tunnel } from "./resources.ts";
import { tagRules } from "./tag-rules.ts";
import { tunnelRules } from "./tunnel-rules.ts";

/** A create that keeps every rule, ready to be carried out. */
export interface CheckedConnection {
  readonly gateway: Gateway;
  readonly request: ConnectionRequest;
  readonly tunnels: readonly Tunnel[];
}

/** Judges all but the state of the gateway, which a dry run does not look at. */
export function checkConnection(account: AlibabaAccount, region: string, parameters: Parameters): CheckedConnection {
  const gatewayId = required(parameters, "VpnGatewayId");
  const gateway = account.gatewayIn(region, gatewayId);
  const dualTunnel = gateway.DisasterRecoveryVSwitchId !== undefined;
  const request = readConnectionRequest(parameters, dualTunnel);
  enforce(requestRules, request);
  enforce(tagRules, request.tags);
  const ends = request.tunnels.map((tunnel) => ({
    tunnel,
    customerGateway: account.customerGatewayIn(region, tunnel.customerGatewayId ?? ""),
  }));
  enforce(gatewayRules, gateway);
  for (const { tunnel } of ends) enforce(tunnelRules, { tunnel, gateway });

  const connections = account.compared(account.connections());
  const context: CreateContext = {
    request,
    gateway,
    customerGateways: ends.map(({ customerGateway }) => customerGateway),
    siblings: connections.filter((other) => other.VpnGatewayId === gatewayId),
    regionConnections: connections.filter((other) => other.RegionId === region).length,
    quotas: account.settings.quotas,
  };
  enforce(bgpRules, context);
  const { enableBgp } = request;
  const tunnels = ends.map(({ tunnel, customerGateway }) =>
    resolveTunnel(tunnel, { gateway, customerGateway, enableBgp }, account.ids),
  );
  enforce(estateRules, { ...context, tunnels });
  enforce(quotaRules, context);
  return { gateway, request, tunnels };
}
