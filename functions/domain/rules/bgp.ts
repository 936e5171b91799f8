import type { Flaw } from "../errors.ts";
import { contains, hostsOf30, parseNetwork, prefixOf } from "../network/cidr.ts";
import { capabilities } from "../provider/capabilities.ts";
import { elsewhere } from "./elsewhere.ts";
import { eachTunnel, type Rule } from "./rule.ts";

/** 169.254.0.0/16. */
const linkLocal = { first: 0xa9_fe_00_00, last: 0xa9_fe_ff_ff };

/** BGP settings stand on every tunnel in mode bgp, on all or none in mode policy where the vendor has both, else on none. */
const bgpFitsMode: Rule = (request) => {
  const mode = request.routing?.mode;
  if (!mode) return [];
  const tunnels = eachTunnel(request);
  const row = request.provider && capabilities[request.provider];
  const mayHave = mode === "bgp" || (mode === "policy" && row?.policies.withBgp !== false);
  const wanted = mode === "bgp" || tunnels.some(({ tunnel }) => "bgp" in tunnel);
  const whoHas = mode === "policy" ? elsewhere((other) => other.policies.withBgp, ["has both", "have both"]) : "";
  return tunnels.flatMap(({ tunnel, pointer }) => {
    if (mayHave && wanted && !("bgp" in tunnel)) {
      const detail = mode === "bgp" ? "is required for routing mode bgp" : "is required, as on the other tunnel";
      return [{ pointer: `${pointer}/bgp`, detail }];
    }
    return !mayHave && tunnel.bgp !== undefined
      ? [{ pointer: `${pointer}/bgp`, detail: `is for routing mode bgp only, not for mode ${mode}${whoHas}` }]
      : [];
  });
};

/** What has no default at the vendor is given. */
const bgpIsComplete: Rule = (request) => {
  const row = request.provider && capabilities[request.provider];
  if (!row) return [];
  const { title, bgp: wanted, tunnelsPerConnection } = row;
  const two = (request.tunnels?.length ?? 0) === 2 && tunnelsPerConnection === 2;
  return eachTunnel(request).flatMap(({ tunnel: { bgp }, pointer }): Flaw[] => {
    if (!bgp) return [];
    const flaws: Flaw[] = [];
    const lacks = (member: string, detail: string) => flaws.push({ pointer: `${pointer}/bgp/${member}`, detail });
    if (wanted.addressRequired && !("localIp" in bgp) && !("remoteIp" in bgp)) {
      lacks("localIp", `is required at ${title}, or remoteIp, from which it follows`);
    }
    if (two && wanted.asnRequiredWithTwoTunnels && !("localAsn" in bgp)) {
      lacks("localAsn", `is required with two tunnels at ${title}`);
    }
    return flaws;
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

export const bgpRules: readonly Rule[] = [bgpFitsMode, bgpIsComplete, bgpAddressesFit, bgpNetworksDiffer];
