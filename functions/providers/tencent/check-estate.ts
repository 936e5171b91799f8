import { type Network, overlaps, parseNetwork } from "../../domain/network/cidr.ts";
import { refuse } from "../../domain/provider/preflight-flaws.ts";
import { type PreflightFlaw, unnamedConnection } from "../../domain/provider/provider.ts";
import type { EffectiveRequest } from "../../domain/request/apply-defaults.ts";
import type { ExistingTunnel, Quota, Vpc } from "./read-estate.ts";

interface Place {
  pointer: string;
  text: string;
  network: Network;
}

/** One local network and a remote one that may talk to each other. */
interface Pair {
  local: Network;
  remote: Place;
}

function toPlaces(texts: readonly string[], pointer: string): Place[] {
  return texts.flatMap((text, index) => {
    const network = parseNetwork(text);
    return network ? [{ text, pointer: `${pointer}/${index}`, network }] : [];
  });
}

/** The pairs of networks that a request asks for. */
function pairsOf({ routing }: EffectiveRequest): Pair[] {
  if (routing.mode !== "policy") return [];
  const { localCidrs = [], remoteCidrs = [], pairs } = routing;
  const policies = pairs
    ? pairs.map(({ local, remotes }, index) => ({
        local,
        remotes: toPlaces(remotes, `/routing/pairs/${index}/remotes`),
      }))
    : localCidrs.map((local) => ({ local, remotes: toPlaces(remoteCidrs, "/routing/remoteCidrs") }));
  return policies.flatMap(({ local: text, remotes }) => {
    const local = parseNetwork(text);
    return local ? remotes.map((remote) => ({ local, remote })) : [];
  });
}

/** Each remote network once, the first time that it is at fault. */
function flawPerRemote(pairs: readonly Pair[], toFlaw: (pair: Pair) => PreflightFlaw | undefined): PreflightFlaw[] {
  const flaws = new Map<string, PreflightFlaw>();
  for (const pair of pairs) {
    const flaw = flaws.has(pair.remote.pointer) ? undefined : toFlaw(pair);
    if (flaw) flaws.set(flaw.pointer, flaw);
  }
  return [...flaws.values()];
}

/** A remote network may not overlap the VPC's own. */
export function checkVpc(request: EffectiveRequest, vpc: Vpc): PreflightFlaw[] {
  const own = parseNetwork(vpc.CidrBlock ?? "");
  return flawPerRemote(pairsOf(request), ({ remote: { pointer, text, network } }) =>
    own && overlaps(own, network)
      ? {
          ...refuse(pointer, `${text} overlaps the VPC's network ${vpc.CidrBlock}`, "Give networks outside the VPC."),
          providerCode: "InvalidParameterValue.VpcCidrConflict",
        }
      : undefined,
  );
}

/** Overlaps with further networks of the VPC, of which no document says whether they count. */
export function warnOfAssistantCidrs(request: EffectiveRequest, vpc: Vpc): string[] {
  const further = vpc.AssistantCidrSet.flatMap(({ CidrBlock }) => CidrBlock ?? []);
  const found = new Set<string>();
  for (const { remote } of pairsOf(request)) {
    const hit = further.find((text) => {
      const network = parseNetwork(text);
      return network && overlaps(network, remote.network);
    });
    if (hit) found.add(`${remote.pointer}: ${remote.text} overlaps the VPC's assistant network ${hit}`);
  }
  return [...found];
}

const nameOf = (id: string | undefined) => id ?? "a tunnel that is shown without an id";
const inTheWay = (id: string | undefined) => ({ collidesWith: id ?? unnamedConnection });

/** Two pairs on one gateway may not overlap on both sides (product guide 1037/39635). */
function checkPolicies(request: EffectiveRequest, tunnels: readonly ExistingTunnel[]): PreflightFlaw[] {
  const theirs = tunnels.flatMap(({ VpnConnectionId, SecurityPolicyDatabaseSet }) =>
    SecurityPolicyDatabaseSet.flatMap(({ LocalCidrBlock, RemoteCidrBlock }) => {
      const local = parseNetwork(LocalCidrBlock ?? "");
      const remotes = toPlaces(
        RemoteCidrBlock.flatMap((block) => block ?? []),
        "",
      );
      return local ? remotes.map(({ network, text }) => ({ local, network, text, id: VpnConnectionId })) : [];
    }),
  );
  return flawPerRemote(pairsOf(request), ({ local, remote }) => {
    const hit = theirs.find((other) => overlaps(other.local, local) && overlaps(other.network, remote.network));
    if (!hit) return undefined;
    const detail = `${remote.text} overlaps ${hit.text} of ${nameOf(hit.id)} on the same gateway, and so do the local networks`;
    return {
      ...refuse(remote.pointer, detail, "Give other networks, or delete that tunnel."),
      providerCode: "InvalidParameterValue.VpnConnCidrConflict",
      ...inTheWay(hit.id),
    };
  });
}

