/**
 * The life of a request. `unknown` is an ending too: whether the vendor made the connection could not be decided safely,
 * and a person must look.
 */
export const statuses = [
  "accepted",
  "queued",
  "creating",
  "provisioning",
  "succeeded",
  "failed",
  "canceled",
  "unknown",
] as const;
export type Status = (typeof statuses)[number];

const endings: ReadonlySet<Status> = new Set(["succeeded", "failed", "canceled", "unknown"]);

/** Whether nothing more happens to the request unless a caller asks for it. */
export function isFinal(status: Status): boolean {
  return endings.has(status);
}
