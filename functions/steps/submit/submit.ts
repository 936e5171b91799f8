import type { RequestError } from "../../domain/errors.ts";
import type { ConnectionRecord, CreateAttempt } from "../../domain/record/connection-record.ts";
import { beginAttempt, describeAnswer, forgetConnection, voidAttempt } from "../../domain/record/create-attempt.ts";
import { deadlineOf } from "../../domain/record/deadlines.ts";
import { isOfCreate } from "../../domain/record/describe-problem.ts";
import { type Run, toProviderConnectionName } from "../../domain/record/ids.ts";
import { clearProblem } from "../../domain/record/provider-problem.ts";
import { mayHaveConnection } from "../../domain/record/turn.ts";
import { applyDefaults } from "../../domain/request/apply-defaults.ts";
import { StepError } from "../../domain/step-error.ts";
import { connectFor, readProvider } from "../provider.ts";
import { readRefusal, requirePermission } from "../require-permission.ts";
import { isInTime, loadRun, requireTime } from "../run.ts";
import { inOwnTurn } from "./own-turn.ts";
import { preflight } from "./preflight.ts";
import { openKeys, send, sendAgain } from "./send-create.ts";
import {
  adopted,
  refuseSending,
  settleTime,
  type Submission,
  type SubmitDeps,
  unclear,
  undecidable,
} from "./submission.ts";

/** Creates whose answers were lost in a row, each after a clean settle window of the one before. */
const maxUnanswered = 3;
/** Creates in a row that were answered with "not now", each after a clean settle window too. */
const maxPutOff = 12;
/** Sendings under one token that were answered with "not now": a token can be stuck. */
const maxRepeats = 4;
/** The same answer in a row that leaves the outcome open: it is only looked for then. */
const maxSameAnswers = 12;

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
 * A refusal that was only "busy" gives the gateway's turn back first. An attempt found undecided on arrival may have taken
 * effect: it is looked up by its operation id before anything is sent.
 */
export async function submit(deps: SubmitDeps, run: Run): Promise<Submitted> {
  const known = await loadRun(deps, run);
  const { create, refusal } = known;
  // Whoever was told so did not come to tell it; what was found since is no longer refused.
  if (create?.state === "refused" && create.final && refusal) throw new StepError("Rejected", refusal.message);
  if (!mayHaveConnection(known)) await requirePermission({ deps, record: known });
  return inOwnTurn(deps, known, () => createOnce(deps, known));
}

async function createOnce(deps: SubmitDeps, known: ConnectionRecord): Promise<Submitted> {
  const connected = await connectFor(deps, known);
  const { provider } = connected;
  const record = await forgetWhatIsGone({ deps, record: known, ...connected });
  if (record.providerConnectionId) return { firstLookAt: deps.clock.now().toISOString() };
  requireTime(deps, record);
  const submission = { deps, record, ...connected };
  const { create } = record;
  if (create?.state === "undecided" || create?.state === "accepted") await resolve(submission, create);
  else if (create) await attemptAnew(submission, create);
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
  requireTime(deps, record);
  if (looked < new Date(create.settledAt)) throw await unclear(submission, describeLag(create, providerConnectionId));
  return deps.store.save(forgetConnection(record, deps.clock.now()));
}

/**
 * Whatever was answered to an earlier attempt, the vendor is looked at before a new one, and not before its lists are sure
 * to show what that attempt may have made after all.
 */
async function attemptAnew(submission: Submission, previous: CreateAttempt): Promise<void> {
  const looked = submission.deps.clock.now();
  if (await adopted(submission)) return;
  if (looked < new Date(previous.settledAt)) throw await unclear(submission, describeLag(previous, "a connection"));
  await attempt(submission);
}

