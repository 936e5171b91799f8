/**
 * The life of a request. `unknown` is an ending too: whether the vendor made the connection could not be decided safely,
 * and a person must look.
 */
export const outcomeStatuses = ["succeeded", "failed", "canceled", "unknown"] as const;
export type OutcomeStatus = (typeof outcomeStatuses)[number];

export const statuses = ["accepted", "queued", "creating", "provisioning", ...outcomeStatuses] as const;
export type Status = (typeof statuses)[number];

const final: ReadonlySet<Status> = new Set(outcomeStatuses);

/** Whether nothing more happens to the request unless a caller asks for it. */
export function isFinal(status: Status): boolean {
  return final.has(status);
}
