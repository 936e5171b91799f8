import type { ProviderCall, Sabotage } from "../vendor-call.ts";
import type { TencentAccount } from "./account.ts";
import { checkConnection } from "./check-connection.ts";
import { connectionRequestSchema } from "./connection-request.ts";
import { readParameters } from "./parameters.ts";
import { resolveConnection } from "./resolve-connection.ts";
import type { Connection } from "./resources.ts";
import { viewFreshConnection } from "./views.ts";

/** CreateVpnConnection: no token, no dry run; the RequestId of the answer is the id of its task. */
export function createVpnConnection(
  account: TencentAccount,
  call: ProviderCall,
  requestId: string,
  sabotage?: Sabotage,
): Readonly<Record<string, unknown>> {
  const request = readParameters(connectionRequestSchema, call.parameters);
  const context = checkConnection(account, call.region, request);
  account.requireIdle(request.VpnGatewayId);

  const id = `vpnx-${account.ids.word(8)}`;
  const settledAt = account.startTask(requestId, id, sabotage ? "FAILED" : "SUCCESS");
  const now = account.now();
  const connection: Connection = {
    ...resolveConnection(request, context, account.ids),
    VpnConnectionId: id,
    VpnConnectionName: account.nameKept(request.VpnConnectionName),
    Region: call.region,
    createdAt: now,
    visibleAt: now + account.settings.visibleAfterMilliseconds,
    settledAt,
  };
  if (sabotage?.residue) connection.settledAt = Number.MAX_SAFE_INTEGER;
  if (sabotage && !sabotage.residue) {
    connection.goneAt = settledAt;
    connection.leaving = "failed";
  }
  account.tables.connections.set(id, connection);
  return { VpnConnection: viewFreshConnection(connection) };
}
