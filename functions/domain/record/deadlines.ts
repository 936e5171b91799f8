import { clockSkewSeconds } from "../limits.ts";
import { capabilities } from "../provider/capabilities.ts";
import { applyDefaults, type EffectiveRequest } from "../request/apply-defaults.ts";
import type { ConnectionRecord } from "./connection-record.ts";
import { isOfCreate } from "./describe-problem.ts";
import { change } from "./timeline.ts";
import { needsTurn } from "./turn.ts";

/*
 * A request is given up twice over: while it waits for its gateway's turn, and from the first time it has it.
 *
 *   accepted ── queueTimeoutSeconds ──▶ turn taken for the first time ── timeoutSeconds ──▶
 */

/** The deadline that counts now, and the member of the request that it comes from. */
export function deadlineOf({ deadlineAt, queueDeadlineAt }: Pick<ConnectionRecord, "deadlineAt" | "queueDeadlineAt">): {
  at: Date;
  member: "timeoutSeconds" | "queueTimeoutSeconds";
} {
  return deadlineAt === undefined
    ? { at: new Date(queueDeadlineAt), member: "queueTimeoutSeconds" }
    : { at: new Date(deadlineAt), member: "timeoutSeconds" };
}

/**
 * The record as it was when its deadline was found to be over. A turn that was taken and written down meanwhile has given
 * it time of its own: as long as that lasts, it is not what passed.
 */
export function atMissedDeadline(record: ConnectionRecord, at: Date): ConnectionRecord {
  const { deadlineAt, ...waiting } = record;
  const isOver = deadlineAt === undefined || at.getTime() + clockSkewSeconds * 1000 >= Date.parse(deadlineAt);
  return isOver ? record : waiting;
}

/** Workflows look at what is not decided every half a minute or so. */
const lookSeconds = 60;

/**
 * When the workflow gives the request up. One whose every create the vendor turned away before it ran is left until nothing
 * of the last one can be under way, so that one look more can say that nothing came of it; nothing is sent any more then.
 */
export function givenUpAt(record: ConnectionRecord): Date {
  const { at } = deadlineOf(record);
  const { create, attempts, providerProblem: problem } = record;
  const isTurnedAway = isOfCreate(record) && problem?.class === "retry" && problem.count === attempts;
  if (create?.state !== "undecided" || !create.doubt || !isTurnedAway) return at;
  return new Date(Math.max(at.getTime(), Date.parse(create.settledAt) + lookSeconds * 1000));
}

/** What a run begins with: nothing but the time until its turn. */
export function firstDeadline({ queueTimeoutSeconds }: EffectiveRequest, at: Date) {
  return { queueDeadlineAt: after(at, queueTimeoutSeconds) };
}

/** The request has its gateway's turn, or needs none: its own time begins, once in a run. */
export function beginTime(record: ConnectionRecord, at: Date): ConnectionRecord {
  if (record.deadlineAt !== undefined) return record;
  const { timeoutSeconds } = applyDefaults(record.request);
  const { ahead: _ahead, position: _position, ...begun } = record;
  return change(begun, at, {
    statusReason: needsTurn(record) ? "it is its turn at the gateway" : "looking at what the vendor has of it",
    warnings: record.warnings.filter((warning) => !isQueueWarning(warning)),
    deadlineAt: after(at, timeoutSeconds),
  });
}

/** What a request is told for whose turn queueTimeoutSeconds leaves too little time; nothing where there is enough. */
export function warnOfQueue(
  { provider, queueTimeoutSeconds }: Pick<EffectiveRequest, "provider" | "queueTimeoutSeconds">,
  ahead: number,
  secondsLeft = queueTimeoutSeconds,
): string[] {
  const { turnSeconds } = capabilities[provider];
  if (ahead * turnSeconds <= secondsLeft) return [];
  const others = `${ahead} ${ahead === 1 ? "request" : "requests"}`;
  return [
    `${queuePointer}: ${others} on this gateway should go first, for about ${turnSeconds} s each; the turn may not come within ${queueTimeoutSeconds} s`,
  ];
}

const queuePointer = "/queueTimeoutSeconds";

export function isQueueWarning(warning: string): boolean {
  return warning.startsWith(`${queuePointer}:`);
}

function after(at: Date, seconds: number): string {
  return new Date(at.getTime() + seconds * 1000).toISOString();
}
