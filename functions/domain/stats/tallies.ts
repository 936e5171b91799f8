import type { Log } from "../log.ts";
import type { ConnectionRecord } from "../record/connection-record.ts";
import { type Bucket, hourOf } from "./bucket.ts";
import { type EndedRun, toEndedRun } from "./ended-run.ts";

/** Counts of runs that have ended, by the hour, by single-item conditional writes. Hours are as `2026-11-26T20`. */
export interface Tallies {
  /** Counts a run in its tenant's bucket of this hour and in that of `everyTenant`. */
  add(run: EndedRun, hour: string): Promise<void>;
  /** Buckets of a tenant or of `everyTenant`, by hour; without those in which nothing ended. */
  read(tenant: string, hours: readonly string[]): Promise<ReadonlyMap<string, Bucket>>;
  /** Raises a bucket to what was counted anew, where that is more. */
  raise(tenant: string, hour: string, counted: Bucket): Promise<void>;
  /** Every run whose request last ended within this hour; the index may lag. */
  listEnded(hour: string): AsyncIterable<EndedRun>;
  /** The hour in which the first of all requests ended; undefined where none has. */
  firstHour(): Promise<string | undefined>;
  /** The last hour that was counted anew. */
  checkedUntil(): Promise<string | undefined>;
  noteChecked(hour: string): Promise<void>;
}

/**
 * Counts the end that was just written. Only who wrote it counts it, so that it is counted once at most; what is lost when
 * that fails, the sweeper finds.
 */
export async function tallyEnd(deps: { tallies: Tallies; log: Log }, record: ConnectionRecord): Promise<void> {
  const run = toEndedRun(record);
  if (!run || record.completedAt === undefined) return;
  try {
    await deps.tallies.add(run, hourOf(record.completedAt));
  } catch (error) {
    deps.log("tally_failed", { connectionId: record.id, error: error instanceof Error ? error.name : "unknown" });
  }
}
