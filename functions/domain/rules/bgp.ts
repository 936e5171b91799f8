import type { Flaw } from "../errors.ts";
import { contains, hostsOf30, parseNetwork, prefixOf } from "../network/cidr.ts";
import { capabilities } from "../provider/capabilities.ts";
import { eachTunnel, type Rule } from "./rule.ts";

/** 169.254.0.0/16. */
const linkLocal = { first: 0xa9_fe_00_00, last: 0xa9_fe_ff_ff };

/** BGP settings stand on every tunnel in mode bgp, and on none in another mode. */
const bgpFitsMode: Rule = (request) => {
  const mode = request.routing?.mode;
  if (!mode) return [];
  return eachTunnel(request).flatMap(({ tunnel, pointer }) => {
    if (mode === "bgp" && !("bgp" in tunnel)) {
      return [{ pointer: `${pointer}/bgp`, detail: "is required for routing mode bgp" }];
    }
    return mode !== "bgp" && tunnel.bgp !== undefined
      ? [{ pointer: `${pointer}/bgp`, detail: `is for routing mode bgp only, not for mode ${mode}` }]
      : [];
  });
};

/** The tunnel's network is a free /30 of the link-local range, and the two addresses are its two hosts. */
const bgpAddressesFit: Rule = (request) => {
  const row = request.provider && capabilities[request.provider];
  return eachTunnel(request).flatMap(({ tunnel, pointer }): Flaw[] => {
    const { tunnelCidr, localIp, remoteIp } = tunnel.bgp ?? {};
    const network = tunnelCidr === undefined ? undefined : parseNetwork(tunnelCidr);
    if (!network) return [];
    const at = `${pointer}/bgp`;
    if (prefixOf(network) !== 30 || !contains(linkLocal, network)) {
      return [{ pointer: `${at}/tunnelCidr`, detail: "must be a /30 inside 169.254.0.0/16" }];
    }
    if (row?.reservedTunnelCidrs.includes(tunnelCidr ?? "")) {
      return [{ pointer: `${at}/tunnelCidr`, detail: `${tunnelCidr} is reserved by ${row.title}` }];
    }
    const hosts = hostsOf30(network);
    const detail = `must be ${hosts[0]} or ${hosts[1]}, the two hosts of ${tunnelCidr}`;
    const flaws: Flaw[] = [];
    if (localIp !== undefined && !hosts.includes(localIp)) flaws.push({ pointer: `${at}/localIp`, detail });
    if (remoteIp !== undefined && !hosts.includes(remoteIp)) flaws.push({ pointer: `${at}/remoteIp`, detail });
    if (flaws.length === 0 && remoteIp !== undefined && remoteIp === localIp) {
      flaws.push({ pointer: `${at}/remoteIp`, detail: "must differ from localIp" });
    }
    return flaws;
  });
};

/** Each tunnel of a pair has its own network. */
const bgpNetworksDiffer: Rule = (request) => {
  const [first, second] = eachTunnel(request);
  const cidr = first?.tunnel.bgp?.tunnelCidr;
  return cidr !== undefined && cidr === second?.tunnel.bgp?.tunnelCidr
    ? [{ pointer: "/tunnels/1/bgp/tunnelCidr", detail: "must differ from the first tunnel's" }]
    : [];
};

export const bgpRules: readonly Rule[] = [bgpFitsMode, bgpAddressesFit, bgpNetworksDiffer];
