import { optional, type Permission, required, toPermissionAdvice } from "../../domain/provider/permission.ts";
import type { Action } from "./requests.ts";

/** What the broker's key needs in CAM, by the action that is called. */
export const permissions: Readonly<Record<Action, Permission>> = {
  CreateVpnConnection: required("vpc:CreateVpnConnection", "make the connection"),
  DescribeVpnGateways: required("vpc:DescribeVpnGateways", "check the gateway before, and learn its address"),
  DescribeCustomerGateways: required(
    "vpc:DescribeCustomerGateways",
    "check the customer gateway, and learn its address",
  ),
  DescribeVpnConnections: required(
    "vpc:DescribeVpnConnections",
    "find out whether a create whose answer was lost worked, and see that the connection is ready and up",
  ),
  DescribeVpcs: optional("vpc:DescribeVpcs", "see that a remote network overlaps the VPC's own before the create does"),
  DescribeVpcLimits: optional("vpc:DescribeVpcLimits", "see in a dry run that a quota of tunnels is used up"),
  DescribeVpcTaskResult: optional(
    "vpc:DescribeVpcTaskResult",
    "see at once that the vendor's own task failed; without it, the connection's state has to tell",
  ),
};

/** Advice on the create, for this action. */
export function namePermission(advice: string, action: string): string {
  return toPermissionAdvice(advice, permissions.CreateVpnConnection, permissions[action as Action]);
}
