import type { TimelineEvent, WebhookAttempt } from "@vpn-broker/client";
import { type Look, toClock } from "../text/look.ts";
import type { Column } from "../text/table.ts";

export const eventColumns: readonly Column[] = [
  { heading: "time (UTC)" },
  { heading: "what", least: 23, wraps: true },
  { heading: "outcome", least: 16, wraps: true },
  { heading: "took" },
  { heading: "vendor's id of the call", least: 36 },
];

/** Time, what happened, what came of it, how long it took, and the vendor's id of a call. */
export function toEventRow(event: TimelineEvent, look: Look): string[] {
  const row = describe(event);
  return [look.isTerminal ? toClock(event.at, look.now) : event.at, ...row];
}

function describe(event: TimelineEvent): string[] {
  switch (event.type) {
    case "status":
      return [event.status, event.reason];
    case "vendor_call": {
      const { lastAt, count, action, outcome, durationMilliseconds, providerRequestId = "" } = event;
      const often = count === 1 ? action : `${action}, ${count} times to ${lastAt.slice(11, 19)}`;
      return [often, outcome, toTook(durationMilliseconds), providerRequestId];
    }
    case "recovery": {
      const by = event.by ?? event.actor ?? "";
      const about = [by && `by ${by}`, event.reason, event.connectionIds?.join(" ")].filter(Boolean).join(": ");
      return [event.action, about];
    }
    case "tunnel":
      return [`tunnel ${event.tunnel + 1}`, `${event.state}: ${event.reason}`];
    case "webhook_attempt":
      return [`webhook, attempt ${event.attempt}`, toAttemptOutcome(event), toTook(event.durationMilliseconds)];
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

export function toAttemptOutcome({ outcome, statusCode }: Pick<WebhookAttempt, "outcome" | "statusCode">): string {
  const code = statusCode === undefined || outcome.includes(String(statusCode)) ? "" : ` (${statusCode})`;
  return `${outcome}${code}`;
}

export function toTook(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}
