/**
 * What a vendor's error means for the request. Decided once per vendor code, in that provider's `errors.ts`;
 * the HTTP status never decides it (Alibaba answers `InternalError` with 400, Tencent every error with 200).
 *
 * - `retry`: refused before it ran (throttled, connection refused, clock skew); the same call may be sent again.
 * - `conflict`: the gateway or another task is busy; wait, then send again.
 * - `quota`, `validation`, `auth`, `not-found`: definite refusals; sending again cannot help.
 * - `exists`: the vendor says the thing is there already; only a lookup tells whether it is ours.
 * - `ambiguous`: nobody knows whether the call took effect.
 */
export const errorClasses = [
  "retry",
  "conflict",
  "quota",
  "validation",
  "auth",
  "not-found",
  "exists",
  "ambiguous",
] as const;
export type ErrorClass = (typeof errorClasses)[number];

const passing: ReadonlySet<ErrorClass> = new Set(["retry", "conflict", "ambiguous"]);

/** Whether the same call may be answered otherwise later. Of any other answer, asking again changes nothing. */
export function mayPass(kind: ErrorClass): boolean {
  return passing.has(kind);
}

/** The facts of one failed vendor call, safe to log and store: no vendor message, no URL, no parameter value. */
export interface ProviderErrorFacts {
  class: ErrorClass;
  /** The vendor's action name, e.g. `CreateVpnConnection`. */
  action: string;
  /** The vendor's error code; there is one exactly when the vendor answered with one. Absent: no answer could be read. */
  providerCode?: string;
  /** The vendor's request id, for its support. */
  providerRequestId?: string;
  /** What went wrong before the vendor could be asked, for the caller; absent = the vendor was asked. */
  beforehand?: string;
  /** One sentence a person can act on. */
  advice: string;
  /** How long the vendor asked us to stay away, in seconds. */
  retryAfterSeconds?: number;
  /** Whether the refusal is one that a connection of ours would cause: it is there already, overlaps, or fills the quota. */
  mayBeOurs?: true;
  /** The vendor found the time of the signature too far from its own: once more may help, a third time will not. */
  clock?: true;
  /**
   * What the vendor says of the create's token: its first call still runs, so that only the same token may be repeated;
   * or that call failed, so that only a new one can succeed once a look has shown that nothing is there.
   */
  token?: "in-progress" | "failed";
}

/**
 * A vendor call that failed. Its message is made of our own words only, because the vendors' SDKs put the request URL
 * and the response body into theirs.
 */
export class ProviderError extends Error {
  override readonly name = "ProviderError";
  readonly facts: ProviderErrorFacts;

  constructor(facts: ProviderErrorFacts) {
    super(facts.beforehand ?? `${facts.action}: ${facts.providerCode ?? "no readable answer"} (${facts.class})`);
    this.facts = facts;
  }
}
