import { VendorProblem } from "../rules.ts";
import type { ProviderCall, Sabotage, VendorAnswer } from "../vendor-call.ts";
import { TencentAccount } from "./account.ts";
import { createVpnConnection } from "./create-vpn-connection.ts";
import { deleteVpnConnection } from "./delete-vpn-connection.ts";
import { describeVpcLimits, describeVpcs } from "./describe-vpcs.ts";
import {
  describeCustomerGateways,
  describeVpcTaskResult,
  describeVpnConnections,
  describeVpnGateways,
  generateHealthCheckIp,
} from "./describe.ts";
import { modifyVpnConnection } from "./modify-vpn-connection.ts";
import { describeResourceTags, describeTags, modifyResourceTags } from "./tags.ts";

type Action = (
  account: TencentAccount,
  call: ProviderCall,
  requestId: string,
  sabotage?: Sabotage,
) => Readonly<Record<string, unknown>>;

const regionalActions = new Map<string, Action>([
  ["CreateVpnConnection", createVpnConnection],
  ["DeleteVpnConnection", deleteVpnConnection],
  ["DescribeCustomerGateways", describeCustomerGateways],
  ["DescribeVpcLimits", describeVpcLimits],
  ["DescribeVpcs", describeVpcs],
  ["DescribeVpnConnections", describeVpnConnections],
  ["DescribeVpnGateways", describeVpnGateways],
  ["GenerateVpnConnectionDefaultHealthCheckIp", generateHealthCheckIp],
  ["ModifyVpnConnectionAttribute", modifyVpnConnection],
]);

const globalActions = new Map<string, Action>([
  ["DescribeResourceTagsByResourceIds", describeResourceTags],
  ["DescribeTags", describeTags],
  ["DescribeVpcTaskResult", describeVpcTaskResult],
  ["ModifyResourceTags", modifyResourceTags],
]);

/**
 * The VPN part of Tencent Cloud VPC 2017-03-12 as a pure model: synchronous, without timers or I/O,
 * every state a function of the given clock.
 */
export class TencentCloud extends TencentAccount {
  get actions(): readonly string[] {
    return [...regionalActions.keys(), ...globalActions.keys()];
  }

  protected perform(call: ProviderCall, sabotage: Sabotage | undefined): VendorAnswer {
    const RequestId = this.ids.uuid();
    const action = regionalActions.get(call.action) ?? globalActions.get(call.action);
    if (!action) throw new VendorProblem({ code: "InvalidAction", detail: call.action });
    if (call.region === "" && regionalActions.has(call.action)) {
      throw new VendorProblem({ code: "MissingParameter", detail: "Region" });
    }
    const Response = { ...action(this, call, RequestId, sabotage), RequestId };
    return { status: 200, body: { Response } };
  }
}
