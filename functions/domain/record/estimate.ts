import { capabilities } from "../provider/capabilities.ts";
import { applyDefaults } from "../request/apply-defaults.ts";
import type { ObservedDurations } from "../stats/observed-durations.ts";
import type { ConnectionRecord } from "./connection-record.ts";
import { isFinal } from "./status.ts";

/**
 * When the request is likely to have ended, as things stand now; undefined once it has. From what requests of its vendor and
 * region took of late, those behind the gateway's queue after the ones ahead; never later than it is given up.
 */
export function estimateCompletion(record: ConnectionRecord, now: Date, observed: ObservedDurations): Date | undefined {
  if (isFinal(record.status)) return undefined;
  const { request, deadlineAt, queueDeadlineAt, ahead = 0 } = record;
  const { provider, region } = request;
  const { timeoutSeconds } = applyDefaults(request);
  const after = (from: Date, seconds: number) => new Date(from.getTime() + seconds * 1000);
  if (deadlineAt !== undefined) {
    const begun = after(new Date(deadlineAt), -timeoutSeconds);
    const elapsed = Math.max(0, (now.getTime() - begun.getTime()) / 1000);
    return between(now, after(begun, observed.secondsOf(provider, region, elapsed)), new Date(deadlineAt));
  }
  const work = observed.secondsOf(provider, region, 0);
  const { turnEnds, turnSeconds } = capabilities[provider];
  const turn = after(now, ahead * (turnEnds === "provisioned" ? work + gapSeconds : turnSeconds));
  // Its turn will not come: that is when it ends.
  if (turn >= new Date(queueDeadlineAt)) return between(now, turn, new Date(queueDeadlineAt));
  return after(turn, Math.min(work, timeoutSeconds));
}

/** From the end of one turn to the beginning of the next: who waits looks now and then. */
const gapSeconds = 10;

function between(from: Date, at: Date, to: Date): Date {
  return new Date(Math.max(from.getTime(), Math.min(at.getTime(), to.getTime())));
}