/** The BGP network is unique among the tunnels of a gateway, the ASN among its peers: one peer may have two tunnels. */
function checkBgp(
  { tunnels: [tunnel] }: EffectiveRequest,
  tunnels: readonly ExistingTunnel[],
  asn: number | undefined,
): PreflightFlaw[] {
  if (!tunnel?.bgp) return [];
  const own = parseNetwork(tunnel.bgp.tunnelCidr);
  const sameNetwork = tunnels.find(({ BgpConfig }) => {
    const network = parseNetwork(BgpConfig?.TunnelCidr ?? "");
    return own && network && overlaps(own, network);
  });
  const sameAsn = tunnels.find(
    ({ BgpConfig, CustomerGatewayId }) =>
      CustomerGatewayId !== tunnel.customerGatewayId && asn !== undefined && BgpConfig?.RemoteBgpAsn === asn,
  );
  return [
    ...(sameNetwork
      ? [
          {
            ...refuse(
              "/tunnels/0/bgp/tunnelCidr",
              `overlaps ${sameNetwork.BgpConfig?.TunnelCidr} of ${nameOf(sameNetwork.VpnConnectionId)}`,
              "Give a /30 that no tunnel of the gateway has.",
            ),
            providerCode: "InvalidParameterValue.VpnConnBgpTunnelCidrConflict",
            ...inTheWay(sameNetwork.VpnConnectionId),
          },
        ]
      : []),
    ...(sameAsn
      ? [
          {
            ...refuse(
              "/tunnels/0/customerGatewayId",
              `has the ASN of the peer of ${nameOf(sameAsn.VpnConnectionId)}`,
              "Give each peer of the gateway an ASN of its own.",
            ),
            providerCode: "UnsupportedOperation.VpnUnsupportedBgpAsnEqual",
            ...inTheWay(sameAsn.VpnConnectionId),
          },
        ]
      : []),
  ];
}

/** An address probes, or is probed, in one tunnel only. */
function checkProbes({ healthCheck }: EffectiveRequest, tunnels: readonly ExistingTunnel[]): PreflightFlaw[] {
  return (["sourceIp", "targetIp"] as const).flatMap((member) => {
    const address = healthCheck?.[member];
    const hit = tunnels.find(
      ({ HealthCheckLocalIp, HealthCheckRemoteIp }) =>
        address !== undefined && [HealthCheckLocalIp, HealthCheckRemoteIp].includes(address),
    );
    if (!hit) return [];
    const detail = `${nameOf(hit.VpnConnectionId)} has this address for its own health check`;
    return [
      {
        ...refuse(`/healthCheck/${member}`, detail, "Give an address that no tunnel of the gateway has."),
        providerCode: "InvalidParameterValue.VpnConnHealthCheckIpConflict",
        ...inTheWay(hit.VpnConnectionId),
      },
    ];
  });
}

/** What the other tunnels of the gateway say against the request; `asn` is the customer gateway's. */
export function checkTunnels(
  request: EffectiveRequest,
  tunnels: readonly ExistingTunnel[],
  asn: number | undefined,
): PreflightFlaw[] {
  return [...checkPolicies(request, tunnels), ...checkBgp(request, tunnels, asn), ...checkProbes(request, tunnels)];
}

/** A quota that leaves no room for one more tunnel, with those that requests ahead will have made. */
export function toFullQuota({ of, pointer, limit, used }: Quota, ahead: number): PreflightFlaw {
  const first = ahead > 0 ? ` and ${ahead} by requests that go first` : "";
  return {
    code: "provider_quota",
    pointer,
    detail: `${of} has ${used} tunnels${first} of at most ${limit}`,
    advice: "Delete tunnels that are not used, or ask Tencent Cloud in a ticket to raise the quota.",
    providerCode: "LimitExceeded",
  };
}
