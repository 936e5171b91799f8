import { enforce } from "../rules.ts";
import type { TencentAccount } from "./account.ts";
import { bgpRules } from "./bgp-rules.ts";
import type { ConnectionRequest } from "./connection-request.ts";
import { type CreateContext, gatewayRules, healthCheckRules, routingRules } from "./gateway-rules.ts";
import { quotaRules } from "./quota-rules.ts";
import { tagRules } from "./tag-rules.ts";
import { tunnelRules } from "./tunnel-rules.ts";

/** Judges a connection that is to be, or to become as asked for; `self` is the one that changes. */
export function checkConnection(
  account: TencentAccount,
  region: string,
  request: ConnectionRequest,
  self?: string,
): CreateContext {
  const { quotas } = account.settings;
  const others = account.compared(account.connections()).filter(({ VpnConnectionId }) => VpnConnectionId !== self);
  const context: CreateContext = {
    request,
    gateway: account.gatewayIn(region, request.VpnGatewayId),
    customerGateway: account.customerGatewayIn(region, request.CustomerGatewayId),
    siblings: others.filter(({ VpnGatewayId }) => VpnGatewayId === request.VpnGatewayId),
  };
  enforce(gatewayRules, context);
  enforce(tunnelRules, context);
  enforce(bgpRules, context);
  enforce(routingRules, context);
  enforce(healthCheckRules, context);
  enforce(tagRules, { tags: request.Tags ?? [], limit: quotas["tagsPerConnection"] ?? Infinity });
  enforce(quotaRules, {
    request,
    quotas,
    gatewayConnections: context.siblings.length,
    customerConnections: others.filter(({ CustomerGatewayId }) => CustomerGatewayId === request.CustomerGatewayId)
      .length,
    regionConnections: others.filter((other) => other.Region === region).length,
  });
  return context;
}
