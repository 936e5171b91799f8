import { applyDefaults } from "../request/apply-defaults.ts";
import type { ConnectionRecord, Delivery, TimelineEvent } from "./connection-record.ts";
import { ofEarlierRun } from "./create-attempt.ts";
import { firstDeadline } from "./deadlines.ts";
import { append, change, enter } from "./timeline.ts";

/** What is done to a record from outside its workflow: by the sweeper, or by a person. Pure. */

/** A run that broke off is taken up by the next generation. */
export function raiseGeneration(record: ConnectionRecord, at: Date, action: string): ConnectionRecord {
  return change(noteRecovery(record, at, action), at, { generation: record.generation + 1 });
}

/** The person who asked for something, as the timeline has it. */
export type Asker = { by: string } & Pick<Extract<TimelineEvent, { type: "recovery" }>, "actor" | "reason">;

/** Something that was done to a record from outside its workflow; `asker` where a person asked for it. */
export function noteRecovery(record: ConnectionRecord, at: Date, action: string, asker?: Asker): ConnectionRecord {
  const event: TimelineEvent = { type: "recovery", at: at.toISOString(), action, ...asker };
  return { ...record, events: append(record.events, event) };
}

/** A person has a finished request run again, with all its time. What is known of earlier calls stays: the next one looks before it acts. */
export function restart(
  record: ConnectionRecord,
  at: Date,
  { reason, by, actor }: { reason: string } & Asker,
): ConnectionRecord {
  const { error: _error, refusal: _refusal, completedAt: _completedAt, delivery: _delivery, create, ...open } = record;
  const { lastLook: _lastLook, deadlineAt: _deadlineAt, givenBack: _givenBack, gatewayBusy: _busy, ...rest } = open;
  const asker = { by, ...(actor === undefined ? {} : { actor, reason }) };
  return enter(noteRecovery(rest, at, `redrive: ${reason}`, asker), at, "accepted", "redriven", {
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

/** A webhook that somebody wants sent once more begins its schedule anew, now. */
export function resend(record: ConnectionRecord, at: Date, asker: Asker): ConnectionRecord {
  const noted = noteRecovery(record, at, "the webhook is sent again", asker);
  if (!record.delivery) return noted;
  const { nextAttemptAt: _later, ...delivery } = record.delivery;
  return { ...noted, delivery: { ...startAnew(delivery), state: "pending", resentAfter: delivery.attempts } };
}

/** Each workflow that delivers has a name of its own. */
function startAnew(delivery: Delivery): Delivery {
  return { ...delivery, restarts: (delivery.restarts ?? 0) + 1 };
}

/** Keys that nobody may read any more go. */
export function eraseKeys(record: ConnectionRecord): ConnectionRecord {
  return { ...record, sealedKeys: record.sealedKeys.map(() => "") };
}
