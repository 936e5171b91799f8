import { refuseBehind } from "../../domain/provider/preflight-flaws.ts";
import type { Ahead, PreflightFlaw } from "../../domain/provider/provider.ts";
import { findOperationId } from "../../domain/record/ids.ts";
import type { EffectiveRequest } from "../../domain/request/apply-defaults.ts";
import { checkTunnels } from "./check-estate.ts";
import { toPolicies } from "./mapping.ts";
import type { ExistingTunnel } from "./read-estate.ts";

/** The ASN of each customer gateway that has one. */
export type Asns = ReadonlyMap<string, number>;

export interface Coming extends Ahead {
  tunnel: ExistingTunnel;
}

const customerOf = ({ tunnels }: EffectiveRequest) => tunnels[0]?.customerGatewayId ?? "";

/** The tunnel of a request as the vendor will show it. */
function toTunnel(request: EffectiveRequest, asns: Asns): ExistingTunnel {
  const bgp = request.tunnels[0]?.bgp;
  return {
    VpnConnectionId: undefined,
    VpnConnectionName: undefined,
    CustomerGatewayId: customerOf(request),
    SecurityPolicyDatabaseSet: request.routing.mode === "policy" ? toPolicies(request) : [],
    BgpConfig: bgp && { TunnelCidr: bgp.tunnelCidr, RemoteBgpAsn: asns.get(customerOf(request)) },
    HealthCheckLocalIp: request.healthCheck?.sourceIp,
    HealthCheckRemoteIp: request.healthCheck?.targetIp,
  };
}

/** Tunnels that requests ahead will make: not those that are there, and not those that something is in the way of. */
export function foresee(ahead: readonly Ahead[], tunnels: readonly ExistingTunnel[], asns: Asns): Coming[] {
  const made = new Set(tunnels.map(({ VpnConnectionName }) => findOperationId(VpnConnectionName ?? "")));
  const coming: Coming[] = [];
  for (const one of ahead) {
    if (made.has(one.operationId)) continue;
    const before = [...tunnels, ...coming.map(({ tunnel }) => tunnel)];
    const collides = checkTunnels(one.request, before, asns.get(customerOf(one.request))).length > 0;
    if (!collides) coming.push({ ...one, tunnel: toTunnel(one.request, asns) });
  }
  return coming;
}

/** What they will say against a request that comes after them. */
export function checkComing(request: EffectiveRequest, coming: readonly Coming[], asns: Asns): PreflightFlaw[] {
  return coming.flatMap(({ tunnel, called }) =>
    checkTunnels(request, [tunnel], asns.get(customerOf(request))).map((flaw) => refuseBehind(called, flaw)),
  );
}
