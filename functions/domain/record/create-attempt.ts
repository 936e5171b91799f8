import type { RequestError } from "../errors.ts";
import type { ConnectionRecord, CreateAttempt } from "./connection-record.ts";
import { change, enter } from "./timeline.ts";

/** What can become of the create that a request sends to its vendor. Pure; the store compares and writes. */

/** The intent of a vendor create, written before the call. */
export function beginAttempt(record: ConnectionRecord, at: Date, attempt: CreateAttempt): ConnectionRecord {
  const patch = { create: attempt, attempts: record.attempts + 1 };
  const reason = "asking the vendor to create the connection";
  const { gatewayBusy: _busy, ...rest } = record;
  return record.status === "creating"
    ? change(rest, at, { ...patch, statusReason: reason })
    : enter(rest, at, "creating", reason, patch);
}

/** The same create goes out once more, at a vendor that answers a repeat with the first one's result. */
export function resendAttempt(record: ConnectionRecord, at: Date, settledAt: Date): ConnectionRecord {
  const { create, attempts } = record;
  if (!create) return record;
  const { inherited: _inherited, ...attempt } = withoutDoubt(create);
  const again = {
    ...attempt,
    sends: create.sends + 1,
    // A clock that is behind shortens nothing.
    settledAt: later(create.settledAt, settledAt.toISOString()),
  };
  const reason = "asking the vendor once more, in a way that makes no second connection";
  return change(record, at, { create: again, attempts: attempts + 1, statusReason: reason });
}

const later = (one: string, other: string) => (one > other ? one : other);

function withoutDoubt(create: CreateAttempt): CreateAttempt {
  const { answer: _answer, doubt: _doubt, passes: _passes, mayBeOurs: _ours, spent: _spent, ...attempt } = create;
  return attempt;
}

/**
 * Whether the create is still the `known` one: what was answered to that, or decided on it, holds as long as nobody has gone
 * on.
 */
export function isSameSending({ create }: ConnectionRecord, known: CreateAttempt | undefined): boolean {
  return create?.state === known?.state && create?.number === known?.number && create?.sends === known?.sends;
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

/** Refused for certain: nothing was created by this attempt. Of one that never left (`wasSent`) nothing can be under way. */
export function refuseAttempt(
  record: ConnectionRecord,
  at: Date,
  refusal: RequestError,
  { wasSent = true, isFinal }: { wasSent?: boolean; isFinal: boolean },
): ConnectionRecord {
  const { create } = record;
  if (!create) return refuse(record, at, refusal);
  const settledAt = wasSent ? create.settledAt : at.toISOString();
  const final = isFinal ? { final: true as const } : {};
  return { ...refuse(record, at, refusal), create: { ...create, state: "refused", settledAt, ...final } };
}

/** Nobody knows what the last sending did; its answer, where there was one, is kept until that is known. */
export function keepAnswer(record: ConnectionRecord, answer: RequestError): ConnectionRecord {
  const { create } = record;
  return create ? { ...record, create: { ...withoutDoubt(create), answer } } : record;
}

/** What is known of the last sending, for a sentence. */
export function describeAnswer(answer: RequestError | undefined): string {
  return answer?.providerCode === undefined ? "the vendor's answer was lost" : answer.message;
}

/** An attempt was not answered clearly, and nothing came of it while nothing of it can be under way any more. */
export function voidAttempt(record: ConnectionRecord, at: Date): ConnectionRecord {
  const { create } = record;
  return change(record, at, {
    statusReason: `${describeAnswer(create?.answer)}, and no connection of this request is listed; trying again`,
    ...(create ? { create: { ...create, state: "void", unanswered: create.unanswered + 1 } } : {}),
  });
}

/**
 * The last sending was refused, but something of it, or of an earlier one, may have worked: nothing new is sent until that
 * is known. `passes` where the refusal is one that a later attempt may not meet.
 */
export function doubtAttempt(
  record: ConnectionRecord,
  at: Date,
  doubt: RequestError,
  flags: Pick<CreateAttempt, "passes" | "mayBeOurs" | "spent">,
): ConnectionRecord {
  const { create } = record;
  if (!create) return record;
  return change(record, at, { statusReason: doubt.message, create: { ...withoutDoubt(create), doubt, ...flags } });
}

/** Refused for certain by a check before the call. */
export function refuse(record: ConnectionRecord, at: Date, refusal: RequestError): ConnectionRecord {
  return change(record, at, { statusReason: refusal.message, refusal });
}

/** The vendor accepted the create, but its own job failed. Something may be left of it. */
export function failJob(
  record: ConnectionRecord,
  at: Date,
  refusal: RequestError,
  flags: Pick<CreateAttempt, "gone"> = {},
): ConnectionRecord {
  const { create } = record;
  return { ...refuse(record, at, refusal), ...(create ? { create: { ...create, ...flags, state: "failed" } } : {}) };
}

/**
 * The attempt as the next run finds it, when a person has it run again: it may be sent again, or made anew. Until the last
 * look has shown nothing, a sending that nobody heard of may still turn up. What was answered last is still to be told.
 */
export function ofEarlierRun(
  earlier: CreateAttempt,
  { lastLook, providerConnectionId }: Pick<ConnectionRecord, "lastLook" | "providerConnectionId">,
): CreateAttempt {
  const { unheard, gone: _gone, putOff: _putOff, final: _final, ...create } = withoutDoubt(earlier);
  const answer = earlier.doubt ?? earlier.answer;
  const mayTurnUp = lastLook === "due" && (unheard === true || create.sends > 1);
  return {
    ...create,
    inherited: true,
    unanswered: 0,
    ...(answer ? { answer } : {}),
    ...(mayTurnUp ? { unheard: true as const } : {}),
    ...(create.state === "failed" ? { state: "failed-earlier" } : {}),
    // It was accepted without an id, and the last look has shown nothing: the vendor's job for it must have failed.
    ...(create.state === "accepted" && !providerConnectionId && !lastLook ? { state: "undecided" } : {}),
  };
}

/** What an earlier run made is gone from the vendor: the next attempt starts from nothing. */
export function forgetConnection(record: ConnectionRecord, at: Date): ConnectionRecord {
  const { providerConnectionId, providerTaskId: _task, create, ...rest } = record;
  return change(rest, at, {
    statusReason: `${providerConnectionId} is gone from the vendor`,
    ...(create ? { create: { ...create, state: "refused" } } : {}),
  });
}
