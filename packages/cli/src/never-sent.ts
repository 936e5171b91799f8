import { NoAnswerError } from "@vpn-broker/client";

/** Causes that come before anything was sent, by the codes of Node and of its fetch. */
const causes: Record<string, string> = {
  ECONNREFUSED: "nothing listens there. Is it running?",
  ENOTFOUND: "its name is not known.",
  EAI_AGAIN: "its name could not be looked up.",
  ENETUNREACH: "there is no way to it.",
  EHOSTUNREACH: "there is no way to it.",
  UND_ERR_CONNECT_TIMEOUT: "it took too long to connect.",
  ERR_SSL_WRONG_VERSION_NUMBER: "it does not speak https.",
  DEPTH_ZERO_SELF_SIGNED_CERT: "nobody vouches for its certificate.",
  SELF_SIGNED_CERT_IN_CHAIN: "nobody vouches for its certificate.",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "nobody vouches for its certificate.",
  CERT_HAS_EXPIRED: "its certificate has expired.",
  ERR_TLS_CERT_ALTNAME_INVALID: "its certificate is of another name.",
};

/** The sentence for a broker that cannot be reached for such a cause. */
export const toUnreachable = (base: string, why: string): string =>
  `No broker answers at ${base}: ${why} Elsewhere: --url or VPN_BROKER_URL.`;

/** Why a call that got no answer was never sent; nothing where it may have been. */
export function whyNeverSent(error: unknown): string | undefined {
  if (!(error instanceof NoAnswerError)) return undefined;
  return causes[/\((\w+)\)$/.exec(error.message)?.[1] ?? ""];
}
