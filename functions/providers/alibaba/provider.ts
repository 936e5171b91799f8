import * as z from "zod";
import { ProviderError } from "../../domain/provider-error.ts";
import type { CallVendor, Provider, Provisioning } from "../../domain/provider.ts";
import { toCreateParameters, withKeys } from "./mapping.ts";

/** The little of each answer that is looked at. Descriptions carry the key in clear: nothing else is taken from them. */
const created = z.object({ VpnConnectionId: z.string().optional() });
const gateway = z.object({ Status: z.string() });
const connection = z.object({ State: z.string().optional() });
const connectionList = z.object({
  TotalCount: z.number(),
  VpnConnections: z.object({
    VpnConnection: z.array(z.object({ VpnConnectionId: z.string(), Name: z.string().optional() })),
  }),
});

const pageSize = 50;
const mostPages = 40;

/** Alibaba Cloud, VPC API of 2016-04-28. */
export function createProvider(call: CallVendor): Provider {
  async function read<Schema extends z.ZodType>(schema: Schema, action: string, parameters: Record<string, unknown>) {
    const parsed = schema.safeParse(await call(action, parameters));
    if (parsed.success) return parsed.data;
    throw new ProviderError({ class: "ambiguous", action, advice: "The vendor's answer has an unknown form." });
  }

  return {
    createIsIdempotent: true,
    firstLookSeconds: 10,

    planCreate: (request, identity) => ({
      action: "CreateVpnConnection",
      parameters: toCreateParameters(request, identity),
    }),

    async create({ action, parameters }, keys) {
      const { VpnConnectionId } = await read(created, action, withKeys(parameters, keys));
      return VpnConnectionId ? { connectionId: VpnConnectionId } : {};
    },

    // There is no filter by name, and names are not unique: every connection of the gateway is looked at.
    async find({ name, vpnGatewayId }) {
      const found: string[] = [];
      for (let page = 1; page <= mostPages; page += 1) {
        const list = await read(connectionList, "DescribeVpnConnections", {
          VpnGatewayId: vpnGatewayId,
          PageNumber: page,
          PageSize: pageSize,
        });
        const connections = list.VpnConnections.VpnConnection;
        found.push(...connections.filter(({ Name }) => Name === name).map(({ VpnConnectionId }) => VpnConnectionId));
        if (page * pageSize >= list.TotalCount) break;
      }
      return found;
    },

    // The document's sign of the end is the gateway: `updating` while the create goes on, `active` after it.
    async provisioning({ connectionId, vpnGatewayId }): Promise<Provisioning> {
      const { Status } = await read(gateway, "DescribeVpnGateway", { VpnGatewayId: vpnGatewayId });
      if (Status !== "active") return { state: "pending", detail: `the gateway is ${Status}` };
      try {
        const { State = "active" } = await read(connection, "DescribeVpnConnection", { VpnConnectionId: connectionId });
        // "attached" is the document's own example of State; "active" is what gateways' connections show.
        if (State === "active" || State === "attached") return { state: "ready" };
        return { state: "pending", detail: `the connection is ${State}` };
      } catch (error) {
        if (!(error instanceof ProviderError) || error.facts.class !== "not-found") throw error;
        return { state: "gone", detail: `the gateway is active and ${connectionId} does not exist` };
      }
    },
  };
}
