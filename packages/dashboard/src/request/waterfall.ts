import type { Status, TimelineEvent } from "@vpn-broker/client";
import { createTimeScale, type Gap } from "./time-scale.ts";

/** What a line's bar stands for: time spent waiting for a turn or a peer, or working, a call, or a mere moment. */
export type BarKind = "waiting" | "working" | "call" | "moment";

export interface Line {
  event: TimelineEvent;
  kind: BarKind;
  isFailed: boolean;
  /** In milliseconds. */
  from: number;
  until: number;
  /** Of the drawing, 0 to 1. */
  left: number;
  width: number;
}

export interface Waterfall {
  lines: readonly Line[];
  gaps: readonly Gap[];
}

const phases: Readonly<Record<Status, BarKind>> = {
  accepted: "waiting",
  queued: "waiting",
  creating: "working",
  provisioning: "working",
  succeeded: "moment",
  failed: "moment",
  canceled: "moment",
  unknown: "moment",
};

/** Shorter is not stretched or shortened. */
const shortestStretch = 5000;
/** What is drawn is seen. */
const smallestWidth = 0.004;

/** Lays a timeline out, oldest first; what goes on lasts until `now`, in milliseconds. */
export function layOut(events: readonly TimelineEvent[], now: number): Waterfall {
  const spans = events.map((event, index) => toSpan(event, events.slice(index + 1), now));
  const working = spans.reduce((sum, { kind, from, until }) => (kind === "working" ? sum + until - from : sum), 0);
  const scale = createTimeScale(
    spans.flatMap(({ from, until }) => [from, until]),
    working === 0 ? Infinity : Math.max(working, shortestStretch),
  );
  return {
    gaps: scale.gaps,
    lines: spans.map((span) => {
      const width = Math.max(scale.at(span.until) - scale.at(span.from), smallestWidth);
      return { ...span, width, left: Math.min(scale.at(span.from), 1 - width) };
    }),
  };
}

type Span = Omit<Line, "left" | "width">;

function toSpan(event: TimelineEvent, later: readonly TimelineEvent[], now: number): Span {
  const at = Date.parse(event.at);
  const isFailed = hasFailed(event);
  switch (event.type) {
    case "status": {
      const kind = phases[event.status];
      const next = later.find(({ type }) => type === "status");
      const until = kind === "moment" ? at : Math.max(at, next ? Date.parse(next.at) : now);
      return { event, kind, isFailed, from: at, until };
    }
    case "vendor_call": {
      // It is told when it is over; of repeated ones the last.
      const until = Date.parse(event.lastAt);
      return { event, kind: "call", isFailed, from: Math.min(at, until - event.durationMilliseconds), until };
    }
    case "webhook_attempt":
      return { event, kind: "call", isFailed, from: at - event.durationMilliseconds, until: at };
    case "tunnel": {
      const next = later.find((other) => other.type === "tunnel" && other.tunnel === event.tunnel);
      if (event.state === "up" || !next) return { event, kind: "moment", isFailed, from: at, until: at };
      return { event, kind: "waiting", isFailed, from: at, until: Date.parse(next.at) };
    }
    case "recovery":
      return { event, kind: "moment", isFailed, from: at, until: at };
  }
}

/** Whether it did not go well, whatever came after it. */
export function hasFailed(event: TimelineEvent): boolean {
  switch (event.type) {
    case "status":
      return event.status === "failed" || event.status === "unknown";
    case "vendor_call":
    case "webhook_attempt":
      return event.outcome !== "ok";
    case "tunnel":
      return event.state === "down";
    case "recovery":
      return false;
  }
}
