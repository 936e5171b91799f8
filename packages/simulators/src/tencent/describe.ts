import * as z from "zod";
import { enforce, type Rule, VendorProblem } from "../rules.ts";
import type { ProviderCall } from "../vendor-call.ts";
import { isIn, type TencentAccount } from "./account.ts";
import { readParameters } from "./parameters.ts";
import { healthCheckAddresses } from "./resolve-connection.ts";
import { viewConnection, viewCustomerGateway, viewGateway } from "./views.ts";

type Body = Record<string, unknown>;

export const filters = z.array(z.strictObject({ Name: z.string(), Values: z.array(z.string()) })).optional();
export const ids = z.array(z.string()).optional();
const paging = { Offset: z.number().int().optional(), Limit: z.number().int().optional() };

const taskSchema = z.strictObject({ TaskId: z.string() });
const connectionsSchema = z.strictObject({ VpnConnectionIds: ids, Filters: filters, ...paging });
const gatewaysSchema = z.strictObject({ VpnGatewayIds: ids, Filters: filters, ...paging });
const customersSchema = z.strictObject({ CustomerGatewayIds: ids, Filters: filters, ...paging });
const healthCheckSchema = z.strictObject({ VpnGatewayId: z.string() });

/** DescribeVpcTaskResult: the task's id is the RequestId of the call that started it. */
export function describeVpcTaskResult(account: TencentAccount, call: ProviderCall): Body {
  const { TaskId } = readParameters(taskSchema, call.parameters);
  const task = account.tables.tasks.get(TaskId);
  if (!task) throw new VendorProblem({ code: "ResourceNotFound", detail: TaskId });
  const Status = account.now() < task.endsAt ? "RUNNING" : task.result;
  return { Status, Output: Status === "FAILED" ? "internal error" : "", Result: [] };
}

/** DescribeVpnConnections: by ids or by filters, newest first. */
export function describeVpnConnections(account: TencentAccount, call: ProviderCall): Body {
  const { VpnConnectionIds, ...query } = readParameters(connectionsSchema, call.parameters);
  const views = account
    .visibleConnections(call.region)
    .toReversed()
    .map((connection) => viewConnection(account, connection));
  const { items, TotalCount } = select(views, "VpnConnectionId", connectionFilters, {
    ...query,
    ids: VpnConnectionIds,
  });
  return { TotalCount, VpnConnectionSet: items };
}

/** DescribeVpnGateways. */
export function describeVpnGateways(account: TencentAccount, call: ProviderCall): Body {
  const { VpnGatewayIds, ...query } = readParameters(gatewaysSchema, call.parameters);
  const gateways = [...account.gateways.values()].filter((gateway) => isIn(call.region, gateway));
  const views = gateways.map((gateway) => viewGateway(account.asOfNow(gateway)));
  const { items, TotalCount } = select(views, "VpnGatewayId", gatewayFilters, {
    ...query,
    ids: VpnGatewayIds,
  });
  return { TotalCount, VpnGatewaySet: items };
}

/** DescribeCustomerGateways. */
export function describeCustomerGateways(account: TencentAccount, call: ProviderCall): Body {
  const { CustomerGatewayIds, ...query } = readParameters(customersSchema, call.parameters);
  const views = [...account.customerGateways.values()]
    .filter((customerGateway) => isIn(call.region, customerGateway))
    .map(viewCustomerGateway);
  const { items, TotalCount } = select(views, "CustomerGatewayId", customerGatewayFilters, {
    ...query,
    ids: CustomerGatewayIds,
  });
  return { TotalCount, CustomerGatewaySet: items };
}

/** GenerateVpnConnectionDefaultHealthCheckIp. */
export function generateHealthCheckIp(account: TencentAccount, call: ProviderCall): Body {
  const { VpnGatewayId } = readParameters(healthCheckSchema, call.parameters);
  account.gatewayIn(call.region, VpnGatewayId);
  const { local, remote } = healthCheckAddresses(account.ids);
  return { HealthCheckLocalIp: local, HealthCheckRemoteIp: remote };
}

/** Filter names and the field each one looks at. */
type FilterFields = Readonly<Record<string, string>>;

const connectionFilters: FilterFields = {
  "vpc-id": "VpcId",
  "vpn-gateway-id": "VpnGatewayId",
  "customer-gateway-id": "CustomerGatewayId",
  "vpn-connection-name": "VpnConnectionName",
  "vpn-connection-id": "VpnConnectionId",
};
const gatewayFilters: FilterFields = {
  "vpc-id": "VpcId",
  "vpn-gateway-id": "VpnGatewayId",
  "vpn-gateway-name": "VpnGatewayName",
  type: "Type",
  "public-ip-address": "PublicIpAddress",
  "renew-flag": "RenewFlag",
  zone: "Zone",
};
const customerGatewayFilters: FilterFields = {
  "customer-gateway-id": "CustomerGatewayId",
  "customer-gateway-name": "CustomerGatewayName",
  "ip-address": "IpAddress",
};

interface Selection {
  readonly ids: z.infer<typeof ids>;
  readonly Filters?: z.infer<typeof filters>;
  readonly Offset?: number | undefined;
  readonly Limit?: number | undefined;
}

/** Source: the comments of the three Describe requests in the SDK. */
const selectionRules: readonly Rule<Selection>[] = [
  ({ ids: wanted, Filters }) =>
    wanted && Filters ? { code: "InvalidParameter.Coexist", detail: "ids, Filters" } : undefined,
  ({ ids: wanted = [] }) => (wanted.length > 100 ? { code: "LimitExceeded", detail: "100 ids" } : undefined),
  ({ Filters = [] }) => (Filters.length > 10 ? { code: "LimitExceeded", detail: "10 Filters" } : undefined),
  ({ Filters = [] }) =>
    Filters.some(({ Values }) => Values.length > 5) ? { code: "LimitExceeded", detail: "5 Values" } : undefined,
  ({ Limit = 20, Offset = 0 }) =>
    Limit < 1 || Limit > 100 || Offset < 0
      ? { code: "InvalidParameterValue.Malformed", detail: "Limit, Offset" }
      : undefined,
];

/** The page of views that a call asks for by ids or filters. */
export function select(views: readonly Body[], idField: string, fields: FilterFields, selection: Selection) {
  enforce(selectionRules, selection);
  const { ids: wanted, Filters = [], Offset = 0, Limit = 20 } = selection;
  const missing = wanted?.find((id) => !views.some((view) => view[idField] === id));
  if (missing !== undefined) throw new VendorProblem({ code: "ResourceNotFound", detail: missing });
  const unknown = Filters.find(({ Name }) => !Object.hasOwn(fields, Name));
  if (unknown) {
    throw new VendorProblem({ code: "InvalidParameterValue.Malformed", detail: unknown.Name });
  }
  const matching = views
    .filter((view) => wanted === undefined || wanted.includes(String(view[idField])))
    .filter((view) => Filters.every(({ Name, Values }) => Values.includes(String(view[fields[Name] ?? ""]))));
  return { items: matching.slice(Offset, Offset + Limit), TotalCount: matching.length };
}
