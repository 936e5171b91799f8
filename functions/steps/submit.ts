import { applyDefaults, type EffectiveRequest } from "../domain/apply-defaults.ts";
import { toVendorName } from "../domain/connection-id.ts";
import type { ConnectionRecord, CreateAttempt, VendorCall } from "../domain/connection-record.ts";
import { findDuplicate } from "../domain/find-duplicate.ts";
import type { JobError } from "../domain/errors.ts";
import { toDuplicateError, toJobError, toRefusal } from "../domain/job-error.ts";
import type { Opener, Run } from "../domain/ports.ts";
import { ProviderError } from "../domain/provider-error.ts";
import type { Created, GatewayFacts, Provider } from "../domain/provider.ts";
import {
  acceptAttempt,
  beginAttempt,
  explain,
  forgetConnection,
  isSameSending,
  noteCalls,
  refuse,
  refuseAttempt,
  resendAttempt,
  voidAttempt,
} from "../domain/transitions.ts";
import { identityOf, loadRun, openVendor, readVendor, requireTime, saveLearned, type VendorDeps } from "./run.ts";
import { StepError } from "./step-error.ts";

/** Creates at a vendor that has no idempotency token, each after a clean settle window of the one before. */
const mostAttempts = 3;
/**
 * Seconds after which nothing of an attempt can still be under way: the submit function's timeout (60 s) plus the
 * vendor call's own (20 s), and time for the vendor's lists to catch up.
 */
const settleSeconds = 120;

export interface SubmitDeps extends VendorDeps {
  /** Only this step sees a pre-shared key in clear. */
  opener: Opener;
}

export interface Submitted {
  /** When success is likely, RFC 3339. */
  firstLookAt: string;
}

interface Submission {
  deps: SubmitDeps;
  record: ConnectionRecord;
  provider: Provider;
  calls: VendorCall[];
}

/**
 * Makes exactly one connection at the vendor. The intent is written before the call and the outcome after it:
 *
 *     no attempt ──▶ open ──▶ accepted (or adopted by lookup)
 *                     ├────▶ refused ──▶ a new attempt, when the refusal was only "busy"
 *                     └────▶ void (never answered, without effect) ──▶ a new attempt, twice at most
 *
 * An attempt found open on arrival may have taken effect: it is looked up by its exact name before anything is sent.
 */
export async function submit(deps: SubmitDeps, run: Run): Promise<Submitted> {
  const known = await loadRun(deps, run);
  const { provider, calls } = await openVendor(deps, known);
  const record = await forgetWhatIsGone({ deps, record: known, provider, calls });
  if (record.providerConnectionId) return { firstLookAt: deps.clock.now().toISOString() };
  requireTime(deps, record);
  const submission = { deps, record, provider, calls };
  const { create } = record;
  if (create?.state === "open" || create?.state === "accepted") await resolve(submission, create);
  else await attempt(submission);
  const pause = provider.firstLookSeconds * 1000 * deps.timeScale;
  return { firstLookAt: new Date(deps.clock.now().getTime() + pause).toISOString() };
}

/** A connection whose job failed in an earlier run may be gone from the vendor, and then is made anew. */
async function forgetWhatIsGone(submission: Submission): Promise<ConnectionRecord> {
  const { deps, record, provider, calls } = submission;
  const { create, providerConnectionId } = record;
  if (!providerConnectionId || create?.state !== "failed") return record;
  const looked = deps.clock.now();
  if (await readVendor(deps, record, calls, () => provider.exists(providerConnectionId))) return record;
  if (looked < new Date(create.settledAt)) throw await unclear(submission, "the vendor's lists may lag");
  return deps.store.save(forgetConnection(record, deps.clock.now()));
}

/** Looks before it leaps, writes the intent, then sends it. */
async function attempt(submission: Submission): Promise<void> {
  const { deps, record, provider } = submission;
  const request = applyDefaults(record.request);
  const facts = await lookAhead(submission, request);
  const previous = record.create;
  const number = (previous?.number ?? 0) + 1;
  const now = deps.clock.now();
  const identity = { name: toVendorName(record.request.name, record.id), token: `${record.id}-${number}` };
  const intent: CreateAttempt = {
    number,
    state: "open",
    sends: 1,
    unanswered: previous?.state === "void" ? previous.unanswered : 0,
    startedAt: now.toISOString(),
    settledAt: settleTime(deps, now).toISOString(),
    ...provider.planCreate(request, identity, facts),
  };
  const begun = await deps.store.save(beginAttempt(record, now, intent));
  await send({ ...submission, record: begun }, intent, { mayHaveWorked: false });
}

/**
 * Reads the gateways and earlier requests under the gateway's turn, and refuses what the vendor would refuse. A vendor
 * that is out of reach is asked again later; one that will not be read stops nothing: the create itself then says why.
 */
async function lookAhead(submission: Submission, request: EffectiveRequest): Promise<GatewayFacts> {
  const { deps, record, provider, calls } = submission;
  try {
    const { flaws, busy, facts } = await provider.preflight(request);
    if (flaws.length > 0) throw await refuseEarly(submission, toRefusal(flaws));
    if (busy) {
      await saveLearned(deps, record, (current) => noteCalls(current, deps.clock.now(), calls));
      throw new StepError("GatewayBusy", busy);
    }
    const duplicate = request.allowDuplicate
      ? undefined
      : await findDuplicate({ store: deps.store, provider }, request, record.id);
    if (duplicate) throw await refuseEarly(submission, toDuplicateError(duplicate, record.tenant));
    return facts;
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    if (!["retry", "conflict", "ambiguous"].includes(error.facts.class)) return {};
    await saveLearned(deps, record, (current) => noteCalls(current, deps.clock.now(), calls));
    throw new StepError("VendorUnavailable", error.message);
  }
}

