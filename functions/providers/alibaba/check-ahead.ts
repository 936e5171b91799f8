import { joinSame } from "../../domain/connections/find-duplicate.ts";
import { overlaps, parseNetwork } from "../../domain/network/cidr.ts";
import { refuse, refuseBehind } from "../../domain/provider/preflight-flaws.ts";
import type { Ahead, PreflightFlaw } from "../../domain/provider/provider.ts";
import type { EffectiveRequest } from "../../domain/request/apply-defaults.ts";

/** BGP networks are unique on a gateway. */
function checkTunnelCidrs({ tunnels }: EffectiveRequest, earlier: EffectiveRequest): PreflightFlaw[] {
  const theirs = earlier.tunnels.flatMap(({ bgp }) => parseNetwork(bgp?.tunnelCidr ?? "") ?? []);
  return tunnels.flatMap(({ bgp }, index) => {
    const own = parseNetwork(bgp?.tunnelCidr ?? "");
    if (!own || !theirs.some((network) => overlaps(network, own))) return [];
    const flaw = refuse(
      `/tunnels/${index}/bgp/tunnelCidr`,
      "is taken",
      "Give a /30 that no tunnel of the gateway has.",
    );
    return [{ ...flaw, providerCode: "IllegalParam.TunnelCidr" }];
  });
}

/** Networks of two connections between the same gateways may not overlap, whatever the request allows. */
function checkNetworks(request: EffectiveRequest, earlier: EffectiveRequest): PreflightFlaw[] {
  if (!joinSame(earlier, request)) return [];
  const flaw = refuse("/routing", "overlaps", "Give other networks, or name another customer gateway.");
  return [{ ...flaw, providerCode: "VpnConnectionParamInvalid.SameVpnAndCgwTrafficSelectorOverlap" }];
}

const collide = (request: EffectiveRequest, earlier: EffectiveRequest) => [
  ...checkTunnelCidrs(request, earlier),
  ...checkNetworks(request, earlier),
];

/** What the connections of requests that go first will say against this one. */
export function checkAhead(request: EffectiveRequest, ahead: readonly Ahead[]): PreflightFlaw[] {
  const makers: Ahead[] = [];
  for (const one of ahead) {
    if (makers.every((maker) => collide(one.request, maker.request).length === 0)) makers.push(one);
  }
  return makers.flatMap((maker) => collide(request, maker.request).map((flaw) => refuseBehind(maker.called, flaw)));
}
