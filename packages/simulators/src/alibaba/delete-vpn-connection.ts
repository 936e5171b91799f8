import { oncePerToken } from "../client-tokens.ts";
import { VendorProblem } from "../rules.ts";
import type { ProviderCall } from "../vendor-call.ts";
import type { AlibabaAccount } from "./account.ts";
import { type Parameters, required } from "./parameters.ts";

/** DeleteVpnConnection: like a create it occupies the gateway until the connection is gone. */
export function deleteVpnConnection(account: AlibabaAccount, call: ProviderCall): Readonly<Record<string, unknown>> {
  const id = required(call.parameters as Parameters, "VpnConnectionId");
  return oncePerToken(account, call, () => {
    const connection = account.connectionIn(call.region, id);
    const gateway = account.gateways.get(connection.VpnGatewayId);
    if (connection.leaving) throw new VendorProblem({ code: "VpnTask.CONFLICT" });
    if (gateway) account.requireIdle(gateway);
    connection.goneAt = account.startWork(connection.VpnGatewayId, "change");
    connection.leaving = "deleted";
    return {};
  });
}
