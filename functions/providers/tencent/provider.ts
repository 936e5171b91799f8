import * as z from "zod";
import { ProviderError } from "../../domain/provider/provider-error.ts";
import type { CallProvider, Provider, Provisioning } from "../../domain/provider/provider.ts";
import { createReader, warnOfPermission } from "../../domain/provider/read-answer.ts";
import { toCreateRequest, withKeys } from "./mapping.ts";
import { checkGateways } from "./preflight.ts";
import { toRequest } from "./requests.ts";
import { negotiation, toTunnelState } from "./tunnels.ts";

/** The little of each answer that is looked at. Descriptions carry the key in clear: nothing else is taken from them. */
const created = z.object({
  RequestId: z.string().optional(),
  VpnConnection: z.object({ VpnConnectionId: z.string().optional() }).optional(),
});
const task = z.object({ Status: z.string(), Output: z.string().optional() });
const gateways = z.object({
  VpnGatewaySet: z.array(
    z.object({
      VpnGatewayId: z.string(),
      VpcId: z.string().nullish(),
      Type: z.string().nullish(),
      State: z.string().nullish(),
      RestrictState: z.string().nullish(),
      Version: z.string().nullish(),
      BgpAsn: z.number().nullish(),
      PublicIpAddress: z.string().nullish(),
    }),
  ),
});
const customerGateways = z.object({
  CustomerGatewaySet: z.array(
    z.object({ CustomerGatewayId: z.string(), IpAddress: z.string().nullish(), BgpAsn: z.number().nullish() }),
  ),
});
const connections = z.object({
  VpnConnectionSet: z.array(
    z.object({ VpnConnectionId: z.string(), VpnConnectionName: z.string().optional(), State: z.string().optional() }),
  ),
});

/** Tencent Cloud, VPC API of 2017-03-12. */
export function createProvider(call: CallProvider, warn: (warning: string) => void): Provider {
  const { read, readKnown } = createReader(call);

  /** The task of a create; undefined when the vendor does not know it (yet): then the connection's state speaks alone. */
  async function taskStatus(taskId: string): Promise<string | undefined> {
    try {
      return (await read(task, toRequest("DescribeVpcTaskResult", { TaskId: taskId }))).Status;
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      if (["not-found", "validation"].includes(error.facts.class)) return undefined;
      if (error.facts.class !== "auth") throw error;
      warn(
        warnOfPermission("DescribeVpcTaskResult", "whether the vendor's task failed is seen by the connection alone"),
      );
      return undefined;
    }
  }

  /** Some ids that the vendor does not have are a not-found error, others an empty set: so everywhere below. */
  async function describe(connectionId: string) {
    const request = toRequest("DescribeVpnConnections", { VpnConnectionIds: [connectionId] });
    const found = await readKnown(connections, request);
    return found?.VpnConnectionSet.find((one) => one.VpnConnectionId === connectionId);
  }

  return {
    createIsIdempotent: false,
    firstLookSeconds: 5,

    async preflight(request) {
      const customerId = request.tunnels[0]?.customerGatewayId ?? "";
      const [vpnGateways, customers] = await Promise.all([
        readKnown(gateways, toRequest("DescribeVpnGateways", { VpnGatewayIds: [request.vpnGatewayId] })),
        readKnown(customerGateways, toRequest("DescribeCustomerGateways", { CustomerGatewayIds: [customerId] })),
      ]);
      const gateway = vpnGateways?.VpnGatewaySet.find((one) => one.VpnGatewayId === request.vpnGatewayId);
      const customer = customers?.CustomerGatewaySet.find((one) => one.CustomerGatewayId === customerId);
      const flaws = checkGateways(request, gateway, customer);
      return {
        flaws,
        ...(gateway?.State === "PENDING" ? { busy: "the gateway is PENDING" } : {}),
        facts: {
          ...(gateway?.PublicIpAddress ? { localAddress: gateway.PublicIpAddress } : {}),
          ...(customer?.IpAddress ? { remoteAddress: customer.IpAddress } : {}),
        },
      };
    },

    planCreate: toCreateRequest,

    // There is nothing to have it checked with.
    rehearse: async () => undefined,

    // The id may be empty, and the rest of the echo is not to be trusted; the RequestId is the task's id.
    async create({ action, parameters }, keys) {
      const { VpnConnection, RequestId } = await read(created, {
        action,
        parameters: withKeys(parameters, keys),
      });
      return {
        ...(VpnConnection?.VpnConnectionId ? { connectionId: VpnConnection.VpnConnectionId } : {}),
        ...(RequestId ? { taskId: RequestId } : {}),
      };
    },

    async find({ name, vpnGatewayId, customerGatewayId }) {
      const request = toRequest("DescribeVpnConnections", {
        Filters: [
          { Name: "vpn-gateway-id", Values: [vpnGatewayId] },
          { Name: "customer-gateway-id", Values: [customerGatewayId] },
          { Name: "vpn-connection-name", Values: [name] },
        ],
        Limit: 100,
      });
      const { VpnConnectionSet } = await read(connections, request);
      return VpnConnectionSet.filter((found) => found.VpnConnectionName === name).map((found) => found.VpnConnectionId);
    },

    exists: async (connectionId) => (await describe(connectionId)) !== undefined,

    async provisioning({ connectionId, taskId }): Promise<Provisioning> {
      const status = taskId ? await taskStatus(taskId) : undefined;
      if (status === "RUNNING") return { state: "pending", detail: "the task is RUNNING" };
      if (status === "FAILED") return { state: "failed", detail: "the task is FAILED" };
      const found = await describe(connectionId);
      // A task that succeeded is the surer sign: a list can lag.
      if (!found && status === "SUCCESS") return { state: "pending", detail: "the task is SUCCESS, not listed yet" };
      if (!found) return { state: "gone", detail: `${connectionId} does not exist` };
      return found.State === "AVAILABLE"
        ? { state: "ready" }
        : { state: "pending", detail: `the connection is ${found.State ?? "without a state"}` };
    },

    // A connection has one tunnel here.
    async tunnelStates(connectionId) {
      const request = toRequest("DescribeVpnConnections", { VpnConnectionIds: [connectionId] });
      const found = await readKnown(negotiation, request);
      return [toTunnelState(found?.VpnConnectionSet.find((one) => one.VpnConnectionId === connectionId))];
    },
  };
}
