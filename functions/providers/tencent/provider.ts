import * as z from "zod";
import {
  count,
  createdId,
  createdObject,
  ipAddress,
  label,
  requiredLabel,
  word,
} from "../../domain/provider/answer.ts";
import { findConnections } from "../../domain/provider/find-connections.ts";
import { readOptional, type Unread } from "../../domain/provider/optional-read.ts";
import { isDenied } from "../../domain/provider/permission.ts";
import { ProviderError } from "../../domain/provider/provider-error.ts";
import type { Ahead, CallProvider, Provider, Provisioning } from "../../domain/provider/provider.ts";
import { createReader, warnOfPermission } from "../../domain/provider/read-answer.ts";
import { findOperationId } from "../../domain/record/ids.ts";
import type { EffectiveRequest } from "../../domain/request/apply-defaults.ts";
import { checkComing, foresee } from "./check-ahead.ts";
import { checkTunnels, checkVpc, toFullQuota, warnOfAssistantCidrs } from "./check-estate.ts";
import { toCreateRequest, withKeys } from "./mapping.ts";
import { checkGateways } from "./preflight.ts";
import { readAsns, readQuotas, readTunnels, readVpc } from "./read-estate.ts";
import { described, toReport } from "./report.ts";
import { toRequest } from "./requests.ts";
import { negotiation, toTunnelState } from "./tunnels.ts";

/** The little of each answer that is looked at. Descriptions carry the key in clear: nothing else is taken from them. */
const created = z.object({ RequestId: label, VpnConnection: createdObject({ VpnConnectionId: createdId }) });
const task = z.object({ Status: word });
const gateways = z.object({
  VpnGatewaySet: z.array(
    z.object({
      VpnGatewayId: requiredLabel,
      VpcId: word,
      Type: word,
      State: word,
      RestrictState: word,
      Version: count,
      BgpAsn: count,
      PublicIpAddress: ipAddress,
    }),
  ),
});
const customerGateways = z.object({
  CustomerGatewaySet: z.array(z.object({ CustomerGatewayId: requiredLabel, IpAddress: ipAddress, BgpAsn: count })),
});
const connections = z.object({
  VpnConnectionSet: z.array(z.object({ VpnConnectionId: requiredLabel, State: word, ...described })),
});
const connectionList = z.object({
  TotalCount: count,
  VpnConnectionSet: z.array(z.object({ VpnConnectionId: label, VpnConnectionName: label })),
});

/** Two of its codes say of nothing by name that it is not there: then it is what was asked for. */
const absent = {
  DescribeVpnGateways: /^resourcenotfound|^(invalid)?(vpngateway|vpngw)\w*\.notfound$|\.recordnotexists?$/i,
  DescribeCustomerGateways: /^resourcenotfound|^(invalid)?customergateway\w*\.notfound$|\.recordnotexists?$/i,
  DescribeVpnConnections: /^resourcenotfound|^(invalid)?vpnconn\w*\.notfound$|\.recordnotexists?$/i,
};

const pageSize = 100;

