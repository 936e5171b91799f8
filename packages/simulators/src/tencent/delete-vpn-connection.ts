import * as z from "zod";
import { VendorProblem } from "../rules.ts";
import type { ProviderCall } from "../vendor-call.ts";
import type { TencentAccount } from "./account.ts";
import { readParameters } from "./parameters.ts";

const schema = z.strictObject({ VpnGatewayId: z.string(), VpnConnectionId: z.string() });

/** DeleteVpnConnection: a task like a create; a connection that is not settled cannot be deleted. */
export function deleteVpnConnection(
  account: TencentAccount,
  call: ProviderCall,
  requestId: string,
): Readonly<Record<string, unknown>> {
  const { VpnGatewayId, VpnConnectionId } = readParameters(schema, call.parameters);
  account.gatewayIn(call.region, VpnGatewayId);
  const connection = account.connectionIn(call.region, VpnConnectionId);
  if (connection.VpnGatewayId !== VpnGatewayId) {
    throw new VendorProblem({ code: "ResourceNotFound", detail: VpnConnectionId });
  }
  if (connection.leaving === "deleted") {
    throw new VendorProblem({ code: "UnsupportedOperation.DeleteVpnConnInvalidState" });
  }
  // What a failed create left behind stays PENDING for ever, and deleting it is its only way out.
  const residue = connection.settledAt === Number.MAX_SAFE_INTEGER;
  if (account.connectionState(connection) === "PENDING" && !residue) {
    throw new VendorProblem({ code: "UnsupportedOperation.InvalidState" });
  }
  connection.goneAt = account.startTask(requestId, VpnConnectionId, "SUCCESS");
  connection.leaving = "deleted";
  return {};
}
