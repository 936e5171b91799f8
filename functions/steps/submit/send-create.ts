import { ProviderError } from "../../domain/provider/provider-error.ts";
import type { Created } from "../../domain/provider/provider.ts";
import { toRequestError } from "../../domain/provider/request-error.ts";
import type { CreateAttempt } from "../../domain/record/connection-record.ts";
import { doubtAttempt, isSameSending, refuseAttempt, resendAttempt } from "../../domain/record/create-attempt.ts";
import { learn } from "../run.ts";
import { StepError } from "../step-error.ts";
import { accept, adopted, settleTime, type Submission, unclear } from "./submission.ts";

/** Sends the very same create once more, which the vendor answers with the first one's result if it had one. */
export async function sendAgain(submission: Submission): Promise<void> {
  const { deps, record } = submission;
  const keys = await openKeys(submission);
  const now = deps.clock.now();
  const begun = await deps.store.save(resendAttempt(record, now, settleTime(deps, now)));
  if (begun.create) await send({ ...submission, record: begun }, begun.create, { keys, mayHaveWorked: true });
}

/** The pre-shared keys in clear. Opened before an intent is written, so that a failure here leaves nothing in doubt. */
export function openKeys({ deps, record }: Submission): Promise<string[]> {
  return Promise.all(record.sealedKeys.map((sealed) => deps.opener.open(record.id, sealed)));
}

/** Sends an attempt that is written, with the keys in place, and writes what came of it. */
export async function send(
  submission: Submission,
  intent: CreateAttempt,
  { keys, mayHaveWorked }: { keys: readonly string[]; mayHaveWorked: boolean },
): Promise<void> {
  let created: Created;
  try {
    created = await submission.provider.create({ action: intent.action, parameters: intent.parameters }, keys);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return refused(submission, intent, error, mayHaveWorked);
  }
  await accept(submission, created, created.connectionId ? "the vendor accepted the create" : "looking up the new id");
  if (!created.connectionId) throw new StepError("OutcomeUnclear", "the vendor accepted the create without an id");
}

/** What a failed create means. Only a definite refusal of a first sending is believed without a look. */
async function refused(
  submission: Submission,
  intent: CreateAttempt,
  error: ProviderError,
  mayHaveWorked: boolean,
): Promise<void> {
  const { deps, record } = submission;
  const kind = error.facts.class;
  const busy = kind === "conflict" || kind === "retry";
  if (kind === "ambiguous") throw await unclear(submission, "the vendor's answer was lost; it is being looked for");
  if (busy && mayHaveWorked) throw await unclear(submission, `the vendor is busy (${error.facts.providerCode})`);
  const refusal = toRequestError(record.request.provider, error.facts);
  const looked = deps.clock.now();
  if ((kind === "exists" || mayHaveWorked) && (await adopted(submission))) return;
  if (mayHaveWorked && looked < new Date(intent.settledAt)) {
    await learn(submission, (current, now) =>
      isSameSending(current, intent) ? doubtAttempt(current, now, refusal) : current,
    );
    throw new StepError("OutcomeUnclear", refusal.message);
  }
  // Another invocation may have sent it again meanwhile: this answer is not the last word then.
  const saved = await learn(submission, (current, now) =>
    isSameSending(current, intent) ? refuseAttempt(current, now, refusal) : current,
  );
  if (saved.create?.state !== "refused") throw new StepError("OutcomeUnclear", "it was sent again meanwhile");
  if (!busy) throw new StepError("Rejected", error.message);
  throw new StepError(kind === "conflict" ? "GatewayBusy" : "Throttled", error.message);
}
