import type { RequestError } from "../errors.ts";
import type { ProviderCall, TunnelState } from "../provider/provider.ts";
import { applyDefaults } from "../request/apply-defaults.ts";
import type { ConnectionRecord, DeliveryState, TimelineEvent } from "./connection-record.ts";
import { isQueueWarning, warnOfQueue } from "./deadlines.ts";
import { toDeliveryId } from "./ids.ts";
import { mayTurnUp, needsLastLook, notReady } from "./last-look.ts";
import { eraseKeys } from "./recovery.ts";
import { revealableUntil } from "./revealable-until.ts";
import { isFinal, type OutcomeStatus } from "./status.ts";
import { append, change, enter, explain, noteCalls } from "./timeline.ts";

/** Pure steps of a request from one status to the next; the store compares and writes. */

/**
 * The gateway is busy with requests that came before; `position` is its place among its tenant's own. The same record when
 * that is known already.
 */
export function queue(record: ConnectionRecord, at: Date, before: number, position = before + 1): ConnectionRecord {
  const reason =
    before === 0
      ? "waiting for the gateway: a create of an earlier request may still be under way"
      : `waiting for the gateway: ${before} ${before === 1 ? "request is" : "requests are"} to go first`;
  const patch = { ahead: before, position, warnings: warnAnew(record, at, before) };
  if (record.status === "queued") {
    return record.statusReason === reason ? record : change(record, at, { ...patch, statusReason: reason });
  }
  if (record.status !== "accepted") return record;
  return enter(record, at, "queued", reason, patch);
}

/** The warnings with the queue's as it is now: others were canceled, or time went by. */
function warnAnew(record: ConnectionRecord, at: Date, before: number): string[] {
  const seconds = (Date.parse(record.queueDeadlineAt) - at.getTime()) / 1000;
  const queueWarnings =
    record.deadlineAt === undefined ? warnOfQueue(applyDefaults(record.request), before, seconds) : [];
  return [...record.warnings.filter((warning) => !isQueueWarning(warning)), ...queueWarnings];
}

/** The gateway itself is at work: nothing is sent to it before it is free. */
export function awaitGateway(record: ConnectionRecord, at: Date, why: string): ConnectionRecord {
  const reason = `waiting for the gateway: ${why}`;
  const { providerProblem: _problem, ...rest } = record;
  return record.status === "accepted" ? enter(rest, at, "queued", reason) : explain(rest, at, reason);
}

export interface Outcome {
  status: OutcomeStatus;
  reason: string;
  error?: RequestError;
}

const tunnelReasons: Record<OutcomeStatus, string> = {
  succeeded: "provisioned; whether it has negotiated with its peer is not known",
  failed: "the request ended without a connection",
  canceled: "the request ended without a connection",
  unknown: "whether there is a connection is not known",
};

/**
 * The end of a run. With success, sealed keys go that nobody needs any more: all but those that the broker made, which
 * their owner may read for a while. A canceled request will never need any.
 */
export function end(record: ConnectionRecord, at: Date, outcome: Outcome): ConnectionRecord {
  const { error: _error, delivery: _delivery, providerProblem: _problem, ...began } = record;
  const { ahead: _ahead, position: _position, ...rest } = began;
  const reason =
    outcome.status !== "succeeded" && record.providerConnectionId ? notReady : tunnelReasons[outcome.status];
  const ended = enter(rest, at, outcome.status, outcome.reason, {
    warnings: record.warnings.filter((warning) => !isQueueWarning(warning)),
    tunnels: record.tunnels.map((): TunnelState => ({ state: "unknown", reason })),
    completedAt: at.toISOString(),
    ...(outcome.error ? { error: outcome.error } : {}),
    ...(mayTurnUp(record) ? { lastLook: "due" as const } : {}),
    ...(record.request.callback || record.notifyTenant ? { delivery: { state: "pending", attempts: 0 } } : {}),
  });
  if (outcome.status === "canceled") return eraseKeys(ended);
  if (outcome.status !== "succeeded") return ended;
  const { tunnels } = record.request;
  return {
    ...ended,
    sealedKeys: ended.sealedKeys.map((sealed, index) => (tunnels[index]?.preSharedKey ? "" : sealed)),
  };
}

/** What was seen of the tunnels' negotiation. No new revision when nothing has changed; `status` never does. */
export function noteTunnels(
  record: ConnectionRecord,
  at: Date,
  states: readonly TunnelState[],
  calls: readonly ProviderCall[],
): ConnectionRecord {
  const noted = noteCalls(record, at, calls);
  const tunnels = record.tunnels.map((tunnel, index) => states[index] ?? tunnel);
  const news = tunnels.flatMap(({ state, reason }, tunnel): TimelineEvent[] => {
    const known = record.tunnels[tunnel];
    if (known?.state === state && known.reason === reason) return [];
    return [{ type: "tunnel", at: at.toISOString(), tunnel, state, reason }];
  });
  return news.length === 0 ? noted : change(noted, at, { tunnels, events: news.reduce(append, noted.events) });
}

/** One webhook attempt and what follows from it; `host` is the receiver's. */
export function noteDelivery(
  record: ConnectionRecord,
  at: Date,
  attempt: Omit<Extract<TimelineEvent, { type: "webhook_attempt" }>, "type" | "at" | "attempt" | "deliveryId">,
  { state, host }: { state: DeliveryState; host?: string | undefined },
): ConnectionRecord {
  const attempts = (record.delivery?.attempts ?? 0) + 1;
  const about = { deliveryId: toDeliveryId(record), attempt: attempts };
  const event: TimelineEvent = { type: "webhook_attempt", at: at.toISOString(), ...about, ...attempt };
  const { nextAttemptAt: _earlier, failingHost: _host, ...delivery } = record.delivery ?? {};
  const next = attempt.nextAttemptAt ? { nextAttemptAt: attempt.nextAttemptAt } : {};
  const failing = state === "delivered" || host === undefined ? {} : { failingHost: host };
  const noted = { ...delivery, state, attempts, ...next, ...failing };
  return { ...record, delivery: noted, events: append(record.events, event) };
}

/** Whether anything is left to do: the run itself, telling its end, a last look, or erasing keys when their time is over. */
export function needsSweep(record: ConnectionRecord): boolean {
  return needsWork(record) || revealableUntil(record) !== undefined;
}

/** Whether it counts towards what a tenant may have: a webhook that does not arrive costs attempts for a day or longer. */
export function isUnfinished(record: ConnectionRecord): boolean {
  return !isFinal(record.status) || record.delivery?.state === "pending";
}

/** The same as `needsSweep`, less what only waits for its time. */
export function needsWork(record: ConnectionRecord): boolean {
  return isUnfinished(record) || needsLastLook(record);
}
