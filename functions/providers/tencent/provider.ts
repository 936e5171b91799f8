import * as z from "zod";
import { ProviderError } from "../../domain/provider-error.ts";
import type { CallVendor, Provider, Provisioning } from "../../domain/provider.ts";
import { toCreateParameters, withKeys } from "./mapping.ts";

/** The little of each answer that is looked at. Descriptions carry the key in clear: nothing else is taken from them. */
const created = z.object({
  RequestId: z.string().optional(),
  VpnConnection: z.object({ VpnConnectionId: z.string().optional() }).optional(),
});
const task = z.object({ Status: z.string(), Output: z.string().optional() });
const connections = z.object({
  VpnConnectionSet: z.array(
    z.object({ VpnConnectionId: z.string(), VpnConnectionName: z.string().optional(), State: z.string().optional() }),
  ),
});

/** Tencent Cloud, VPC API of 2017-03-12. */
export function createProvider(call: CallVendor): Provider {
  async function read<Schema extends z.ZodType>(schema: Schema, action: string, parameters: Record<string, unknown>) {
    const parsed = schema.safeParse(await call(action, parameters));
    if (parsed.success) return parsed.data;
    throw new ProviderError({ class: "ambiguous", action, advice: "The vendor's answer has an unknown form." });
  }

  /** The task of a create; undefined when the vendor does not know it (yet): then the connection's state speaks alone. */
  async function taskStatus(taskId: string): Promise<string | undefined> {
    try {
      return (await read(task, "DescribeVpcTaskResult", { TaskId: taskId })).Status;
    } catch (error) {
      if (error instanceof ProviderError && ["not-found", "validation"].includes(error.facts.class)) return undefined;
      throw error;
    }
  }

  return {
    createIsIdempotent: false,
    firstLookSeconds: 5,

    planCreate: (request, identity) => ({
      action: "CreateVpnConnection",
      parameters: toCreateParameters(request, identity),
    }),

    // The id may be empty, and the rest of the echo is not to be trusted; the RequestId is the task's id.
    async create({ action, parameters }, keys) {
      const { VpnConnection, RequestId } = await read(created, action, withKeys(parameters, keys));
      return {
        ...(VpnConnection?.VpnConnectionId ? { connectionId: VpnConnection.VpnConnectionId } : {}),
        ...(RequestId ? { taskId: RequestId } : {}),
      };
    },

    async find({ name, vpnGatewayId, customerGatewayId }) {
      const { VpnConnectionSet } = await read(connections, "DescribeVpnConnections", {
        Filters: [
          { Name: "vpn-gateway-id", Values: [vpnGatewayId] },
          { Name: "customer-gateway-id", Values: [customerGatewayId] },
          { Name: "vpn-connection-name", Values: [name] },
        ],
        Limit: 100,
      });
      return VpnConnectionSet.filter((found) => found.VpnConnectionName === name).map((found) => found.VpnConnectionId);
    },

    async provisioning({ connectionId, taskId }): Promise<Provisioning> {
      const status = taskId ? await taskStatus(taskId) : undefined;
      if (status === "RUNNING") return { state: "pending", detail: "the task is RUNNING" };
      if (status === "FAILED") return { state: "failed", detail: "the task is FAILED" };
      const { VpnConnectionSet } = await read(connections, "DescribeVpnConnections", {
        VpnConnectionIds: [connectionId],
      });
      const found = VpnConnectionSet.find((one) => one.VpnConnectionId === connectionId);
      if (!found) return { state: "gone", detail: `${connectionId} does not exist` };
      return found.State === "AVAILABLE"
        ? { state: "ready" }
        : { state: "pending", detail: `the connection is ${found.State ?? "without a state"}` };
    },
  };
}