/** Tencent Cloud, VPC API of 2017-03-12. */
export function createProvider(call: CallProvider, warn: (warning: string) => void = () => undefined): Provider {
  const { read, readKnown } = createReader(call, absent);

  /** The task of a create; undefined when the vendor does not know it (yet): then the connection's state speaks alone. */
  async function taskStatus(taskId: string): Promise<string | undefined> {
    try {
      return (await read(task, toRequest("DescribeVpcTaskResult", { TaskId: taskId }))).Status;
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      if (["not-found", "validation"].includes(error.facts.class)) return undefined;
      if (error.facts.class !== "auth") throw error;
      // Credentials that are wrong as a whole are told by the next read.
      if (isDenied(error.facts.providerCode))
        warn(
          warnOfPermission("DescribeVpcTaskResult", "whether the vendor's task failed is seen by the connection alone"),
        );
      return undefined;
    }
  }

  /** Neither a task nor a connection tells that its gateway was deleted. Whatever else is answered says nothing of it. */
  async function isGatewayGone(vpnGatewayId: string): Promise<boolean> {
    try {
      const found = await readKnown(gateways, toRequest("DescribeVpnGateways", { VpnGatewayIds: [vpnGatewayId] }));
      return !found?.VpnGatewaySet.some((one) => one.VpnGatewayId === vpnGatewayId);
    } catch (error) {
      if (error instanceof ProviderError) return false;
      throw error;
    }
  }

  /** Some ids that the vendor does not have are a not-found error, others an empty set: so everywhere below. */
  async function describe(connectionId: string) {
    const request = toRequest("DescribeVpnConnections", { VpnConnectionIds: [connectionId] });
    const found = await readKnown(connections, request);
    return found?.VpnConnectionSet.find((one) => one.VpnConnectionId === connectionId);
  }

  /** What requests ahead will have made, as far as it can be told from what is there. */
  async function readComing(request: EffectiveRequest, ahead: readonly Ahead[], unread: Unread) {
    if (ahead.length === 0) return { coming: [], asns: new Map<string, number>() };
    const peers = [request, ...ahead.map((one) => one.request)].filter(({ routing }) => routing.mode === "bgp");
    const ids = peers.flatMap(({ tunnels }) => tunnels.map(({ customerGatewayId }) => customerGatewayId));
    const [there, asns = new Map<string, number>()] = await Promise.all([
      readOptional("tunnels beside those of requests ahead", unread, () => readTunnels(read, request.vpnGatewayId)),
      request.routing.mode === "bgp"
        ? readOptional("the ASNs of requests ahead", unread, () => readAsns(read, ids))
        : undefined,
    ]);
    return { coming: foresee(ahead, there ?? [], asns), asns };
  }

  return {
    createIsIdempotent: false,
    firstLookSeconds: 5,

    async preflight(request, operationId) {
      const customerId = request.tunnels[0]?.customerGatewayId ?? "";
      const { vpcId } = request;
      const unread: Unread = { notChecked: [], warn };
      const [vpnGateways, customers, tunnels, vpc] = await Promise.all([
        readKnown(gateways, toRequest("DescribeVpnGateways", { VpnGatewayIds: [request.vpnGatewayId] })),
        readKnown(customerGateways, toRequest("DescribeCustomerGateways", { CustomerGatewayIds: [customerId] })),
        readTunnels(read, request.vpnGatewayId),
        vpcId && request.routing.mode === "policy"
          ? readOptional("an overlap with the VPC's network", unread, () => readVpc(read, vpcId))
          : undefined,
      ]);
      const gateway = vpnGateways?.VpnGatewaySet.find((one) => one.VpnGatewayId === request.vpnGatewayId);
      const customer = customers?.CustomerGatewaySet.find((one) => one.CustomerGatewayId === customerId);
      const others = tunnels.filter(
        ({ VpnConnectionName }) => findOperationId(VpnConnectionName ?? "") !== operationId,
      );
      const flaws = [
        ...checkGateways(request, gateway, customer),
        ...checkTunnels(request, others, customer?.BgpAsn),
        ...(vpc ? checkVpc(request, vpc) : []),
      ];
      if (gateway?.Type === "CCN")
        unread.notChecked.push("an overlap with the networks of the CCN: no call shows them");
      if (vpc) warnOfAssistantCidrs(request, vpc).forEach(warn);
      return {
        flaws,
        notChecked: unread.notChecked,
        ...(gateway?.State === "PENDING" ? { busy: "the gateway is PENDING" } : {}),
        facts: {
          ...(gateway?.PublicIpAddress ? { localAddress: gateway.PublicIpAddress } : {}),
          ...(customer?.IpAddress ? { remoteAddress: customer.IpAddress } : {}),
        },
      };
    },

    planCreate: toCreateRequest,

    async survey(request, ahead) {
      const unread: Unread = { notChecked: [], warn };
      const { vpnGatewayId, tunnels } = request;
      const customerGatewayId = tunnels[0]?.customerGatewayId ?? "";
      const quotas = await readOptional("quotas of tunnels", unread, () =>
        readQuotas(read, { vpnGatewayId, customerGatewayId }),
      );
      const { coming, asns } = await readComing(request, ahead, unread);
      const sharing = coming.filter(({ tunnel }) => tunnel.CustomerGatewayId === customerGatewayId);
      const full = (quotas ?? []).flatMap((quota) => {
        const more = (quota.pointer.endsWith("customerGatewayId") ? sharing : coming).length;
        return quota.used + more >= quota.limit ? [toFullQuota(quota, more)] : [];
      });
      return { notChecked: unread.notChecked, flaws: [...full, ...checkComing(request, coming, asns)] };
    },

    // There is nothing to have it checked with.
    rehearse: async () => ({}),

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

    // Not by the filter for names, which takes whole ones: the vendor may keep a name in another form.
    find: ({ operationId, vpnGatewayId, customerGatewayId }) =>
      findConnections(operationId, { action: "DescribeVpnConnections", pageSize }, async ({ seen }) => {
        const request = toRequest("DescribeVpnConnections", {
          Filters: [
            { Name: "vpn-gateway-id", Values: [vpnGatewayId] },
            { Name: "customer-gateway-id", Values: [customerGatewayId] },
          ],
          Offset: seen,
          Limit: pageSize,
        });
        const { TotalCount, VpnConnectionSet } = await read(connectionList, request);
        return {
          rows: VpnConnectionSet.map((row) => ({ id: row.VpnConnectionId, name: row.VpnConnectionName })),
          total: TotalCount,
        };
      }),

    exists: async (connectionId) => (await describe(connectionId)) !== undefined,

    async provisioning({ connectionId, taskId, vpnGatewayId }): Promise<Provisioning> {
      const status = taskId ? await taskStatus(taskId) : undefined;
      if (status === "FAILED") return { state: "failed", detail: "the task is FAILED" };
      const found = status === "RUNNING" ? undefined : await describe(connectionId);
      if (found?.State === "AVAILABLE") return { state: "ready", reported: toReport(found) };
      if (await isGatewayGone(vpnGatewayId))
        return { state: "gone", detail: `the gateway ${vpnGatewayId} is not found`, gateway: true };
      if (status === "RUNNING") return { state: "pending", detail: "the task is RUNNING" };
      if (found) return { state: "pending", detail: `the connection is ${found.State ?? "without a state"}` };
      const but = status === "SUCCESS" ? "the task is SUCCESS, but " : "";
      return { state: "gone", detail: `${but}${connectionId} is not found` };
    },

    // A connection has one tunnel here.
    async tunnelStates(connectionId) {
      const request = toRequest("DescribeVpnConnections", { VpnConnectionIds: [connectionId] });
      const found = await readKnown(negotiation, request);
      return [toTunnelState(found?.VpnConnectionSet.find((one) => one.VpnConnectionId === connectionId))];
    },
  };
}
