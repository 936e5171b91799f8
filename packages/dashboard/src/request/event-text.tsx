import type { TimelineEvent } from "@vpn-broker/client";
import { CopyButton } from "../parts/copy-button.tsx";
import { StatusBadge, TunnelBadge } from "../parts/status-badge.tsx";
import { texts } from "../texts.ts";
import { Sentence } from "../time/sentence.tsx";
import { Time } from "../time/time.tsx";

/** What happened, in words, with what a vendor or a receiver can be asked about it by. */
export function EventText({ event }: { event: TimelineEvent }) {
  switch (event.type) {
    case "status":
      return (
        <>
          <StatusBadge status={event.status} />{" "}
          <span class="soft">
            <Sentence text={event.reason} />
          </span>
        </>
      );
    case "vendor_call":
      return (
        <>
          <code>{event.action}</code> <Outcome outcome={event.outcome} />
          {event.count > 1 ? (
            <span class="soft block">
              {texts.timeline.times(event.count)} <Time at={event.lastAt} />
            </span>
          ) : null}
          {event.providerRequestId === undefined ? null : (
            <span class="soft block copyable">
              {texts.timeline.vendorRequest} <code>{event.providerRequestId}</code>{" "}
              <CopyButton text={event.providerRequestId} name={texts.timeline.vendorRequest} />
            </span>
          )}
        </>
      );
    case "webhook_attempt":
      return (
        <>
          {texts.timeline.webhook(event.attempt)} <Outcome outcome={event.outcome} />
          {event.statusCode === undefined ? null : <span class="soft"> HTTP {event.statusCode}</span>}
          {event.nextAttemptAt === undefined ? null : (
            <span class="soft block">
              {texts.deliveries.next} <Time at={event.nextAttemptAt} />
            </span>
          )}
        </>
      );
    case "tunnel":
      return (
        <>
          {texts.tunnels.one(event.tunnel + 1)} <TunnelBadge state={event.state} />{" "}
          <span class="soft">
            <Sentence text={event.reason} />
          </span>
        </>
      );
    case "recovery":
      return (
        <>
          {texts.timeline.recovery} {event.action}
          <span class="soft block">
            {event.by === undefined ? texts.timeline.byBroker : texts.timeline.by(event.by, event.actor !== undefined)}
            {event.reason === undefined ? "" : `: ${event.reason}`}
            {event.connectionIds ? ` ${event.connectionIds.join(", ")}` : ""}
          </span>
        </>
      );
  }
}

export function Outcome({ outcome }: { outcome: string }) {
  return outcome === "ok" ? (
    <span class="soft">✓ {texts.timeline.ok}</span>
  ) : (
    <span class="problem">
      ✕ <code>{outcome}</code>
      {isClass(outcome) ? ` ${texts.timeline.outcomes[outcome]}` : null}
    </span>
  );
}

/** Where there was no code of the vendor's, the outcome is what kind of failure it was. */
const isClass = (outcome: string): outcome is keyof typeof texts.timeline.outcomes =>
  Object.hasOwn(texts.timeline.outcomes, outcome);
