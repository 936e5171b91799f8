import type { Clock } from "../domain/clock.ts";
import type { RequestError } from "../domain/errors.ts";
import type { Log } from "../domain/log.ts";
import type { ConnectionStore } from "../domain/ports.ts";
import type { ProviderErrorFacts } from "../domain/provider/provider-error.ts";
import type { ProviderCall } from "../domain/provider/provider.ts";
import type { ConnectionRecord } from "../domain/record/connection-record.ts";
import { refuse } from "../domain/record/create-attempt.ts";
import { deadlineOf, givenUpAt } from "../domain/record/deadlines.ts";
import type { Run } from "../domain/record/ids.ts";
import { clearProblem, noteProblem } from "../domain/record/provider-problem.ts";
import { isFinal } from "../domain/record/status.ts";
import { noteCalls, noteWarnings } from "../domain/record/timeline.ts";
import { mayHaveConnection } from "../domain/record/turn.ts";
import { saveAnew } from "../domain/save-anew.ts";
import { StepError } from "../domain/step-error.ts";

/** What every step needs. */
export interface RunDeps {
  store: ConnectionStore;
  clock: Clock;
  log: Log;
}

/** The record of this run. Throws `Superseded` when another generation or an ending has overtaken it. */
export async function loadRun(deps: RunDeps, run: Run): Promise<ConnectionRecord> {
  const record = await deps.store.get(run.id);
  if (!record || record.generation !== run.generation || isFinal(record.status)) {
    throw new StepError("Superseded", "another run or an ending has overtaken this one");
  }
  return record;
}

/** Throws `DeadlinePassed` when nothing more is to be done for the request. */
export function requireTime(deps: RunDeps, record: ConnectionRecord): void {
  if (deps.clock.now() >= givenUpAt(record))
    throw new StepError("DeadlinePassed", `${deadlineOf(record).member} passed`);
}

/** Whether something may still be sent for it. */
export function isInTime(deps: RunDeps, record: ConnectionRecord): boolean {
  return deps.clock.now() < deadlineOf(record).at;
}

/** What an invocation knows: the record as it read it, the calls that it made since, and what it should be warned of. */
export interface Learned {
  deps: RunDeps;
  record: ConnectionRecord;
  /** Emptied when they are written, so that each is told once. */
  calls?: ProviderCall[];
  warnings?: readonly string[];
  /** The vendor's answer that stands in the way; absent = its last one was good. */
  problem?: ProviderErrorFacts;
}

/**
 * Writes the calls made to the vendor since the record was read, and what was learned from them, as long as the run is
 * still ours. The change is made anew on a record that somebody wrote meanwhile. Throws `Superseded`.
 */
export function learn(
  { deps, record, calls = [], warnings = [], problem }: Learned,
  change: (record: ConnectionRecord, now: Date) => ConnectionRecord = (noted) => noted,
): Promise<ConnectionRecord> {
  const { id, generation } = record;
  const save = async (current: ConnectionRecord) => {
    const now = deps.clock.now();
    const told = calls.length;
    const noted = noteWarnings(noteCalls(current, now, calls), now, warnings);
    const changed = change(problem ? noteProblem(noted, now, problem) : noted, now);
    const saved = await deps.store.save(problem || told === 0 ? changed : clearProblem(changed, now));
    // Of several questions at once one may be answered meanwhile.
    calls.splice(0, told);
    return saved;
  };
  return saveAnew(record, save, () => loadRun(deps, { id, generation }));
}

/**
 * Writes why nothing is sent for a request, and answers the error that its step ends with. Where somebody sent it meanwhile,
 * it comes back to look what became of that.
 */
export async function leaveUnsent(
  learned: Learned,
  { name, message }: StepError,
  change: (record: ConnectionRecord, now: Date) => ConnectionRecord,
): Promise<StepError> {
  const saved = await learn(learned, (current, now) => (mayHaveConnection(current) ? current : change(current, now)));
  return new StepError(mayHaveConnection(saved) ? "OutcomeUnclear" : name, message);
}

/** Nothing is sent, and nothing will be. */
export function refuseUnsent(learned: Learned, refusal: RequestError): Promise<StepError> {
  const error = new StepError("Rejected", refusal.message);
  return leaveUnsent(learned, error, (current, now) => refuse(current, now, refusal));
}
