import { applyDefaults } from "../request/apply-defaults.ts";
import type { ConnectionRecord, CreateAttempt, Delivery, TimelineEvent } from "./connection-record.ts";
import { ofEarlierRun } from "./create-attempt.ts";
import { firstDeadline } from "./deadlines.ts";
import { describePlace } from "./describe-problem.ts";
import { toProviderConnectionName } from "./ids.ts";
import { append, change, enter } from "./timeline.ts";

/** What is done to a record from outside its workflow: by the sweeper, or by a person. Pure. */

/** Of the tunnels of a connection that is there, as far as is known. */
export const notReady = "the connection was not seen ready";

/** A run that broke off is taken up by the next generation. */
export function raiseGeneration(record: ConnectionRecord, at: Date, action: string): ConnectionRecord {
  return change(noteRecovery(record, at, action), at, { generation: record.generation + 1 });
}

/** Something that was done to a record from outside its workflow; `by` whom, where a person asked for it. */
export function noteRecovery(record: ConnectionRecord, at: Date, action: string, by?: string): ConnectionRecord {
  const event: TimelineEvent = { type: "recovery", at: at.toISOString(), action, ...(by === undefined ? {} : { by }) };
  return { ...record, events: append(record.events, event) };
}

/** Whether the vendor is to be looked at once more, although the request has ended. */
export function needsLastLook(record: ConnectionRecord): boolean {
  return record.lastLook === "due";
}

/**
 * What that look showed. The status stays, because its end was told; a person decides. A single connection is the
 * request's own, and a redrive goes on with it.
 */
export function noteLastLook(record: ConnectionRecord, at: Date, found: readonly string[]): ConnectionRecord {
  const { lastLook: _lastLook, ...rest } = record;
  const [connectionId] = found;
  if (connectionId === undefined) return rest;
  const action = "found at the vendor after the request had ended without it";
  const event: TimelineEvent = { type: "recovery", at: at.toISOString(), action, connectionIds: [...found] };
  const { error, tunnels } = record;
  const create = record.create && withoutGone(record.create);
  return change({ ...rest, events: append(record.events, event) }, at, {
    lastLook: "found",
    statusReason: `${found.join(" and ")} ${action}`,
    tunnels: tunnels.map(() => ({ state: "unknown", reason: notReady })),
    ...(error ? { error: { ...error, retryable: record.status !== "canceled", advice: adviseOn(record, found) } } : {}),
    ...(found.length === 1 ? { providerConnectionId: connectionId } : {}),
    ...(create && found.length === 1 ? { create: { ...create, state: "accepted" } } : {}),
  });
}

function adviseOn(record: ConnectionRecord, found: readonly string[]): string {
  const named = toProviderConnectionName(record.request.name, record.id);
  const which = `${found.join(" and ")} (${named}; ${describePlace(record)})`;
  if (record.status === "canceled") return `Delete ${which}: the request was canceled, and nothing else will.`;
  return found.length === 1
    ? `Look at ${which}, which is this request's; a redrive goes on with it.`
    : `Look at ${which}, which are all this request's; delete what should not be there, then redrive.`;
}

function withoutGone({ gone: _gone, ...create }: CreateAttempt): CreateAttempt {
  return create;
}

/** A person has a finished request run again, with all its time. What is known of earlier calls stays: the next one looks before it acts. */
export function restart(
  record: ConnectionRecord,
  at: Date,
  { reason, by }: { reason: string; by: string },
): ConnectionRecord {
  const { error: _error, refusal: _refusal, completedAt: _completedAt, delivery: _delivery, create, ...open } = record;
  const { lastLook: _lastLook, deadlineAt: _deadlineAt, ...rest } = open;
  return enter(noteRecovery(rest, at, `redrive: ${reason}`, by), at, "accepted", "redriven", {
    generation: record.generation + 1,
    ...firstDeadline(applyDefaults(record.request), at),
    tunnels: record.tunnels.map(() => ({ state: "unknown", reason: "the connection is not provisioned yet" })),
    ...(create ? { create: ofEarlierRun(create, record) } : {}),
  });
}

/** A delivery whose workflow broke off is taken up by another. */
export function restartDelivery(record: ConnectionRecord, at: Date): ConnectionRecord {
  const noted = noteRecovery(record, at, "the delivery had broken off; started it again");
  return { ...noted, ...(record.delivery ? { delivery: startAnew(record.delivery) } : {}) };
}

/** A webhook that somebody wants sent once more begins its schedule anew. */
export function resend(record: ConnectionRecord, at: Date, by: string): ConnectionRecord {
  const noted = noteRecovery(record, at, "the webhook is sent again", by);
  if (!record.delivery) return noted;
  const { attempts } = record.delivery;
  return { ...noted, delivery: { ...startAnew(record.delivery), state: "pending", resentAfter: attempts } };
}

/** Each workflow that delivers has a name of its own. */
function startAnew(delivery: Delivery): Delivery {
  return { ...delivery, restarts: (delivery.restarts ?? 0) + 1 };
}

/** Keys that nobody may read any more go. */
export function eraseKeys(record: ConnectionRecord): ConnectionRecord {
  return { ...record, sealedKeys: record.sealedKeys.map(() => "") };
}
