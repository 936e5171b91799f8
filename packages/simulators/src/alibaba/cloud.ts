import { VendorProblem } from "../rules.ts";
import type { ProviderCall, Sabotage, VendorAnswer } from "../vendor-call.ts";
import { AlibabaAccount } from "./account.ts";
import { createVpnConnection } from "./create-vpn-connection.ts";
import { deleteVpnConnection } from "./delete-vpn-connection.ts";
import {
  describeCustomerGateway,
  describeCustomerGateways,
  describeRegions,
  describeVpnConnection,
  describeVpnConnections,
  describeVpnGateway,
  describeVpnGateways,
  regions,
} from "./describe.ts";
import { diagnoseVpnConnections } from "./diagnose.ts";
import { requireSimulated } from "./known-parameters.ts";
import { modifyVpnConnection } from "./modify-vpn-connection.ts";
import { listTagResources, tagResources, untagResources } from "./tags.ts";

type Action = (account: AlibabaAccount, call: ProviderCall, sabotage?: Sabotage) => Readonly<Record<string, unknown>>;

const regionalActions = new Map<string, Action>([
  ["CreateVpnConnection", createVpnConnection],
  ["DeleteVpnConnection", deleteVpnConnection],
  ["DescribeCustomerGateway", describeCustomerGateway],
  ["DescribeCustomerGateways", describeCustomerGateways],
  ["DescribeVpnConnection", describeVpnConnection],
  ["DescribeVpnConnections", describeVpnConnections],
  ["DescribeVpnGateway", describeVpnGateway],
  ["DescribeVpnGateways", describeVpnGateways],
  ["DiagnoseVpnConnections", diagnoseVpnConnections],
  ["ListTagResources", listTagResources],
  ["ModifyVpnConnectionAttribute", modifyVpnConnection],
  ["TagResources", tagResources],
  ["UnTagResources", untagResources],
]);

/**
 * The VPN part of Alibaba Cloud VPC 2016-04-28 as a pure model: synchronous, without timers or I/O,
 * every state a function of the given clock.
 */
export class AlibabaCloud extends AlibabaAccount {
  get actions(): readonly string[] {
    return [...regionalActions.keys(), "DescribeRegions"];
  }

  protected perform(call: ProviderCall, sabotage: Sabotage | undefined): VendorAnswer {
    const RequestId = this.requestId();
    if (call.action === "DescribeRegions") return ok({ RequestId, ...describeRegions() });
    const action = regionalActions.get(call.action);
    if (!action) throw new VendorProblem({ code: "InvalidAction.NotFound" });
    if (call.region === "") {
      const detail = "RegionId is mandatory for this action.";
      throw new VendorProblem({ code: "MissingRegionId", detail });
    }
    if (!regions.includes(call.region)) throw new VendorProblem({ code: "InvalidRegionId.NotFound" });
    requireSimulated(call);
    return ok({ RequestId, ...action(this, call, sabotage) });
  }
}

function ok(body: object): VendorAnswer {
  return { status: 200, body };
}
