import { capabilities } from "../provider/capabilities.ts";
import { applyDefaults } from "../request/apply-defaults.ts";
import type { ObservedDurations } from "../stats/observed-durations.ts";
import type { ConnectionRecord } from "./connection-record.ts";
import { isFinal } from "./status.ts";

/**
 * When the request is likely to have ended, by what those of its vendor and region took of late, and those behind the gateway's
 * queue after the ones ahead; never later than it is given up. It does not go with the clock: undefined once the request, or
 * the one that has the turn before it, takes longer than is known of others, and once it has ended.
 */
export function estimateCompletion(record: ConnectionRecord, now: Date, observed: ObservedDurations): Date | undefined {
  if (isFinal(record.status)) return undefined;
  const { request, deadlineAt, queueDeadlineAt } = record;
  const { timeoutSeconds } = applyDefaults(request);
  const inFuture = (at: Date) => (at > now ? at : undefined);
  const work = (begun: Date) => {
    const seconds = observed.secondsOf(request.provider, request.region, secondsBetween(begun, now));
    return seconds === undefined ? undefined : inFuture(after(begun, Math.min(seconds, timeoutSeconds)));
  };
  if (deadlineAt !== undefined) return work(after(new Date(deadlineAt), -timeoutSeconds));
  const turn = estimateTurn(record, now, observed);
  // Its turn will not come: that is when it ends.
  if (turn && turn >= new Date(queueDeadlineAt)) return inFuture(new Date(queueDeadlineAt));
  return turn && work(turn);
}

/** From the end of one turn to the beginning of the next: who waits looks now and then. */
const gapSeconds = 10;

/**
 * When its turn should begin. Who is ahead is counted at each look and noted when it changes, so that the one that has the
 * turn has it about since then. Undefined once that is longer than a turn takes.
 */
function estimateTurn(
  { request: { provider, region }, status, updatedAt, ahead = 0 }: ConnectionRecord,
  now: Date,
  observed: ObservedDurations,
): Date | undefined {
  const noted = new Date(updatedAt);
  // Somebody has the turn of who waits for it.
  const turns = status === "queued" ? Math.max(1, ahead) : ahead;
  if (turns === 0) return noted;
  const { turnEnds, turnSeconds } = capabilities[provider];
  const turnOf = (elapsed: number) => {
    if (turnEnds === "created") return [turnSeconds, 2 * turnSeconds].find((seconds) => seconds > elapsed);
    const work = observed.secondsOf(provider, region, Math.max(0, elapsed - gapSeconds));
    return work === undefined ? undefined : work + gapSeconds;
  };
  const [first, other] = [turnOf(secondsBetween(noted, now)), turnOf(0)];
  return first === undefined || other === undefined ? undefined : after(noted, first + (turns - 1) * other);
}

function after(from: Date, seconds: number): Date {
  return new Date(from.getTime() + seconds * 1000);
}

function secondsBetween(from: Date, to: Date): number {
  return Math.max(0, (to.getTime() - from.getTime()) / 1000);
}
