/** Why a person should look at a request. */
export const attentionReasons = [
  "unknown",
  "past_deadline",
  "provider_problem",
  "queued_too_long",
  "not_started",
  "connection_found",
] as const;
export type AttentionReason = (typeof attentionReasons)[number];
