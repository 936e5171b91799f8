import type { ProviderCall } from "../provider/provider.ts";
import type { ConnectionRecord, TimelineEvent } from "./connection-record.ts";
import type { Status } from "./status.ts";

/** Pure steps from one record to the next. Only these change a record; the store compares and writes. */

const maxEvents = 400;

/** A change a caller can see: a new revision. */
export function change(record: ConnectionRecord, at: Date, patch: Partial<ConnectionRecord>): ConnectionRecord {
  return { ...record, ...patch, revision: record.revision + 1, updatedAt: at.toISOString() };
}

/** A new status, told on the timeline in the same write. */
export function enter(
  record: ConnectionRecord,
  at: Date,
  status: Status,
  reason: string,
  patch: Partial<ConnectionRecord> = {},
): ConnectionRecord {
  const event: TimelineEvent = { type: "status", at: at.toISOString(), status, reason };
  return change(record, at, { ...patch, status, statusReason: reason, events: append(record.events, event) });
}

/** The oldest vendor calls make room when a timeline grows past its bound; changes of status never do. */
export function append(events: TimelineEvent[], event: TimelineEvent): TimelineEvent[] {
  const longer = [...events, event];
  if (longer.length <= maxEvents) return longer;
  const droppable = longer.findIndex(({ type }) => type !== "status");
  return longer.filter((_, index) => index !== Math.max(droppable, 0));
}

/** Folds a call that says what an earlier one since the last change of status said into that one. */
function noteCall(
  events: TimelineEvent[],
  at: string,
  { retryAfterSeconds: _wait, ...call }: ProviderCall,
): TimelineEvent[] {
  const since = events.findLastIndex(({ type }) => type !== "vendor_call");
  const same = events.findIndex(
    (event, index) =>
      index > since && event.type === "vendor_call" && event.action === call.action && event.outcome === call.outcome,
  );
  const earlier = events[same];
  if (earlier?.type !== "vendor_call")
    return append(events, { type: "vendor_call", at, count: 1, lastAt: at, ...call });
  return events.with(same, { ...earlier, ...call, count: earlier.count + 1, lastAt: at });
}

/** However long a vendor asks us to stay away, it is asked again after so many seconds. */
const maxRetryAfterSeconds = 600;

/**
 * Vendor calls that changed nothing a caller waits for: kept on the timeline, no new revision. Where the vendor asked us
 * to stay away, until when.
 */
export function noteCalls(record: ConnectionRecord, at: Date, calls: readonly ProviderCall[]): ConnectionRecord {
  const events = calls.reduce((all, call) => noteCall(all, at.toISOString(), call), record.events);
  const wait = Math.min(maxRetryAfterSeconds, Math.max(0, ...calls.map((call) => call.retryAfterSeconds ?? 0)));
  const until = new Date(at.getTime() + wait * 1000).toISOString();
  const answered = calls.findLast(
    ({ action, providerRequestId }) => action === record.create?.action && providerRequestId,
  );
  return {
    ...record,
    events,
    ...(answered?.providerRequestId ? { createRequestId: answered.providerRequestId } : {}),
    ...(wait > 0 ? { providerNotBefore: until } : {}),
  };
}

/** Warnings that the record does not have yet. */
export function noteWarnings(record: ConnectionRecord, at: Date, warnings: readonly string[]): ConnectionRecord {
  const all = [...new Set([...record.warnings, ...warnings])];
  return all.length === record.warnings.length ? record : change(record, at, { warnings: all });
}

/** Something to know about a record that stays where it is. */
export function explain(record: ConnectionRecord, at: Date, reason: string): ConnectionRecord {
  return record.statusReason === reason ? record : change(record, at, { statusReason: reason });
}
