import { optional, type Permission, required, toPermissionAdvice } from "../../domain/provider/permission.ts";
import type { Action } from "./requests.ts";

/** What the broker's key needs in RAM, by the action that is called. */
export const permissions: Readonly<Record<Action, Permission>> = {
  CreateVpnConnection: required("vpc:CreateVpnConnection", "make the connection, and have a dry run checked"),
  DescribeVpnGateway: required("vpc:DescribeVpnGateway", "check the gateway before, and see when it is done"),
  DescribeCustomerGateway: required("vpc:DescribeCustomerGateway", "check the customer gateways before"),
  DescribeVpnConnection: required("vpc:DescribeVpnConnection", "see that the connection is there, ready and up"),
  DescribeVpnConnections: required(
    "vpc:DescribeVpnConnections",
    "find out whether a create whose answer was lost worked, and whose settings a tunnel would share",
  ),
  DiagnoseVpnConnections: optional("vpc:DiagnoseVpnConnections", "say why a tunnel is down; without it, that it is"),
};

/** Advice on the create, for this action. */
export function namePermission(advice: string, action: string): string {
  return toPermissionAdvice(advice, permissions.CreateVpnConnection, permissions[action as Action]);
}
