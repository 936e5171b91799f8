import { turnPauseSeconds } from "../limits.ts";
import type { ConnectionRecord } from "./connection-record.ts";
import { enter } from "./timeline.ts";

/** That a run gave its gateway's turn back, because its vendor is out of reach or says no. Times are RFC 3339. */
export interface TurnGivenBack {
  /** How often in this run; part of the name under which it has the turn next. */
  times: number;
  /** How often in a row, whoever had the turn. */
  failures: number;
  /** Nobody takes the gateway's turn before, so that its vendor is not asked again by the whole queue at once. */
  pausedUntil: string;
  /** Its place in the queue is behind all who came before this time, and it does not take the turn before. */
  queuedAt: string;
}

/** Seconds for which nobody takes a turn that was given back so often in a row. */
function pauseAfter(failures: number): number {
  return Math.min(turnPauseSeconds.first * 2 ** (failures - 1), turnPauseSeconds.most);
}

/**
 * The turn goes to whoever is next; the request waits behind those who wait now, and not before the vendor invited it.
 * Only what nothing can be at the vendor of may do so. `timeScale` multiplies the pause.
 */
export function giveTurnBack(
  record: ConnectionRecord,
  at: Date,
  { failures, timeScale }: { failures: number; timeScale: number },
): ConnectionRecord {
  const { providerNotBefore = "", providerProblem, status, statusReason } = record;
  const pausedUntil = new Date(at.getTime() + pauseAfter(failures) * 1000 * timeScale).toISOString();
  const queuedAt = pausedUntil > providerNotBefore ? pausedUntil : providerNotBefore;
  const givenBack = { times: (record.givenBack?.times ?? 0) + 1, failures, pausedUntil, queuedAt };
  if (status === "queued") return { ...record, givenBack };
  return enter(record, at, "queued", providerProblem?.message ?? statusReason, { givenBack });
}
