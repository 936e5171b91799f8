import {
  CreateVpnConnectionRequest,
  CreateVpnConnectionRequestTunnelOptionsSpecificationTunnelIkeConfig as TunnelIkeConfig,
  CreateVpnConnectionRequestTunnelOptionsSpecificationTunnelIpsecConfig as TunnelIpsecConfig,
} from "@alicloud/vpc20160428/dist/models/CreateVpnConnectionRequest.js";
import { DescribeCustomerGatewayRequest } from "@alicloud/vpc20160428/dist/models/DescribeCustomerGatewayRequest.js";
import { DescribeVpnConnectionRequest } from "@alicloud/vpc20160428/dist/models/DescribeVpnConnectionRequest.js";
import { DescribeVpnConnectionsRequest } from "@alicloud/vpc20160428/dist/models/DescribeVpnConnectionsRequest.js";
import { DescribeVpnGatewayRequest } from "@alicloud/vpc20160428/dist/models/DescribeVpnGatewayRequest.js";
import { DiagnoseVpnConnectionsRequest } from "@alicloud/vpc20160428/dist/models/DiagnoseVpnConnectionsRequest.js";
import type { ProviderRequest } from "../../domain/provider/provider.ts";

/** The SDK's model of every action that is called, each from its own file: the package as a whole is 3.4 MB. */
const models = {
  CreateVpnConnection: CreateVpnConnectionRequest,
  DescribeCustomerGateway: DescribeCustomerGatewayRequest,
  DescribeVpnConnection: DescribeVpnConnectionRequest,
  DescribeVpnConnections: DescribeVpnConnectionsRequest,
  DescribeVpnGateway: DescribeVpnGatewayRequest,
  DiagnoseVpnConnections: DiagnoseVpnConnectionsRequest,
};

/** Models of what single-tunnel gateways take as JSON text; dual-tunnel gateways take the same as objects. */
const texts = { IkeConfig: TunnelIkeConfig, IpsecConfig: TunnelIpsecConfig };

/**
 * What a model has, without its methods and its base class's index signature, which lets any name pass. Members may be
 * undefined: the model leaves those out. Only a literal of a declared type is checked, not one that is spread in.
 */
type Fields<Value> = Value extends (infer Item)[]
  ? Fields<Item>[]
  : Value extends object
    ? {
        [Name in keyof Value as string extends Name ? never : Value[Name] extends Method ? never : Name]?:
          | Fields<Value[Name]>
          | undefined;
      }
    : Value;
type Method = (...args: never[]) => unknown;

export type Action = keyof typeof models;
export type FieldsOf<Name extends Action> = Fields<InstanceType<(typeof models)[Name]>>;
export type TextFieldsOf<Name extends keyof typeof texts> = Fields<InstanceType<(typeof texts)[Name]>>;

/** A call with its parameters by their wire names, `RegionId` aside, which the client adds to every call. */
export function toRequest<Name extends Action>(action: Name, fields: FieldsOf<Name>): ProviderRequest {
  return { action, parameters: new models[action](fields).toMap() };
}

/** The JSON text of a parameter that is an object in a string. */
export function toText<Name extends keyof typeof texts>(name: Name, fields: TextFieldsOf<Name>): string {
  return JSON.stringify(new texts[name](fields).toMap());
}
