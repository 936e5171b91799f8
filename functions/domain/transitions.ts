import type { ConnectionRecord, CreateAttempt, TimelineEvent, TunnelState, VendorCall } from "./connection-record.ts";
import type { JobError } from "./errors.ts";
import { isFinal, type Status } from "./status.ts";

/** Pure steps from one record to the next. Only these change a record; the store compares and writes. */

const mostEvents = 400;

/** A change a caller can see: a new revision. */
function change(record: ConnectionRecord, at: Date, patch: Partial<ConnectionRecord>): ConnectionRecord {
  return { ...record, ...patch, revision: record.revision + 1, updatedAt: at.toISOString() };
}

/** A new status, told on the timeline in the same write. */
function enter(
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
function append(events: TimelineEvent[], event: TimelineEvent): TimelineEvent[] {
  const longer = [...events, event];
  if (longer.length <= mostEvents) return longer;
  const droppable = longer.findIndex(({ type }) => type !== "status");
  return longer.filter((_, index) => index !== Math.max(droppable, 0));
}

/** Folds a call that says what an earlier one since the last change of status said into that one. */
function noteCall(events: TimelineEvent[], at: string, call: VendorCall): TimelineEvent[] {
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

/** Vendor calls that changed nothing a caller waits for: kept on the timeline, no new revision. */
export function noteCalls(record: ConnectionRecord, at: Date, calls: readonly VendorCall[]): ConnectionRecord {
  return { ...record, events: calls.reduce((events, call) => noteCall(events, at.toISOString(), call), record.events) };
}

/** The gateway is busy with requests that came before. The same record when that is known already. */
export function queue(record: ConnectionRecord, at: Date, before: number): ConnectionRecord {
  const reason = `waiting for the gateway: ${before} ${before === 1 ? "request is" : "requests are"} to go first`;
  if (record.status === "queued") return explain(record, at, reason);
  return record.status === "accepted" ? enter(record, at, "queued", reason) : record;
}

/** The intent of a vendor create, written before the call. */
export function beginAttempt(record: ConnectionRecord, at: Date, attempt: CreateAttempt): ConnectionRecord {
  const patch = { create: attempt, attempts: record.attempts + 1 };
  return record.status === "creating"
    ? change(record, at, patch)
    : enter(record, at, "creating", "asking the vendor to create the connection", patch);
}

/** The same create goes out once more, at a vendor that answers a repeat with the first one's result. */
export function resendAttempt(record: ConnectionRecord, at: Date, settledAt: Date): ConnectionRecord {
  const { create, attempts } = record;
  if (!create) return record;
  const again = { ...create, sends: create.sends + 1, settledAt: settledAt.toISOString() };
  return change(record, at, { create: again, attempts: attempts + 1 });
}

/** Whether this is still the attempt, and this the sending of it, that an answer belongs to. */
export function isSameSending(record: ConnectionRecord, { number, sends }: CreateAttempt): boolean {
  return record.create?.number === number && record.create.sends === sends;
}

/** The vendor has the connection, or says it will. */
export function acceptAttempt(
  record: ConnectionRecord,
  at: Date,
  created: { connectionId?: string; taskId?: string },
  reason: string,
): ConnectionRecord {
  return enter(record, at, created.connectionId ? "provisioning" : "creating", reason, {
    ...(record.create ? { create: { ...record.create, state: "accepted" } } : {}),
    ...(created.connectionId ? { providerConnectionId: created.connectionId } : {}),
    ...(created.taskId ? { providerTaskId: created.taskId } : {}),
  });
}

/** The vendor refused for certain: nothing was created by this attempt. */
export function refuseAttempt(record: ConnectionRecord, at: Date, refusal: JobError): ConnectionRecord {
  const { create } = record;
  return { ...refuse(record, at, refusal), ...(create ? { create: { ...create, state: "refused" } } : {}) };
}

/** An attempt was never answered, and nothing came of it while nothing of it can be under way any more. */
export function voidAttempt(record: ConnectionRecord, at: Date): ConnectionRecord {
  const { create } = record;
  return change(record, at, {
    statusReason: "the vendor's answer was lost and the create had no effect; trying again",
    ...(create ? { create: { ...create, state: "void", unanswered: create.unanswered + 1 } } : {}),
  });
}

/** The last sending was refused for certain, but an earlier one may have worked: nothing is sent until that is known. */
export function doubtAttempt(record: ConnectionRecord, at: Date, doubt: JobError): ConnectionRecord {
  const { create } = record;
  return change(record, at, { statusReason: doubt.message, ...(create ? { create: { ...create, doubt } } : {}) });
}

/** Refused for certain by a check before the call. */
export function refuse(record: ConnectionRecord, at: Date, refusal: JobError): ConnectionRecord {
  return change(record, at, { statusReason: refusal.message, refusal });
}

/** The vendor accepted the create, but its own job failed. Something may be left of it. */
export function failJob(record: ConnectionRecord, at: Date, refusal: JobError): ConnectionRecord {
  const { create } = record;
  return { ...refuse(record, at, refusal), ...(create ? { create: { ...create, state: "failed" } } : {}) };
}

/** Something to know about a record that stays where it is. */
export function explain(record: ConnectionRecord, at: Date, reason: string): ConnectionRecord {
  return record.statusReason === reason ? record : change(record, at, { statusReason: reason });
}

export interface Ending {
  status: "succeeded" | "failed" | "canceled" | "unknown";
  reason: string;
  error?: JobError;
}

const provisioned: TunnelState = {
  state: "unknown",
  reason: "provisioned; whether it has negotiated with its peer is not known",
};

/** The end of a run. Sealed keys go with success: nobody needs them any more. */
export function end(record: ConnectionRecord, at: Date, ending: Ending): ConnectionRecord {
  const { error: _error, delivery: _delivery, ...rest } = record;
  const unfinished = ending.status !== "succeeded" && record.attempts > 0 && !record.providerConnectionId;
  const ended = enter(rest, at, ending.status, ending.reason, {
    completedAt: at.toISOString(),
    ...(ending.error ? { error: ending.error } : {}),
    ...(unfinished ? { lastLook: "due" as const } : {}),
    ...(ending.status === "succeeded" ? { tunnels: record.tunnels.map(() => provisioned) } : {}),
    ...(record.request.callback ? { delivery: { state: "pending", attempts: 0 } } : {}),
  });
  const erase = ending.status === "succeeded" && record.request.tunnels.every((tunnel) => tunnel.preSharedKey);
  return erase ? { ...ended, sealedKeys: [] } : ended;
}

/** What was seen of the tunnels' negotiation. No new revision when nothing has changed; `status` never does. */
export function noteTunnels(
  record: ConnectionRecord,
  at: Date,
  states: readonly TunnelState[],
  calls: readonly VendorCall[],
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

/** A run that broke off is taken up by the next generation. */
export function raiseGeneration(record: ConnectionRecord, at: Date, action: string): ConnectionRecord {
  const event: TimelineEvent = { type: "recovery", at: at.toISOString(), action };
  return change(record, at, { generation: record.generation + 1, events: append(record.events, event) });
}

/** Something that was done to a record from outside its workflow. */
export function noteRecovery(record: ConnectionRecord, at: Date, action: string): ConnectionRecord {
  return { ...record, events: append(record.events, { type: "recovery", at: at.toISOString(), action }) };
}

/** Whether the vendor is to be looked at once more, although the request has ended. */
export function needsLastLook(record: ConnectionRecord): boolean {
  return record.lastLook === "due";
}

/** What that look showed. A single connection is the request's own, and a redrive goes on with it. */
export function noteLastLook(record: ConnectionRecord, at: Date, found: readonly string[]): ConnectionRecord {
  const { lastLook: _lastLook, ...rest } = record;
  const [connectionId] = found;
  if (connectionId === undefined) return rest;
  const action = "found at the vendor after the request had ended without it";
  const event: TimelineEvent = { type: "recovery", at: at.toISOString(), action, connectionIds: [...found] };
  const { create } = record;
  return change({ ...rest, events: append(record.events, event) }, at, {
    statusReason: `${found.join(" and ")} ${action}`,
    ...(found.length === 1 ? { providerConnectionId: connectionId } : {}),
    ...(create && found.length === 1 ? { create: { ...create, state: "accepted" } } : {}),
  });
}

/** A person has a finished request run again. What is known of earlier calls stays: the next one looks before it acts. */
export function restart(record: ConnectionRecord, at: Date, timeoutSeconds: number, reason: string): ConnectionRecord {
  const { error: _error, refusal: _refusal, completedAt: _completedAt, delivery: _delivery, create, ...open } = record;
  const { lastLook: _lastLook, ...rest } = open;
  const event: TimelineEvent = { type: "recovery", at: at.toISOString(), action: `redrive: ${reason}` };
  return enter({ ...rest, events: append(record.events, event) }, at, "accepted", "redriven", {
    generation: record.generation + 1,
    deadlineAt: new Date(at.getTime() + timeoutSeconds * 1000).toISOString(),
    ...(create ? { create: withoutDoubt(create) } : {}),
  });
}

/** What a person decides to run again may be sent again. */
function withoutDoubt({ doubt: _doubt, ...create }: CreateAttempt): CreateAttempt {
  return { ...create, unanswered: 0 };
}

/** What an earlier run made is gone from the vendor: the next attempt starts from nothing. */
export function forgetConnection(record: ConnectionRecord, at: Date): ConnectionRecord {
  const { providerConnectionId, providerTaskId: _task, create, ...rest } = record;
  return change(rest, at, {
    statusReason: `${providerConnectionId} is gone from the vendor`,
    ...(create ? { create: { ...create, state: "refused" } } : {}),
  });
}

/** A delivery whose workflow broke off is taken up by another. */
export function restartDelivery(record: ConnectionRecord, at: Date): ConnectionRecord {
  const { delivery } = record;
  const restarts = (delivery?.restarts ?? 0) + 1;
  const noted = noteRecovery(record, at, "the delivery had broken off; started it again");
  return delivery ? { ...noted, delivery: { ...delivery, restarts } } : noted;
}

/** One webhook attempt and what follows from it. */
export function noteDelivery(
  record: ConnectionRecord,
  at: Date,
  attempt: Omit<Extract<TimelineEvent, { type: "webhook_attempt" }>, "type" | "at" | "attempt">,
  state: "pending" | "delivered" | "exhausted",
): ConnectionRecord {
  const attempts = (record.delivery?.attempts ?? 0) + 1;
  const event: TimelineEvent = { type: "webhook_attempt", at: at.toISOString(), attempt: attempts, ...attempt };
  return { ...record, delivery: { ...record.delivery, state, attempts }, events: append(record.events, event) };
}

/** Whether anything is left to do: the run itself, telling its end, or a last look. */
export function isOpen(record: ConnectionRecord): boolean {
  return !isFinal(record.status) || record.delivery?.state === "pending" || needsLastLook(record);
}
