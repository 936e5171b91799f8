import { hostsOf30, parseNetwork } from "../network/cidr.ts";
import { type Capabilities, capabilities } from "../provider/capabilities.ts";
import type { CreateRequest, TunnelRequest } from "./create-request.ts";

/**
 * The request with every default filled in, and no keys. Defaults exist only where the vendor has the field: both
 * vendors' documents, SDKs and tools disagree on theirs, so none is left to them.
 */
export function applyDefaults(request: CreateRequest) {
  const { defaults } = capabilities[request.provider];
  const autoConfigureRoutes = request.autoConfigureRoutes ?? defaults.autoConfigureRoutes;
  const { clientToken: _token, tunnels, ...rest } = request;
  return {
    ...rest,
    tunnels: tunnels.map((tunnel) => tunnelDefaults(tunnel, defaults)),
    negotiation: request.negotiation ?? "immediate",
    ...(autoConfigureRoutes === undefined ? {} : { autoConfigureRoutes }),
    allowWeakCryptography: request.allowWeakCryptography ?? false,
    allowDuplicate: request.allowDuplicate ?? false,
    timeoutSeconds: request.timeoutSeconds ?? 1800,
    queueTimeoutSeconds: request.queueTimeoutSeconds ?? 86_400,
  };
}

/** The request as the broker carries it out: complete, canonical, without a key. */
export type EffectiveRequest = ReturnType<typeof applyDefaults>;
export type EffectiveTunnel = EffectiveRequest["tunnels"][number];

function tunnelDefaults(tunnel: TunnelRequest, defaults: Capabilities["defaults"]) {
  const { preSharedKey: _key, bgp, ...rest } = tunnel;
  const natTraversal = tunnel.natTraversal ?? defaults.natTraversal;
  return {
    ...rest,
    ike: {
      version: "ikev2" as const,
      mode: "main" as const,
      encryption: "aes256" as const,
      integrity: "sha256" as const,
      dhGroup: 14 as const,
      lifetimeSeconds: 28_800,
      ...tunnel.ike,
    },
    ipsec: {
      encryption: "aes256" as const,
      integrity: "sha256" as const,
      pfsGroup: 14 as const,
      lifetimeSeconds: 3600,
      ...defaults.ipsec,
      ...tunnel.ipsec,
    },
    dpd: { ...defaults.dpd, ...tunnel.dpd },
    ...(natTraversal === undefined ? {} : { natTraversal }),
    ...(bgp ? { bgp: { ...bgp, remoteIp: bgp.remoteIp ?? otherHost(bgp) } } : {}),
  };
}

/** The host of the /30 that is not ours: the peer's. */
function otherHost(bgp: { tunnelCidr: string; localIp: string }): string {
  const network = parseNetwork(bgp.tunnelCidr);
  const hosts = network ? hostsOf30(network) : undefined;
  if (!hosts) throw new TypeError("a checked tunnelCidr is a network");
  return hosts[0] === bgp.localIp ? hosts[1] : hosts[0];
}
