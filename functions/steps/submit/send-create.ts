import { sendWithinSeconds } from "../../domain/limits.ts";
import { mayPass, ProviderError } from "../../domain/provider/provider-error.ts";
import type { Created } from "../../domain/provider/provider.ts";
import { toRequestError } from "../../domain/provider/request-error.ts";
import type { CreateAttempt } from "../../domain/record/connection-record.ts";
import { doubtAttempt, isSameSending, keepAnswer, resendAttempt } from "../../domain/record/create-attempt.ts";
import { toProviderConnectionName } from "../../domain/record/ids.ts";
import { clearProblem, judgeClock } from "../../domain/record/provider-problem.ts";
import { explain } from "../../domain/record/timeline.ts";
import { StepError } from "../../domain/step-error.ts";
import { learn } from "../run.ts";
import { accept, adopted, refuseSending, settleTime, type Submission, unclear } from "./submission.ts";

/**
 * Sends the very same create once more, which the vendor answers with the first one's result if it had one. `looked` is
 * when it was last looked for in vain.
 */
export async function sendAgain(submission: Submission, looked: Date): Promise<void> {
  const { deps, record } = submission;
  const keys = await openKeys(submission);
  const now = deps.clock.now();
  const begun = await deps.store.save(resendAttempt(clearProblem(record, now), now, settleTime(deps, now)));
  if (begun.create) await send({ ...submission, record: begun }, begun.create, { keys, isRepeat: true, since: looked });
}

/** The pre-shared keys in clear. Opened before an intent is written, so that a failure here leaves nothing in doubt. */
export function openKeys({ deps, record }: Submission): Promise<string[]> {
  return Promise.all(record.sealedKeys.map((sealed) => deps.opener.open(record.id, sealed)));
}

/**
 * Sends an attempt that is written, with the keys in place, and writes what came of it. `since` is the time of what it
 * rests on: a process that has stood still since then sends nothing, and the next one looks first.
 */
export async function send(
  submission: Submission,
  intent: CreateAttempt,
  { keys, isRepeat, since }: { keys: readonly string[]; isRepeat: boolean; since: Date },
): Promise<void> {
  let created: Created;
  try {
    requireFresh(submission, intent, since);
    created = await submission.provider.create({ action: intent.action, parameters: intent.parameters }, keys);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return refused(submission, intent, error, isRepeat);
  }
  await accept(submission, created, created.connectionId ? "the vendor accepted the create" : "looking up the new id");
  if (!created.connectionId) throw new StepError("OutcomeUnclear", "the vendor accepted the create without an id");
}

/** Throws as a call does that never left. */
function requireFresh({ deps }: Submission, { action }: CreateAttempt, since: Date): void {
  if (deps.clock.now().getTime() - since.getTime() <= sendWithinSeconds * 1000) return;
  throw new ProviderError({
    class: "retry",
    action,
    beforehand: `${action} was not sent: the broker stood still for longer than ${sendWithinSeconds} s before it`,
    advice:
      "Look at the broker's own function and its table, which were too slow; the create is tried again by itself.",
  });
}

/**
 * What a failed create means. Believed at once is only what cannot have had an effect: a call that never arrived, and a
 * definite refusal of the very first sending. Everything else is looked for, over the whole settle window, before anything
 * new is sent: an answer says what the vendor's last word was, not what it has done.
 */
async function refused(
  submission: Submission,
  intent: CreateAttempt,
  error: ProviderError,
  isRepeat: boolean,
): Promise<void> {
  const { deps, record } = submission;
  const facts = judgeClock(record, error.facts);
  const failed = { ...submission, problem: error.facts };
  const refusal = toRequestError(
    record.request.provider,
    facts,
    toProviderConnectionName(record.request.name, record.id),
  );
  const arrived = facts.providerCode !== undefined || facts.class !== "retry";
  const wasSent = arrived && facts.beforehand === undefined;
  const definite = !mayPass(facts.class);
  const isUnclear = facts.class === "ambiguous" && facts.token !== "failed";
  if (isUnclear || facts.token === "in-progress" || (isRepeat && !arrived)) {
    await learn(failed, (current, now) =>
      isSameSending(current, intent) ? explain(keepAnswer(current, refusal), now, refusal.message) : current,
    );
    throw new StepError("OutcomeUnclear", error.message);
  }
  const isFirst = intent.number === 1 && !isRepeat;
  const looked = deps.clock.now();
  const doubtful = isFirst ? arrived && (!definite || facts.class === "exists") : arrived;
  const mayBeOurs = facts.mayBeOurs === true || facts.class === "exists";
  // What our own connection would be refused for is not believed however late it arrives: another look decides.
  const unsettled = doubtful && (mayBeOurs || looked < new Date(intent.settledAt));
  if (unsettled) {
    const flags = {
      ...(definite ? {} : { passes: true as const }),
      ...(mayBeOurs ? { mayBeOurs } : {}),
      ...(facts.token === "failed" ? { spent: true as const } : {}),
    };
    // Before the look, which may fail: what was answered is known all the same.
    const doubted = await learn(failed, (current, now) =>
      isSameSending(current, intent) ? doubtAttempt(current, now, refusal, flags) : current,
    );
    const looking = { ...submission, record: doubted };
    if (await adopted(looking)) return;
    throw await unclear(looking, refusal.message);
  }
  if (doubtful && (await adopted(submission))) return;
  throw await refuseSending(definite ? submission : failed, intent, refusal, { wasSent, isFinal: definite });
}
