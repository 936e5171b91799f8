import { VendorProblem } from "../rules.ts";
import type { ProviderCall } from "../vendor-call.ts";
import type { AlibabaAccount } from "./account.ts";
import { page } from "./describe.ts";
import { type Parameters, values } from "./parameters.ts";
import { tunnelStatus } from "./views.ts";

/**
 * DiagnoseVpnConnections: single-tunnel connections are asked for by their ids, the tunnels of others by theirs. The
 * list is flat, unlike those of the describe calls, and has only what is not established and was given a diagnosis.
 */
export function diagnoseVpnConnections(account: AlibabaAccount, call: ProviderCall): Readonly<Record<string, unknown>> {
  const parameters = call.parameters as Parameters;
  const connectionIds = values(parameters, "VpnConnectionIds");
  const tunnelIds = values(parameters, "TunnelIds");
  if (connectionIds.length + tunnelIds.length === 0) {
    throw new VendorProblem({ code: "MissingVpnConnectionIds", detail: "VpnConnectionIds or TunnelIds is mandatory." });
  }
  for (const id of connectionIds) account.connectionIn(call.region, id);
  const found = account
    .visibleConnections()
    .filter(({ RegionId }) => RegionId === call.region)
    .flatMap(({ VpnConnectionId, dualTunnel, tunnels }) =>
      tunnels
        .filter(({ TunnelId }) => (dualTunnel ? tunnelIds.includes(TunnelId) : connectionIds.includes(VpnConnectionId)))
        .filter((tunnel) => tunnelStatus(tunnel) !== "ipsec_sa_established")
        .flatMap(({ TunnelId, negotiation }) =>
          negotiation?.diagnosis
            ? [
                {
                  VpnConnectionId,
                  ...(dualTunnel && { TunnelId }),
                  FailedTime: account.now(),
                  ...negotiation.diagnosis,
                },
              ]
            : [],
        ),
    );
  const { items, paging } = page(parameters, found);
  return { ...paging, VpnConnections: items };
}
