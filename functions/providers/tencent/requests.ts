import type * as sdk from "tencentcloud-sdk-nodejs/tencentcloud/services/vpc/v20170312/vpc_models.js";
import type { ProviderRequest } from "../../domain/provider/provider.ts";

/** The SDK's type of every action that is called. It has types only: nothing of it is loaded. */
interface Requests {
  CreateVpnConnection: sdk.CreateVpnConnectionRequest;
  DescribeCustomerGateways: sdk.DescribeCustomerGatewaysRequest;
  DescribeVpcLimits: sdk.DescribeVpcLimitsRequest;
  DescribeVpcTaskResult: sdk.DescribeVpcTaskResultRequest;
  DescribeVpcs: sdk.DescribeVpcsRequest;
  DescribeVpnConnections: sdk.DescribeVpnConnectionsRequest;
  DescribeVpnGateways: sdk.DescribeVpnGatewaysRequest;
}

/**
 * What such a type has. Optional members may be undefined: those are left out. Only a literal of a declared type is
 * checked, not one that is spread in.
 */
type Fields<Value> = Value extends (infer Item)[]
  ? Fields<Item>[]
  : Value extends object
    ? { [Name in keyof Value]: Fields<Value[Name]> | (undefined extends Value[Name] ? undefined : never) }
    : Value;

export type Action = keyof Requests;
export type FieldsOf<Name extends Action> = Fields<Requests[Name]>;

/** A call with its parameters by their wire names, as they stand in the JSON that is sent. */
export function toRequest<Name extends Action>(action: Name, fields: FieldsOf<Name>): ProviderRequest {
  return { action, parameters: JSON.parse(JSON.stringify(fields)) as ProviderRequest["parameters"] };
}
