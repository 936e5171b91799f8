/** Why a person should look at a request. */
export const attentionReasons = [
  "unknown",
  "connection_found",
  "webhook_given_up",
  "webhook_failing",
  "past_deadline",
  "provider_problem",
  "queued_too_long",
  "not_started",
  "takes_too_long",
  "failed",
] as const;
export type AttentionReason = (typeof attentionReasons)[number];
