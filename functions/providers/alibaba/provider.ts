import * as z from "zod";
import { sharesCustomer } from "../../domain/connections/find-duplicate.ts";
import {
  count,
  createdId,
  flag,
  ipAddress,
  label,
  requiredWord,
  word,
  wordOrNothing,
} from "../../domain/provider/answer.ts";
import { findConnections } from "../../domain/provider/find-connections.ts";
import { readOptional, type Unread } from "../../domain/provider/optional-read.ts";
import { isDenied } from "../../domain/provider/permission.ts";
import { missingCustomerGateway, missingGateway } from "../../domain/provider/preflight-flaws.ts";
import { ProviderError } from "../../domain/provider/provider-error.ts";
import type { CallProvider, Provider, Provisioning } from "../../domain/provider/provider.ts";
import { createReader, warnOfPermission } from "../../domain/provider/read-answer.ts";
import { findOperationId } from "../../domain/record/ids.ts";
import type { EffectiveRequest } from "../../domain/request/apply-defaults.ts";
import { checkAhead } from "./check-ahead.ts";
import { toCreateRequest, withKeys } from "./mapping.ts";
import { checkCustomerGateway, checkGateway, describeSharedSettings } from "./preflight.ts";
import { described, toReport } from "./report.ts";
import { toRequest } from "./requests.ts";
import {
  diagnoses,
  type Diagnosis,
  negotiation,
  type SeenTunnel,
  toDiagnoseRequest,
  toSeenTunnels,
  toTunnelState,
} from "./tunnels.ts";

/** The little of each answer that is looked at. Descriptions carry the key in clear: nothing else is taken from them. */
const created = z.object({ VpnConnectionId: createdId });
const gateway = z.object({
  Status: requiredWord,
  BusinessStatus: word,
  IpsecVpn: word,
  EnableBgp: flag,
  VpnType: word,
  InternetIp: ipAddress,
  DisasterRecoveryInternetIp: ipAddress,
  DisasterRecoveryVSwitchId: word,
});
const customerGateway = z.object({ IpAddress: ipAddress, Asn: count });
const connection = z.object({ State: wordOrNothing, ...described });
const connectionList = z.object({
  TotalCount: count,
  VpnConnections: z.object({ VpnConnection: z.array(z.object({ VpnConnectionId: label, Name: label })) }),
});

const absent = {
  DescribeVpnGateway: /^(invalid)?vpngateway\w*\.notfound$/i,
  DescribeCustomerGateway: /^(invalid)?customergateway\w*\.notfound$/i,
  DescribeVpnConnection: /^(invalid)?vpnconnection\w*\.notfound$/i,
};

const pageSize = 50;

const differsFromSibling = "VpnConnectionParamInvalid.SameVpnAndCgwDifferentIkeConfigs";
const notComparedWithSibling =
  "whether the pre-shared key and the IKE settings are those of the connection that these gateways have already, and what Alibaba Cloud checks after that: a dry run asks with another key, so that nobody can guess one by it";

