import { hostsOf30, parseNetwork } from "../network/cidr.ts";
import { type Capabilities, capabilities } from "../provider/capabilities.ts";
import { type CreateRequest, type TunnelRequest, vendorDefault } from "./create-request.ts";

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
  const national = tunnel.remoteCaCertificate === undefined ? undefined : defaults.nationalStandard;
  return {
    ...rest,
    ike: {
      version: "ikev2" as const,
      mode: "main" as const,
      encryption: "aes256" as const,
      integrity: "sha256" as const,
      dhGroup: 14 as const,
      lifetimeSeconds: 28_800,
      ...national?.ike,
      ...tunnel.ike,
    },
    ipsec: {
      encryption: "aes256" as const,
      integrity: "sha256" as const,
      pfsGroup: 14 as const,
      lifetimeSeconds: 3600,
      ...defaults.ipsec,
      ...national?.ipsec,
      ...tunnel.ipsec,
    },
    dpd: tunnel.dpd === vendorDefault ? tunnel.dpd : { ...defaults.dpd, ...tunnel.dpd },
    ...(natTraversal === undefined ? {} : { natTraversal }),
    ...(bgp ? { bgp: completeBgp(bgp) } : {}),
  };
}

/** Of the two addresses one follows from the other, because a /30 has two hosts. Without either the vendor chooses. */
function completeBgp({ tunnelCidr, localAsn, ...given }: NonNullable<TunnelRequest["bgp"]>) {
  const localIp = given.localIp ?? otherHost(tunnelCidr, given.remoteIp);
  const remoteIp = given.remoteIp ?? otherHost(tunnelCidr, given.localIp);
  return {
    tunnelCidr,
    ...(localAsn === undefined ? {} : { localAsn: toAsNumber(localAsn) }),
    ...(localIp === undefined ? {} : { localIp }),
    ...(remoteIp === undefined ? {} : { remoteIp }),
  };
}

/** The host of the /30 that is not this one. */
function otherHost(tunnelCidr: string, address: string | undefined): string | undefined {
  if (address === undefined) return undefined;
  const network = parseNetwork(tunnelCidr);
  const hosts = network ? hostsOf30(network) : undefined;
  if (!hosts) throw new TypeError("a checked tunnelCidr is a network");
  return hosts[0] === address ? hosts[1] : hosts[0];
}

/** An ASN of 32 bits, also from its two halves: 123.456 is 123 * 65536 + 456. */
export function toAsNumber(asn: number | string): number {
  if (typeof asn === "number") return asn;
  const [high = 0, low = 0] = asn.split(".").map(Number);
  return high * 65_536 + low;
}
