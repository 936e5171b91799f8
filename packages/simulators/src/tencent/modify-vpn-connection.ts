import * as z from "zod";
import { VendorProblem } from "../rules.ts";
import type { ProviderCall } from "../vendor-call.ts";
import type { TencentAccount } from "./account.ts";
import { checkConnection } from "./check-connection.ts";
import { type ConnectionRequest, connectionRequestSchema } from "./connection-request.ts";
import { readParameters } from "./parameters.ts";
import { resolveConnection } from "./resolve-connection.ts";
import type { Connection } from "./resources.ts";
import { viewTags } from "./views.ts";

const schema = connectionRequestSchema
  .omit({ VpnGatewayId: true, VpcId: true, RouteType: true, Route: true, Tags: true })
  .partial()
  .extend({ VpnConnectionId: z.string() });

/** ModifyVpnConnectionAttribute: what is not given stays, and the whole is judged like a new connection. */
export function modifyVpnConnection(
  account: TencentAccount,
  call: ProviderCall,
  requestId: string,
): Readonly<Record<string, unknown>> {
  const { VpnConnectionId, ...changes } = readParameters(schema, call.parameters);
  const connection = account.connectionIn(call.region, VpnConnectionId);
  if (account.connectionState(connection) !== "AVAILABLE") {
    throw new VendorProblem({ code: "UnsupportedOperation.InvalidState" });
  }
  const { IKEOptionsSpecification: ike, IPSECOptionsSpecification: ipsec, ...rest } = changes;
  const old = toRequest(connection);
  const request: ConnectionRequest = {
    ...old,
    ...(withoutUndefined(rest) as Partial<ConnectionRequest>),
    IKEOptionsSpecification: { ...old.IKEOptionsSpecification, ...ike },
    IPSECOptionsSpecification: { ...old.IPSECOptionsSpecification, ...ipsec },
  };
  const context = checkConnection(account, call.region, request, VpnConnectionId);
  Object.assign(connection, resolveConnection(request, context, account.ids), {
    VpnConnectionName: account.nameKept(request.VpnConnectionName),
  });
  connection.settledAt = account.startTask(requestId, VpnConnectionId, "SUCCESS");
  return {};
}

/** The request that would make the connection as it is. */
function toRequest(connection: Connection): ConnectionRequest {
  const { BgpConfig: bgp, HealthCheckConfig: probes } = connection;
  return {
    VpnGatewayId: connection.VpnGatewayId,
    CustomerGatewayId: connection.CustomerGatewayId,
    VpnConnectionName: connection.VpnConnectionName,
    PreShareKey: connection.PreShareKey,
    VpcId: connection.VpcId,
    SecurityPolicyDatabases: connection.SecurityPolicyDatabaseSet.map((policy) => ({
      LocalCidrBlock: policy.LocalCidrBlock,
      RemoteCidrBlock: [...policy.RemoteCidrBlock],
    })),
    IKEOptionsSpecification: connection.IKEOptionsSpecification,
    IPSECOptionsSpecification: connection.IPSECOptionsSpecification,
    Tags: viewTags(connection.tags),
    EnableHealthCheck: connection.EnableHealthCheck,
    HealthCheckLocalIp: connection.HealthCheckLocalIp,
    HealthCheckRemoteIp: connection.HealthCheckRemoteIp,
    HealthCheckConfig: probes,
    RouteType: connection.RouteType,
    NegotiationType: connection.NegotiationType,
    DpdEnable: connection.DpdEnable,
    DpdTimeout: connection.DpdTimeout,
    DpdAction: connection.DpdAction,
    BgpConfig: bgp && {
      TunnelCidr: bgp.TunnelCidr,
      LocalBgpIp: bgp.LocalBgpIp,
      RemoteBgpIp: bgp.RemoteBgpIp,
    },
  };
}

function withoutUndefined(members: object): object {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}
