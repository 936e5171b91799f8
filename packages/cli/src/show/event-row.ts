import type { TimelineEvent, WebhookAttempt } from "@vpn-broker/client";

export const eventColumns = [
  { heading: "time" },
  { heading: "what", least: 16 },
  { heading: "outcome", least: 12 },
  { heading: "took" },
  { heading: "vendor's id of the call", least: 12 },
];

/** Time, what happened, what came of it, how long it took, and the vendor's id of a call. */
export function toEventRow(event: TimelineEvent): string[] {
  switch (event.type) {
    case "status":
      return [event.at, event.status, event.reason];
    case "vendor_call": {
      const { at, lastAt, count, action, outcome, durationMilliseconds, providerRequestId = "" } = event;
      const often = count === 1 ? action : `${action}, ${count} times to ${lastAt.slice(11, 19)}`;
      return [at, often, outcome, toTook(durationMilliseconds), providerRequestId];
    }
    case "recovery": {
      const by = event.by ?? event.actor ?? "";
      const about = [by && `by ${by}`, event.reason, event.connectionIds?.join(" ")].filter(Boolean).join(": ");
      return [event.at, event.action, about];
    }
    case "tunnel":
      return [event.at, `tunnel ${event.tunnel}`, `${event.state}: ${event.reason}`];
    case "webhook_attempt":
      return [event.at, `webhook, attempt ${event.attempt}`, toAttemptOutcome(event), toTook(event.durationMilliseconds)];
  }
}

/** Whether it is one that a person looks for: something did not go well. */
export function isTrouble(event: TimelineEvent): boolean {
  switch (event.type) {
    case "status":
      return event.status === "failed" || event.status === "unknown";
    case "vendor_call":
      return event.outcome !== "ok";
    case "tunnel":
      return event.state === "down";
    case "webhook_attempt":
      return event.outcome !== "ok";
    case "recovery":
      return true;
  }
}

export function toAttemptOutcome({ outcome, statusCode, nextAttemptAt }: Omit<WebhookAttempt, "at">): string {
  const code = statusCode === undefined || outcome.includes(String(statusCode)) ? "" : ` (${statusCode})`;
  return `${outcome}${code}${nextAttemptAt ? `; again at ${nextAttemptAt}` : ""}`;
}

export function toTook(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}
