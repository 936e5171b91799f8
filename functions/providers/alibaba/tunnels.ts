import * as z from "zod";
import { label, maybeObject, maybeRows, word } from "../../domain/provider/answer.ts";
import type { ProviderRequest, TunnelState } from "../../domain/provider/provider.ts";
import { toRequest } from "./requests.ts";

/** The little of DescribeVpnConnection that tells of negotiation; a dual-tunnel connection says it per tunnel. */
export const negotiation = z.object({
  Status: word,
  TunnelOptionsSpecification: maybeObject({ TunnelOptions: maybeRows({ Role: word, Status: word, TunnelId: label }) }),
});

/** The little of DiagnoseVpnConnections that is looked at. Its log lines and its free text are not. */
export const diagnoses = z.object({
  VpnConnections: maybeRows({
    TunnelId: label,
    FailedReasonCode: word,
    MismatchLocalParam: word,
    MismatchRemoteParam: word,
  }),
});

/** One tunnel as the vendor shows it; `id` exists on dual-tunnel connections only. */
export interface SeenTunnel {
  id?: string;
  status?: string;
}

export type Diagnosis = z.infer<typeof diagnoses>["VpnConnections"][number];

const roles = ["master", "slave"];

/** So many tunnels of the answer, the master first; one that it does not have is there without a status. */
export function toSeenTunnels(answer: z.infer<typeof negotiation> | undefined, count: number): SeenTunnel[] {
  if (count === 1) return [answer?.Status ? { status: answer.Status } : {}];
  const options = answer?.TunnelOptionsSpecification?.TunnelOptions ?? [];
  return roles.slice(0, count).map((role) => {
    const found = options.find(({ Role }) => Role === role);
    return {
      ...(found?.TunnelId ? { id: found.TunnelId } : {}),
      ...(found?.Status ? { status: found.Status } : {}),
    };
  });
}

/** What to have diagnosed: the connection, or the tunnels of a dual-tunnel one. Nothing when all are up. */
export function toDiagnoseRequest(connectionId: string, tunnels: readonly SeenTunnel[]): ProviderRequest | undefined {
  const failing = tunnels.filter(({ status }) => status !== established);
  if (failing.length === 0) return undefined;
  const tunnelIds = failing.flatMap(({ id }) => id ?? []);
  return toRequest(
    "DiagnoseVpnConnections",
    tunnelIds.length > 0 ? { tunnelIds } : { vpnConnectionIds: [connectionId] },
  );
}

const established = "ipsec_sa_established";
const ikeOnly: TunnelState = { state: "negotiating", reason: "phase 1 (IKE) is negotiated, phase 2 (IPsec) is not" };

/** `Status` of DescribeVpnConnection. */
const states = new Map<string | undefined, TunnelState>([
  [established, { state: "up", reason: "both phases are negotiated" }],
  ["ike_sa_established", ikeOnly],
  ["ipsec_sa_not_established", ikeOnly],
  ["ike_sa_not_established", { state: "down", reason: "phase 1 (IKE) is not negotiated" }],
]);

/** The state of a tunnel; what the vendor's diagnosis names is added to the reason while it is not up. */
export function toTunnelState(tunnel: SeenTunnel, found: readonly Diagnosis[]): TunnelState {
  const known = states.get(tunnel.status);
  if (!known) return { state: "unknown", reason: "Alibaba Cloud shows no negotiation status that the broker knows" };
  const diagnosis = found.find(({ TunnelId }) => tunnel.id === undefined || TunnelId === tunnel.id);
  const named = known.state === "up" || !diagnosis ? undefined : explain(diagnosis);
  return { state: known.state, reason: named ? `${known.reason}: ${named}` : known.reason };
}

/**
 * Codes of DiagnoseVpnConnections about settings whose values are words; only these may be shown with values.
 * Source: the table "Common errors and troubleshooting methods" (help.aliyun.com/document_detail/477862.html).
 */
const settings: Readonly<Record<string, string>> = {
  AlgorithmMismatch: "the encryption, authentication or DH group differs",
  EncryptionAlgorithmMismatch: "the encryption of phase 2 (IPsec) differs",
  AuthenticationAlgorithmMismatch: "the integrity algorithm of phase 1 (IKE) differs",
  DhGroupMismatch: "the DH group of phase 1 (IKE) differs",
  PfsMismatch: "the PFS group of phase 2 (IPsec) differs",
  IkeVersionMismatch: "the IKE version or mode differs",
  NegotiationModeMismatch: "the IKE mode differs",
  ProposalMismatch: "the proposals have nothing in common",
  AlgorithmCompatibility: "the integrity algorithm does not work between these two devices",
};

/** The other codes of that table. A key, an identity or a log line may stand in their values, which are never shown. */
const causes: Readonly<Record<string, string>> = {
  PskMismatch: "the pre-shared key differs",
  PeerMismatch: "packets come from another address than the customer gateway's",
  PeerIdMismatch: "the local or remote identity differs",
  DpdHashNotifyCompatibility: "the peer orders DPD payloads differently; it should be hash-notify",
  DpdTimeout: "the peer does not answer DPD",
  NatTMismatch: "NAT traversal differs",
  LifetimeMismatch: "a lifetime differs",
  SecurityProtocolMismatch: "the peer does not use ESP",
  EncapsulationModeMismatch: "the peer does not use tunnel mode",
  TrafficSelectorMismatch: "the local and remote networks differ",
  CommitMismatch: "the peer has the commit bit on, which the vendor does not support",
  NegotiationFailed: "the negotiation failed",
  Phase1NegotiationTimeout: "no packet of phase 1 comes from the peer",
  Phase2NegotiationTimeout: "no packet of phase 2 comes from the peer",
  NoResponse: "the peer does not respond",
  ReceiveDeleteNotify: "the peer deleted the association",
};

/** Words of algorithms, groups, versions and modes, as either side may write them. No number alone: that may be a key. */
const setting =
  /^(none|null|disabled|3?des|aes([-_]?(cbc|gcm))?([-_]?(128|192|256))?([-_]?(cbc|gcm))?|sm[34]|md5|sha[-_]?(1|256|384|512)?|group[-_]?(1|2|5|14|15|16|19|20|21|24)|modp[-_]?\d{3,4}|ikev[12]|main|aggressive)$/i;

/** In the broker's own words; undefined for a code that it does not know, which could be anything. */
function explain({ FailedReasonCode, MismatchLocalParam, MismatchRemoteParam }: Diagnosis): string | undefined {
  const code = FailedReasonCode ?? "";
  if (Object.hasOwn(causes, code)) return causes[code];
  if (!Object.hasOwn(settings, code)) return undefined;
  const sides = [
    ...toWords(MismatchLocalParam).map((value) => `${value} at Alibaba Cloud`),
    ...toWords(MismatchRemoteParam).map((value) => `${value} at the peer`),
  ];
  return sides.length > 0 ? `${settings[code]} (${sides.join(", ")})` : settings[code];
}

function toWords(value: string | undefined): string[] {
  return value && setting.test(value) ? [value] : [];
}
