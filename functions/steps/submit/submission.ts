import type { RequestError } from "../../domain/errors.ts";
import { settleSeconds } from "../../domain/limits.ts";
import type { Opener } from "../../domain/ports.ts";
import type { Created } from "../../domain/provider/provider.ts";
import type { ConnectionRecord, CreateAttempt } from "../../domain/record/connection-record.ts";
import { acceptAttempt, isSameSending, refuseAttempt } from "../../domain/record/create-attempt.ts";
import { explain } from "../../domain/record/timeline.ts";
import { StepError } from "../../domain/step-error.ts";
import { type Connected, identityOf, type ProviderDeps, readProvider } from "../provider.ts";
import { learn, type Learned } from "../run.ts";
import type { OwnTurnDeps } from "./own-turn.ts";

export interface SubmitDeps extends ProviderDeps, OwnTurnDeps {
  /** Only this step sees a pre-shared key in clear. */
  opener: Opener;
}

/** A request on its way to its vendor, in one invocation of the submit step. */
export interface Submission extends Connected {
  deps: SubmitDeps;
  record: ConnectionRecord;
}

/** When nothing of a create that leaves now can be under way any more. */
export function settleTime({ timeScale }: SubmitDeps, from: Date): Date {
  return new Date(from.getTime() + settleSeconds * 1000 * timeScale);
}

/** Looks for a connection whose name ends in our operation id, and takes it as ours if there is one. */
export async function adopted(submission: Submission): Promise<boolean> {
  const { deps, record, provider, calls } = submission;
  const found = await readProvider(deps, record, calls, () => provider.find(identityOf(record)));
  const [connectionId] = found;
  if (connectionId === undefined) return false;
  if (found.length > 1) throw await undecidable(submission, `the vendor lists ${found.join(" and ")} for this request`);
  await accept(submission, { connectionId }, `found ${connectionId} at the vendor by its name`);
  return true;
}

/** The vendor has it: writes what is known of it, unless that is known already. */
export async function accept(submission: Submission, created: Created, reason: string): Promise<void> {
  await learn(submission, (current, now) =>
    current.providerConnectionId ? current : acceptAttempt(current, now, created, reason),
  );
}

/**
 * Writes that a sending was refused, and answers the error that its step ends with. Where another invocation has gone on
 * meanwhile, it is not the last word: it comes back to look what became of that.
 */
export async function refuseSending(
  learned: Learned,
  sending: CreateAttempt,
  refusal: RequestError,
  { wasSent, isFinal }: { wasSent: boolean; isFinal: boolean },
): Promise<StepError> {
  const saved = await learn(learned, (current, now) =>
    isSameSending(current, sending) ? refuseAttempt(current, now, refusal, { wasSent, isFinal }) : current,
  );
  if (saved.create?.state !== "refused") return new StepError("OutcomeUnclear", "it was sent again meanwhile");
  // Others go first, whose create may be taken.
  return new StepError(isFinal ? "Rejected" : "Throttled", refusal.message);
}

/** Writes why the outcome is not known yet; answers the error that has the workflow come back. */
export async function unclear(learned: Learned, reason: string): Promise<StepError> {
  await explainCreate(learned, reason);
  return new StepError("OutcomeUnclear", reason);
}

/** Writes why a person must look; answers the error that ends the run, unless another invocation has gone on meanwhile. */
export async function undecidable(submission: Submission, reason: string): Promise<StepError> {
  const saved = await explainCreate(submission, reason);
  return new StepError(isSameSending(saved, submission.record.create) ? "Undecidable" : "OutcomeUnclear", reason);
}

function explainCreate(learned: Learned, reason: string): Promise<ConnectionRecord> {
  return learn(learned, (current, now) =>
    isSameSending(current, learned.record.create) ? explain(current, now, reason) : current,
  );
}
