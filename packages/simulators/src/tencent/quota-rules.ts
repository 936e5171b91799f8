import type { Rule } from "../rules.ts";
import type { ConnectionRequest } from "./connection-request.ts";

/** A create, what already exists, and the quotas of the simulator's settings. */
interface QuotaContext {
  readonly request: ConnectionRequest;
  readonly gatewayConnections: number;
  readonly customerConnections: number;
  readonly regionConnections: number;
  readonly quotas: Readonly<Record<string, number>>;
}

/** Quotas; the document names one code for all of them. */
export const quotaRules: readonly Rule<QuotaContext>[] = [
  ({ gatewayConnections, quotas }) => exceeded(gatewayConnections + 1, quotas, "connectionsPerGateway"),
  ({ customerConnections, quotas }) => exceeded(customerConnections + 1, quotas, "connectionsPerCustomerGateway"),
  ({ regionConnections, quotas }) => exceeded(regionConnections + 1, quotas, "connectionsPerRegion"),
  ({ request, quotas }) => exceeded(request.SecurityPolicyDatabases?.length ?? 0, quotas, "policiesPerConnection"),
  ({ request, quotas }) => {
    const counts = (request.SecurityPolicyDatabases ?? []).map((spd) => spd.RemoteCidrBlock.length);
    return exceeded(Math.max(0, ...counts), quotas, "remoteNetworksPerPolicy");
  },
];

function exceeded(count: number, quotas: QuotaContext["quotas"], name: string) {
  return count > (quotas[name] ?? Infinity) ? { code: "LimitExceeded", detail: name } : undefined;
}