/** Looks before it leaps, writes the intent, then sends it. */
async function attempt(submission: Submission): Promise<void> {
  const { deps, record, provider } = submission;
  const request = applyDefaults(record.request);
  const facts = await preflight(submission, request);
  const keys = await openKeys(submission);
  await requirePermission(submission);
  const previous = record.create;
  const number = (previous?.number ?? 0) + 1;
  const isPutOff = previous?.state === "refused" && previous.passes === true;
  const now = deps.clock.now();
  const identity = { name: toProviderConnectionName(record.request.name, record.id), token: `${record.id}-${number}` };
  const intent: CreateAttempt = {
    number,
    state: "undecided",
    sends: 1,
    unanswered: previous?.state === "void" ? previous.unanswered : 0,
    ...(isPutOff ? { putOff: (previous?.putOff ?? 0) + 1 } : {}),
    ...(isPutOff || previous?.state === "void" || previous?.unheard ? { unheard: true as const } : {}),
    startedAt: now.toISOString(),
    settledAt: settleTime(deps, now).toISOString(),
    ...provider.planCreate(request, identity, facts),
  };
  const begun = await deps.store.save(beginAttempt(clearProblem(record, now), now, intent));
  await send({ ...submission, record: begun }, intent, { keys, isRepeat: false, since: now });
}

/** Decides an attempt whose outcome is not known: adopt what it made, send it again where that is harmless, or wait. */
async function resolve(submission: Submission, intent: CreateAttempt): Promise<void> {
  const { deps, record, provider } = submission;
  // The time of the question counts: an answer can be older than it arrives.
  const looked = deps.clock.now();
  if (await adopted(submission)) return;
  if (intent.state === "accepted") {
    const until = deadlineOf(record).at.toISOString();
    throw await unclear(submission, `the vendor accepted the create but gave no id; looking for it until ${until}`);
  }
  const { doubt } = intent;
  const stuck = sameAnswers(record) >= maxSameAnswers;
  // What an earlier run sent and nothing came of may have been made by somebody else since: only a new attempt looks for that.
  const isOver = intent.inherited === true && looked >= new Date(intent.settledAt);
  const repeats = provider.createIsIdempotent && mayRepeat(intent) && !stuck && !isOver && isInTime(deps, record);
  const refusal = repeats ? await readRefusal(submission) : undefined;
  if (repeats && !refusal) return sendAgain(submission, looked);
  if (looked < new Date(intent.settledAt)) {
    const answered = refusal?.message ?? doubt?.message ?? describeAnswer(intent.answer);
    const reason = `${answered}; looking until ${intent.settledAt} whether the connection exists`;
    throw await unclear(submission, reason);
  }
  if (doubt) return settleDoubt(submission, intent, doubt);
  if (stuck) throw await undecidable(submission, `the same answer left it open ${maxSameAnswers} times in a row`);
  if (intent.unanswered + 1 >= maxUnanswered) {
    const times = `${maxUnanswered} times in a row`;
    throw await undecidable(
      submission,
      intent.answer?.providerCode === undefined
        ? `the vendor's answer was lost ${times}`
        : `no answer was clear ${times}; the last one: ${intent.answer.message}`,
    );
  }
  return attempt({ ...submission, record: await deps.store.save(voidAttempt(record, deps.clock.now())) });
}

/** What a request waits for of which nothing is listed: nothing is sent before lists are sure to show it. */
function describeLag({ settledAt }: CreateAttempt, what: string): string {
  return `looking until ${settledAt} for ${what} of an earlier create, which the vendor's lists may show late`;
}

/** How often in a row the vendor has given the same answer to the create. */
function sameAnswers(record: ConnectionRecord): number {
  const { providerProblem: problem } = record;
  return problem?.code !== undefined && isOfCreate(record) ? problem.count : 0;
}

/** A repeat under the same token does no harm; a token that was refused for good, or too often, is not used again. */
function mayRepeat({ doubt, passes, spent, sends }: CreateAttempt): boolean {
  return doubt === undefined || (passes === true && spent === undefined && sends < maxRepeats);
}

/** Nothing was found of an attempt whose last sending was refused, and nothing can turn up any more. */
async function settleDoubt(submission: Submission, intent: CreateAttempt, doubt: RequestError): Promise<void> {
  // What our own connection would be refused for, after a sending that nobody heard of: its list may lag for longer. A
  // quota is no sign of it to a repeat, which a vendor that knows the token answers with the first one's result.
  const wasRepeated = intent.sends > 1 && doubt.code !== "provider_quota";
  if (intent.mayBeOurs && (intent.unheard || wasRepeated)) {
    throw await undecidable(submission, `${doubt.message}, which a connection of an earlier attempt would explain`);
  }
  const isFinal = !intent.passes || (intent.putOff ?? 0) + 1 >= maxPutOff;
  throw await refuseSending(submission, intent, doubt, { wasSent: true, isFinal });
}