/** Alibaba Cloud, VPC API of 2016-04-28. */
export function createProvider(call: CallProvider, warn: (warning: string) => void = () => undefined): Provider {
  const { read, readKnown } = createReader(call, absent);
  const describe = (vpnConnectionId: string) =>
    readKnown(connection, toRequest("DescribeVpnConnection", { vpnConnectionId }));

  /** What the vendor finds wrong with tunnels that are not up. Without an answer the reasons are plainer, that is all. */
  async function diagnose(connectionId: string, tunnels: readonly SeenTunnel[]): Promise<Diagnosis[]> {
    const request = toDiagnoseRequest(connectionId, tunnels);
    if (!request) return [];
    try {
      return (await read(diagnoses, request)).VpnConnections;
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      if (isDenied(error.facts.providerCode))
        warn(warnOfPermission("DiagnoseVpnConnections", "why a tunnel is down is not told"));
      return [];
    }
  }

  /** Ids of connections between the gateway and any of the customer gateways, less the request's own. */
  async function readSiblings({ vpnGatewayId, tunnels }: EffectiveRequest, operationId: string): Promise<string[]> {
    const customers = new Set(tunnels.map(({ customerGatewayId }) => customerGatewayId));
    const lists = await Promise.all(
      [...customers].map((customerGatewayId) =>
        read(connectionList, toRequest("DescribeVpnConnections", { vpnGatewayId, customerGatewayId, pageSize })),
      ),
    );
    const rows = lists.flatMap(({ VpnConnections }) => VpnConnections.VpnConnection);
    const others = rows.filter(({ Name = "" }) => findOperationId(Name) !== operationId);
    return [...new Set(others.flatMap(({ VpnConnectionId }) => VpnConnectionId ?? []))];
  }

  /** Warns of connections that the new one must be like in its key. Answers what could not be looked at. */
  async function tellSiblings(request: EffectiveRequest, operationId: string): Promise<string[]> {
    const unread: Unread = { notChecked: [], warn };
    const siblings = await readOptional("other connections of the same gateways", unread, () =>
      readSiblings(request, operationId),
    );
    if (siblings && siblings.length > 0) warn(describeSharedSettings("are connected already"));
    return unread.notChecked;
  }

  return {
    createIsIdempotent: true,
    firstLookSeconds: 10,

    async preflight(request, operationId) {
      const [found, ...customers] = await Promise.all([
        readKnown(gateway, toRequest("DescribeVpnGateway", { vpnGatewayId: request.vpnGatewayId })),
        ...request.tunnels.map((tunnel) =>
          readKnown(
            customerGateway,
            toRequest("DescribeCustomerGateway", { customerGatewayId: tunnel.customerGatewayId }),
          ),
        ),
      ]);
      if (!found) return { flaws: [missingGateway(request, "InvalidVpnGatewayInstanceId.NotFound")], facts: {} };
      const flaws = [
        ...checkGateway(request, found),
        ...customers.flatMap((customer, index) =>
          customer
            ? checkCustomerGateway(request, index, customer, found)
            : [missingCustomerGateway(request, index, "InvalidCustomerGatewayInstanceId.NotFound")],
        ),
      ];
      const working = found.Status !== "active" && found.Status !== "deleting";
      if (working) return { flaws, facts: {}, busy: `the gateway is ${found.Status}` };
      return { flaws, facts: {}, notChecked: flaws.length > 0 ? [] : await tellSiblings(request, operationId) };
    },

    async survey(request, ahead) {
      const isFollower = ahead.some((one) => sharesCustomer(one.request, request));
      if (isFollower) warn(describeSharedSettings("will be connected by then"));
      return { flaws: checkAhead(request, ahead) };
    },

    planCreate: toCreateRequest,

    // Without a ClientToken, which must not be spent on a rehearsal. That it passed is said as an error; any other answer
    // is that of a create.
    async rehearse({ action, parameters: { ClientToken: _token, ...parameters } }, keys) {
      try {
        const { parameters: rehearsal } = toRequest("CreateVpnConnection", { dryRun: true });
        const request = { action, parameters: withKeys({ ...parameters, ...rehearsal }, keys) };
        const { VpnConnectionId } = await read(created, request);
        return { carriedOut: VpnConnectionId ? { connectionId: VpnConnectionId } : {} };
      } catch (error) {
        if (!(error instanceof ProviderError)) throw error;
        const { providerCode } = error.facts;
        if (providerCode === "DryRunOperation") return {};
        if (providerCode === differsFromSibling) return { notChecked: notComparedWithSibling };
        throw error;
      }
    },

    async create({ action, parameters }, keys) {
      const { VpnConnectionId } = await read(created, { action, parameters: withKeys(parameters, keys) });
      return VpnConnectionId ? { connectionId: VpnConnectionId } : {};
    },

    exists: async (connectionId) => (await describe(connectionId)) !== undefined,

    // There is no filter by name, and names are not unique: every connection of the gateway is looked at.
    find: ({ operationId, vpnGatewayId }) =>
      findConnections(operationId, { action: "DescribeVpnConnections", pageSize }, async ({ page }) => {
        const request = toRequest("DescribeVpnConnections", { vpnGatewayId, pageNumber: page, pageSize });
        const { TotalCount, VpnConnections } = await read(connectionList, request);
        const rows = VpnConnections.VpnConnection.map((row) => ({ id: row.VpnConnectionId, name: row.Name }));
        return { rows, total: TotalCount };
      }),

    // The document's sign of the end is the gateway: `updating` while the create goes on, `active` after it.
    async provisioning({ connectionId, vpnGatewayId }): Promise<Provisioning> {
      const known = await readKnown(gateway, toRequest("DescribeVpnGateway", { vpnGatewayId }));
      if (!known) return { state: "gone", detail: `the gateway ${vpnGatewayId} is not found`, gateway: true };
      const { Status } = known;
      if (Status !== "active") return { state: "pending", detail: `the gateway is ${Status}` };
      const found = await describe(connectionId);
      if (!found) return { state: "gone", detail: `the gateway is active and ${connectionId} is not found` };
      const { State = "active" } = found;
      // "attached" is the document's own example of State; "active" is what gateways' connections show.
      if (State === "active" || State === "attached") return { state: "ready", reported: toReport(found) };
      return { state: "pending", detail: `the connection is ${State}` };
    },

    async tunnelStates(connectionId, expected) {
      const found = await readKnown(negotiation, toRequest("DescribeVpnConnection", { vpnConnectionId: connectionId }));
      const tunnels = toSeenTunnels(found, expected);
      const named = found ? await diagnose(connectionId, tunnels) : [];
      return tunnels.map((tunnel) => toTunnelState(tunnel, named));
    },
  };
}
