import type { ConnectionRecord } from "../domain/record/connection-record.ts";
import { atMissedDeadline } from "../domain/record/deadlines.ts";
import { decideOutcome } from "../domain/record/decide-outcome.ts";
import { type Run, toExecutionName } from "../domain/record/ids.ts";
import { isFinal } from "../domain/record/status.ts";
import { end } from "../domain/record/transitions.ts";
import { type Tallies, tallyEnd } from "../domain/stats/tallies.ts";
import { StepError } from "../domain/step-error.ts";
import type { ProviderName } from "../domain/values.ts";
import { learn, loadRun, type RunDeps } from "./run.ts";

export interface OutcomeDeps extends RunDeps {
  tallies: Tallies;
}

export interface OutcomeInput extends Run {
  /** What the workflow caught, if anything; only the error's name is looked at. */
  failure?: { Error: string };
}

export interface RecordedOutcome {
  /** Whether somebody wants to be told by webhook. */
  deliver: boolean;
  /** Whether there are tunnels whose negotiation is worth following. */
  watch: boolean;
  /** Whose function is to follow it. */
  provider: ProviderName;
}

/** Writes the ending of the run; said again, also at the same moment, it answers as the first time. */
export async function recordOutcome(deps: OutcomeDeps, input: OutcomeInput): Promise<RecordedOutcome> {
  try {
    return toOutcome(await endRun(deps, input));
  } catch (error) {
    if (!(error instanceof StepError && error.name === "Superseded")) throw error;
    const written = await deps.store.get(input.id);
    if (written?.generation !== input.generation || !isFinal(written.status)) throw error;
    return toOutcome(written);
  }
}

async function endRun(deps: OutcomeDeps, input: OutcomeInput): Promise<ConnectionRecord> {
  const record = await loadRun(deps, input);
  const failure = input.failure?.Error;
  const ended = await learn({ deps, record }, (current, now) => {
    const known = failure === "DeadlinePassed" ? atMissedDeadline(current, now) : current;
    return end(current, now, decideOutcome(known, failure));
  });
  await tallyEnd(deps, ended);
  deps.log("request_ended", {
    connectionId: ended.id,
    execution: toExecutionName(input),
    status: ended.status,
    code: ended.error?.code,
  });
  return ended;
}

function toOutcome(record: ConnectionRecord): RecordedOutcome {
  const { delivery, status, request } = record;
  return { deliver: delivery?.state === "pending", watch: status === "succeeded", provider: request.provider };
}
