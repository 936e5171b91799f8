import type { RequestError } from "../../domain/errors.ts";
import type { ConnectionRecord, CreateAttempt } from "../../domain/record/connection-record.ts";
import { beginAttempt, forgetConnection, refuseAttempt, voidAttempt } from "../../domain/record/create-attempt.ts";
import { type Run, toProviderConnectionName } from "../../domain/record/ids.ts";
import { noteCalls } from "../../domain/record/timeline.ts";
import { applyDefaults } from "../../domain/request/apply-defaults.ts";
import { connectFor, readProvider } from "../provider.ts";
import { loadRun, requireTime } from "../run.ts";
import { StepError } from "../step-error.ts";
import { preflight } from "./preflight.ts";
import { openKeys, send, sendAgain } from "./send-create.ts";
import { adopted, settleTime, type Submission, type SubmitDeps, unclear, undecidable } from "./submission.ts";

/** Creates at a vendor that has no idempotency token, each after a clean settle window of the one before. */
const maxAttempts = 3;

export interface Submitted {
  /** When success is likely, RFC 3339. */
  firstLookAt: string;
}

/**
 * Makes exactly one connection at the vendor. The intent is written before the call and the outcome after it:
 *
 *     no attempt ──▶ undecided ──▶ accepted (or adopted by lookup)
 *                     ├────▶ refused ──▶ a new attempt, when the refusal was only "busy"
 *                     └────▶ void (never answered, without effect) ──▶ a new attempt, twice at most
 *
 * An attempt found undecided on arrival may have taken effect: it is looked up by its exact name before anything is sent.
 */
export async function submit(deps: SubmitDeps, run: Run): Promise<Submitted> {
  const known = await loadRun(deps, run);
  const { provider, calls } = await connectFor(deps, known);
  const record = await forgetWhatIsGone({ deps, record: known, provider, calls });
  if (record.providerConnectionId) return { firstLookAt: deps.clock.now().toISOString() };
  requireTime(deps, record);
  const submission = { deps, record, provider, calls };
  const { create } = record;
  if (create?.state === "undecided" || create?.state === "accepted") await resolve(submission, create);
  else await attempt(submission);
  const pause = provider.firstLookSeconds * 1000 * deps.timeScale;
  return { firstLookAt: new Date(deps.clock.now().getTime() + pause).toISOString() };
}

/** A connection whose job failed in an earlier run may be gone from the vendor, and then is made anew. */
async function forgetWhatIsGone(submission: Submission): Promise<ConnectionRecord> {
  const { deps, record, provider, calls } = submission;
  const { create, providerConnectionId } = record;
  if (!providerConnectionId || create?.state !== "failed-earlier") return record;
  const looked = deps.clock.now();
  if (await readProvider(deps, record, calls, () => provider.exists(providerConnectionId))) return record;
  if (looked < new Date(create.settledAt)) throw await unclear(submission, "the vendor's lists may lag");
  return deps.store.save(forgetConnection(record, deps.clock.now()));
}

/** Looks before it leaps, writes the intent, then sends it. */
async function attempt(submission: Submission): Promise<void> {
  const { deps, record, provider } = submission;
  const request = applyDefaults(record.request);
  const facts = await preflight(submission, request);
  const keys = await openKeys(submission);
  const previous = record.create;
  const number = (previous?.number ?? 0) + 1;
  const now = deps.clock.now();
  const identity = { name: toProviderConnectionName(record.request.name, record.id), token: `${record.id}-${number}` };
  const intent: CreateAttempt = {
    number,
    state: "undecided",
    sends: 1,
    unanswered: previous?.state === "void" ? previous.unanswered : 0,
    startedAt: now.toISOString(),
    settledAt: settleTime(deps, now).toISOString(),
    ...provider.planCreate(request, identity, facts),
  };
  const begun = await deps.store.save(beginAttempt(record, now, intent));
  await send({ ...submission, record: begun }, intent, { keys, mayHaveWorked: false });
}

/** Decides an attempt whose outcome is not known: adopt what it made, send it again where that is harmless, or wait. */
async function resolve(submission: Submission, intent: CreateAttempt): Promise<void> {
  const { deps, provider } = submission;
  // The time of the question counts: an answer can be older than it arrives.
  const looked = deps.clock.now();
  if (await adopted(submission)) return;
  if (intent.state === "accepted") throw await unclear(submission, "the vendor accepted the create but gave no id yet");
  if (intent.doubt) return settleDoubt(submission, intent, intent.doubt, looked);
  if (provider.createIsIdempotent) return sendAgain(submission);
  if (looked < new Date(intent.settledAt)) {
    throw await unclear(submission, "the vendor's answer was lost; looking whether the connection exists");
  }
  if (intent.unanswered + 1 >= maxAttempts) {
    throw await undecidable(submission, `the vendor's answer was lost ${maxAttempts} times in a row`);
  }
  const { record } = submission;
  return attempt({ ...submission, record: await deps.store.save(voidAttempt(record, deps.clock.now())) });
}

/** Nothing was found of an attempt whose last sending was refused: once nothing can turn up any more, that is its end. */
async function settleDoubt(
  submission: Submission,
  intent: CreateAttempt,
  doubt: RequestError,
  looked: Date,
): Promise<never> {
  const { deps, record, calls } = submission;
  if (looked < new Date(intent.settledAt)) throw await unclear(submission, doubt.message);
  const now = deps.clock.now();
  await deps.store.save(noteCalls(refuseAttempt(record, now, doubt), now, calls));
  throw new StepError("Rejected", doubt.message);
}
