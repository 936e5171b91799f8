import type { Rule } from "../rules.ts";
import type { CreateContext } from "./gateway-rules.ts";

/** Quotas; the document names the codes, the numbers are settings. Only a connection that makes its routes counts for routes. */
export const quotaRules: readonly Rule<CreateContext>[] = [
  ({ siblings, quotas }) =>
    siblings.length >= limit(quotas, "connectionsPerGateway")
      ? { code: "CreateVpnConnectionsQuotaFull.QuotaFull" }
      : undefined,
  ({ regionConnections, quotas }) =>
    regionConnections >= limit(quotas, "connectionsPerRegion") ? { code: "Resource.QuotaFull" } : undefined,
  ({ request, quotas }) =>
    policyRoutes(request.localSubnet, request.remoteSubnet, request.autoConfigRoute) >
    limit(quotas, "policyRoutesPerConnection")
      ? { code: "CreatePbrRoutesQuotaFull.QuotaFull" }
      : undefined,
  ({ request, siblings, quotas }) => {
    const wanted = policyRoutes(request.localSubnet, request.remoteSubnet, request.autoConfigRoute);
    const existing = siblings
      .map((other) => policyRoutes(other.LocalSubnet, other.RemoteSubnet, other.AutoConfigRoute))
      .reduce((sum, count) => sum + count, 0);
    const maximum = limit(quotas, "policyRoutesPerGateway");
    return wanted > 0 && existing + wanted > maximum
      ? { code: "QuotaExceeded.PolicyBasedRoute", detail: `${existing}|${wanted}|${maximum}` }
      : undefined;
  },
  ({ request, gateway, siblings, quotas }) => {
    const destinations = siblings.filter((other) => other.AutoConfigRoute && other.RemoteSubnet === "0.0.0.0/0").length;
    const existing = gateway.traits.routes.length + destinations;
    return request.autoConfigRoute &&
      request.remoteSubnet === "0.0.0.0/0" &&
      existing >= limit(quotas, "destinationRoutesPerGateway")
      ? { code: "CreateDbrRoutesQuotaFull.QuotaFull" }
      : undefined;
  },
];

/** A connection between networks makes one policy route for each pair of them. */
function policyRoutes(localSubnet: string, remoteSubnet: string, autoConfigRoute: boolean): number {
  if (!autoConfigRoute || remoteSubnet === "0.0.0.0/0") return 0;
  return localSubnet.split(",").length * remoteSubnet.split(",").length;
}

function limit(quotas: CreateContext["quotas"], name: string): number {
  return quotas[name] ?? Infinity;
}