async function refuseEarly({ deps, record, calls }: Submission, refusal: JobError): Promise<StepError> {
  await saveLearned(deps, record, (current) => {
    const now = deps.clock.now();
    return refuse(noteCalls(current, now, calls), now, refusal);
  });
  return new StepError("Rejected", refusal.message);
}

/** Decides an attempt whose outcome is not known: adopt what it made, send it again where that is harmless, or wait. */
async function resolve(submission: Submission, intent: CreateAttempt): Promise<void> {
  const { deps, provider } = submission;
  // The time of the question counts: an answer can be older than it arrives.
  const looked = deps.clock.now();
  if (await adopted(submission)) return;
  if (intent.state === "accepted") throw await unclear(submission, "the vendor accepted the create but gave no id yet");
  if (provider.createIsIdempotent) return sendAgain(submission);
  if (looked < new Date(intent.settledAt)) {
    throw await unclear(submission, "the vendor's answer was lost; looking whether the connection exists");
  }
  if (intent.unanswered + 1 >= mostAttempts) {
    throw await undecidable(submission, `the vendor's answer was lost ${mostAttempts} times in a row`);
  }
  const { record } = submission;
  return attempt({ ...submission, record: await deps.store.save(voidAttempt(record, deps.clock.now())) });
}

/** Sends the very same create once more, which the vendor answers with the first one's result if it had one. */
async function sendAgain(submission: Submission): Promise<void> {
  const { deps, record } = submission;
  const now = deps.clock.now();
  const begun = await deps.store.save(resendAttempt(record, now, settleTime(deps, now)));
  if (begun.create) await send({ ...submission, record: begun }, begun.create, { mayHaveWorked: true });
}

function settleTime({ timeScale }: SubmitDeps, from: Date): Date {
  return new Date(from.getTime() + settleSeconds * 1000 * timeScale);
}

async function send(
  submission: Submission,
  intent: CreateAttempt,
  { mayHaveWorked }: { mayHaveWorked: boolean },
): Promise<void> {
  const { deps, record, provider } = submission;
  const keys = await Promise.all(record.sealedKeys.map((sealed) => deps.opener.open(record.id, sealed)));
  let created: Created;
  try {
    created = await provider.create({ action: intent.action, parameters: intent.parameters }, keys);
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
  const { deps, record, calls } = submission;
  const kind = error.facts.class;
  const busy = kind === "conflict" || kind === "retry";
  if (kind === "ambiguous") throw await unclear(submission, "the vendor's answer was lost; it is being looked for");
  if (busy && mayHaveWorked) throw await unclear(submission, `the vendor is busy (${error.facts.providerCode})`);
  if (kind === "exists" || mayHaveWorked) {
    const looked = deps.clock.now();
    if (await adopted(submission)) return;
    if (mayHaveWorked && looked < new Date(intent.settledAt)) {
      throw await unclear(submission, "the vendor's answer was lost; looking whether the connection exists");
    }
  }
  const refusal = toJobError(record.request.provider, error.facts);
  const saved = await saveLearned(deps, record, (current) => {
    const noted = noteCalls(current, deps.clock.now(), calls);
    // Another invocation may have sent it again meanwhile: this answer is not the last word then.
    return isSameSending(current, intent) ? refuseAttempt(noted, deps.clock.now(), refusal) : noted;
  });
  if (saved.create?.state !== "refused") throw new StepError("OutcomeUnclear", "it was sent again meanwhile");
  if (!busy) throw new StepError("Rejected", error.message);
  throw new StepError(kind === "conflict" ? "GatewayBusy" : "Throttled", error.message);
}

/** Looks for a connection that carries our exact name, and takes it as ours if there is one. */
async function adopted(submission: Submission): Promise<boolean> {
  const { deps, record, provider, calls } = submission;
  const found = await readVendor(deps, record, calls, () => provider.find(identityOf(record)));
  const [connectionId] = found;
  if (connectionId === undefined) return false;
  if (found.length > 1) throw await undecidable(submission, `the vendor lists ${found.join(" and ")} for this request`);
  await accept(submission, { connectionId }, `found ${connectionId} at the vendor by its name`);
  return true;
}

async function accept({ deps, record, calls }: Submission, created: Created, reason: string): Promise<void> {
  await saveLearned(deps, record, (current) => {
    const now = deps.clock.now();
    const noted = noteCalls(current, now, calls);
    return current.providerConnectionId ? noted : acceptAttempt(noted, now, created, reason);
  });
}

async function unclear({ deps, record, calls }: Submission, reason: string): Promise<StepError> {
  await saveLearned(deps, record, (current) => {
    const now = deps.clock.now();
    return explain(noteCalls(current, now, calls), now, reason);
  });
  return new StepError("OutcomeUnclear", reason);
}

async function undecidable(submission: Submission, reason: string): Promise<StepError> {
  await unclear(submission, reason);
  return new StepError("Undecidable", reason);
}
