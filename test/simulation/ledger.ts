import { unmarshall } from "@aws-sdk/util-dynamodb";
import type { Tenant } from "../../functions/domain/tenants/tenant.ts";
import type { Assumptions } from "./assumptions.ts";
import { mayCollide } from "./collisions.ts";
import type { Item } from "./expressions.ts";
import type { Heard } from "./heard.ts";
import type { Invocation } from "./invocation.ts";
import type { Plan } from "./plans.ts";
import { Answers } from "./promises/answers.ts";
import { Budget } from "./promises/budget.ts";
import { Callers } from "./promises/callers.ts";
import { Conduct } from "./promises/conduct.ts";
import { Duplicates } from "./promises/duplicates.ts";
import { Passages } from "./promises/passages.ts";
import { Reads } from "./promises/reads.ts";
import { Reasons } from "./promises/reasons.ts";
import { type Told, Records } from "./promises/records.ts";
import { deadlineOf, describe, type Row, toRow } from "./promises/row.ts";
import { Secrets } from "./promises/secrets.ts";
import { Sends } from "./promises/sends.ts";
import { Times } from "./promises/times.ts";
import { Truth } from "./promises/truth.ts";
import { Turns } from "./promises/turns.ts";
import { type Invariant, Violation } from "./promises/violation.ts";
import { type SentWebhook, Webhooks } from "./promises/webhooks.ts";
import type { WorkflowWatch } from "./step-functions.ts";
import type { SentCreate } from "./vendor-calls.ts";
import type { Made, Vendors, VendorWatch } from "./vendor.ts";

interface LedgerDeps {
  now: () => number;
  /** When faults end, in milliseconds. */
  faultsUntil: () => number;
  indexLags: boolean;
  assumptions: Assumptions;
  /** What the tenant was at any time since an invocation that sends now can have begun. */
  tenantLately: () => readonly Tenant[];
  /** What must never be written down; absent = nobody looks. */
  secret: string | undefined;
  plans: ReadonlyMap<string, Plan>;
  provisioningSeconds: number;
  vendors: () => Vendors;
  /** Whether an execution is at work for the record's run. */
  isRunning: (row: Row) => boolean;
  /** Whether an execution tells of its end. */
  isDelivering: (row: Row) => boolean;
  onViolation: (violation: Violation) => void;
  /** Hears whenever a create leaves. */
  onSent: () => void;
  /** Hears of each record that has just ended. */
  onEnded: (row: Row) => void;
}

/**
 * Watches everything that happens and compares it with the promises, as it happens and at the end. Nothing of the code
 * under test is called: what is at a vendor is known by the transport's notes, what is in a record is read where it lies.
 */
export class Ledger implements VendorWatch, WorkflowWatch {
  /** How often each kind of fault came. */
  readonly troubles: Record<string, number> = {};
  /** What led from one state of a record to the next: the guards that were passed, with the last fault before each. */
  readonly passages = new Set<string>();
  readonly records: Records;
  readonly sends: Sends;
  readonly turns: Turns;
  readonly #answers: Answers;
  readonly #callers: Callers;
  readonly #reads: Reads;
  readonly #conduct: Conduct;
  readonly #passages: Passages;
  readonly #duplicates: Duplicates;
  readonly #times: Times;
  readonly #truth: Truth;
  readonly #reasons: Reasons;
  readonly #budget = new Budget();
  readonly #secrets: Secrets;
  readonly #deps: LedgerDeps;
  readonly #webhooks: Webhooks;
  readonly #liedTo = new Set<string>();
  readonly #robbed = new Set<string>();
  #lastActAt = 0;
  /** But for what only has a step run once more. */
  readonly #lastHarmAt = new Map<string, number>();
  readonly #lastTroubleAt = new Map<string, number>();
  readonly #lastTrouble = new Map<string, string>();

  constructor(deps: LedgerDeps) {
    this.#deps = deps;
    const { now, indexLags, assumptions, tenantLately, plans, vendors } = deps;
    const violated = (invariant: Invariant, detail: string) => this.#violated(invariant, detail);
    const planOf = (id: string) => plans.get(id);
    const rowOf = (id: string) => this.records.rows.get(id);
    this.#secrets = new Secrets(deps.secret);
    this.sends = new Sends({
      now,
      violated,
      latestAfterDeadline: (assumptions.functionLife + 2 * assumptions.clockSkew) * 1000,
      tenantLately,
      rowOf,
      holderOf: (gateway) => this.turns.holderOf(gateway),
      all: () => vendors().all(),
      isUnderWay: (made) => vendors().isUnderWay(made),
    });
    this.records = new Records({ now, violated, hasTurn: (row) => this.turns.isHolder(row) });
    const { clockSkew } = assumptions;
    this.#answers = new Answers({
      violated,
      clockSkew,
      wasForbidden: (id) => this.#reasons.wasForbidden(id),
      hasChanged: (sent, since) => this.#lastActAt >= since || this.#hasCome(sent, since),
    });
    this.#callers = new Callers(violated);
    this.#reads = new Reads(violated);
    this.#times = new Times(violated);
    this.#webhooks = new Webhooks({ now, violated, lastHarmAt: (id) => this.#lastHarmAt.get(id) ?? 0 });
    this.#conduct = new Conduct(violated);
    this.turns = new Turns({
      now,
      violated,
      rows: () => this.rows.values(),
      rowOf,
      settledAt: (id) => this.#conduct.settledAt(id),
      clockSkew,
      indexLags,
    });
    const hasOwnKey = (id: string) => planOf(id)?.request.tunnels[0]?.preSharedKey === undefined;
    this.#passages = new Passages({
      now,
      violated,
      clockSkew,
      hasOwnKey,
      isRunning: deps.isRunning,
      isDelivering: deps.isDelivering,
    });
    this.#truth = new Truth({
      violated,
      vendors,
      planOf,
      wasLiedTo: (id) => this.#liedTo.has(id),
      wasRobbed: (id) => this.#robbed.has(id),
    });
    this.#duplicates = new Duplicates({
      now,
      violated,
      vendors,
      planOf,
      rows: () => this.rows,
      wasLiedTo: (id) => this.#liedTo.has(id),
      settledAt: (id) => this.#conduct.settledAt(id),
      clockSkew,
    });
    this.#reasons = new Reasons({
      violated,
      clockSkew,
      hasTwin: (id) => hasTwin(plans, id),
      isSlow: ({ id, completedAt = "" }) =>
        vendors()
          .madeFor(id)
          .some(({ connection }) => connection.settledAt > Date.parse(completedAt) - 2 * clockSkew * 1000),
      mayDuplicate: (id) => planOf(id)?.request.allowDuplicate === true,
    });
  }

  get rows(): ReadonlyMap<string, Row> {
    return this.records.rows;
  }

  noteTrouble(id: string, step: string, kind: string): void {
    this.#reasons.noteTrouble(id, { step, kind });
    if (kind.startsWith("credentials")) this.#answers.noteOther(id);
    this.#lastTrouble.set(id, `${step} ${kind}`);
    this.#lastTroubleAt.set(id, this.#deps.now());
    if (!isHarmless(kind)) this.#lastHarmAt.set(id, this.#deps.now());
    this.troubles[kind] = (this.troubles[kind] ?? 0) + 1;
  }

  /** An operator, or somebody else at the vendor, has done something that this request may end for. */
  noteAct(id: string, what: string): void {
    this.#reasons.noteAct(id, what);
    this.#lastActAt = this.#deps.now();
    if (what.startsWith("delete")) this.#robbed.add(id);
    this.#lastTrouble.set(id, what);
  }

  noteKind(kind: string): void {
    this.troubles[kind] = (this.troubles[kind] ?? 0) + 1;
  }

  noteWrite(item: Item, writer: Invocation): void {
    if (this.#secrets.isIn(item)) this.#violated("keys stay secret", "a pre-shared key is in the table");
    const pk = item["pk"]?.S ?? "";
    if (pk.startsWith("turn#")) {
      const { seen } = writer;
      this.turns.noteTurn(pk.slice("turn#".length), item["holder"]?.S ?? "", writer, seen && toRow(seen));
      return;
    }
    if (pk.startsWith("stats#*#")) {
      const { counts } = unmarshall(item)["bucket"] as { counts: Record<string, number> };
      this.records.noteTally(
        pk,
        Object.values(counts).reduce((sum, count) => sum + count, 0),
      );
    }
    if (pk.startsWith("stats#")) return;
    const row = toRow(item);
    const before = this.records.rows.get(row.id);
    writer.say(() => describe(row));
    writer.see(item);
    this.#answers.noteWrite(row, before, writer);
    this.#reads.noteWrite(row, before, writer);
    this.#callers.noteWrite(row, before, writer);
    this.#conduct.noteWrite(row, before, writer);
    this.#passages.noteWrite(row, before, writer);
    this.turns.noteRecord(row, before, writer);
    this.sends.noteRecord(row, before);
    this.#truth.noteWrite(row, before, writer);
    this.#duplicates.noteWrite(row, before, writer);
    if (before && row.timesGivenBack > before.timesGivenBack) this.noteKind("turn given back");
    const hasEnded = this.records.noteWrite(row);
    if (hasEnded) this.#requireInTime(row);
    this.#notePassage(row, before);
    if (hasEnded) this.#deps.onEnded(row);
  }

  /** Whether a connection has come to the gateway since, or come into sight there. */
  #hasCome({ gateway }: SentCreate, since: number): boolean {
    return this.#deps
      .vendors()
      .everMade()
      .some(({ by, connection }) => by.gateway === gateway && connection.visibleAt >= since);
  }

  /** It has ended soon after its time was over, or after the last thing that went wrong for it. */
  #requireInTime(row: Row): void {
    const { now, faultsUntil } = this.#deps;
    const deadline = Math.max(deadlineOf(row), this.#conduct.settledAt(row.id) + 60_000);
    const calm = Math.max(this.#lastTroubleAt.get(row.id) ?? 0, Math.min(faultsUntil(), now()));
    const late = Math.min((now() - deadline) / 1000 - soon, (now() - calm) / 1000 - recovery);
    if (late > 0) this.#violated("nothing is stuck", `it ended late: ${describe(row)}`);
  }

  #notePassage(row: Row, before: Row | undefined): void {
    const from = `${before?.status ?? "none"} ${before?.attemptState ?? ""}`;
    const to = `${row.status} ${row.attemptState ?? ""} ${row.statusReason.replaceAll(/[\d./:TZ-]{2,}|\b[a-z0-9]{12,}\b/g, "")}`;
    this.passages.add(`${row.provider} ${from} → ${to} after ${this.#lastTrouble.get(row.id) ?? "nothing"}`);
  }

  noteAsked(invocation: Invocation): void {
    const { seen } = invocation;
    const clock = this.#deps.now() + invocation.skew;
    this.#conduct.noteAsked(invocation, { seen: seen && toRow(seen), clock });
  }

  /** Somebody reads whether it may send. */
  noteTenantRead(invocation: Invocation): void {
    const { seen } = invocation;
    this.#conduct.noteTenantRead(invocation, seen && toRow(seen));
  }

  noteSent(sent: SentCreate): void {
    const { seen } = sent.sender;
    this.#reads.noteSent(sent.sender);
    this.#answers.noteSent(sent, seen && toRow(seen));
    this.#conduct.noteSent(sent);
    this.sends.noteSent(sent);
    this.#deps.onSent();
  }

  noteArrived(sent: SentCreate, made: Made | undefined): void {
    this.sends.noteArrived(sent, made);
    this.#truth.noteArrived(sent, made);
    this.#duplicates.noteArrived(made);
  }

  noteAnswered(invocation: Invocation, heard: Heard): void {
    const { action, code } = heard;
    const isCreate = action.startsWith("Create");
    const vendor = this.#deps.plans.get(invocation.subject)?.request.provider;
    if (vendor) this.#answers.noteAnswered(invocation, vendor, heard);
    this.#reads.noteAnswered(invocation, heard);
    this.#budget.noteCall(invocation.subject, isCreate);
    if (code !== undefined) this.#reasons.noteAnswered(invocation.subject, code);
  }

  /** A vendor said for certain that it had not made what it had. */
  noteLie(id: string): void {
    this.#liedTo.add(id);
  }

  noteExecution(id: string, generation: number, input: string): void {
    if (this.#secrets.isIn(input)) this.#violated("keys stay secret", "a pre-shared key is in a workflow's input");
    this.records.noteExecution(id, generation);
  }

  noteTransition(id: string): void {
    this.#budget.noteTransition(id);
  }

  noteAccepted(invocation: Invocation, told: Told & { updatedAt: string }, replayed: boolean): void {
    this.records.noteAccepted(told, replayed);
    this.#callers.noteAccepted(invocation, told, replayed);
  }

  /** A step has done what it is for. */
  noteReturned(invocation: Invocation): void {
    this.#reads.noteReturned(invocation);
  }

  /** A workflow goes on with this step after an answer that ends its run. */
  noteGoesOn(id: string, step: string, after: string): void {
    this.#violated("a run ends when it is told to", `${id} goes on with ${step} after ${after}`);
  }

  /** Another request was answered with this record, whose token it has. */
  noteTaken({ id }: Told): void {
    this.#violated("one record per token", `${id} was answered to another request`);
  }

  noteTold(what: string, told: Told): void {
    this.records.noteTold(what, told);
  }

  noteWebhook(run: { id: string; generation: number }, sent: SentWebhook): void {
    if (this.#secrets.isIn(sent.body)) this.#violated("keys stay secret", "a pre-shared key is in a webhook");
    this.#webhooks.noteSent(run, sent, this.rows.get(run.id));
  }

  noteLog(line: object): void {
    if (this.#secrets.isIn(line)) this.#violated("keys stay secret", "a pre-shared key is in the log");
  }

  /** The sweeper stops only where it cannot read what there is to do. */
  noteSweepThrown(sweeper: Invocation, error: unknown): void {
    this.noteThrown(sweeper, error);
    const { label = "" } = sweeper.calls.at(-1) ?? {};
    if (!label.startsWith("Query")) this.#violated("nothing breaks", `the sweeper stops at ${label}: ${String(error)}`);
  }

  /** Code that fails by mistake, not by design. */
  noteThrown(invocation: Invocation, error: unknown): void {
    const { name: who } = invocation;
    if (!(error instanceof Error)) return this.#violated("nothing breaks", `${who} threw no error`);
    const { seen, subject } = invocation;
    this.turns.noteThrown(invocation, error, seen && toRow(seen));
    this.#answers.noteThrown(invocation, error, this.rows.get(subject));
    this.#reads.noteThrown(invocation, error, this.rows.get(subject));
    this.#callers.noteThrown(invocation, error);
    this.#conduct.noteThrown(invocation, error, seen && toRow(seen));
    this.#times.noteThrown(invocation, error, seen && toRow(seen));
    if (["TypeError", "ReferenceError", "RangeError", "AssertionError"].includes(error.name)) {
      this.#violated("nothing breaks", `${who}: ${error.stack ?? error.message}`);
    }
  }

  /** Requests that have nothing against them any more: run again, now that nothing goes wrong, each has to succeed. */
  healable(): string[] {
    return [...this.rows.values()].flatMap(({ id, status, gateway, timeoutSeconds }) => {
      const isBad = status === "failed" || status === "unknown";
      // Only the last one on its gateway, so that none waits for another until its time is over.
      const isAlone = [...this.rows.values()].every((other) => other.id === id || other.gateway !== gateway);
      const isSound = !this.#reasons.hasActs(id) && !hasTwin(this.#deps.plans, id) && isAlone;
      const hasResidue = this.#deps
        .vendors()
        .madeFor(id)
        .some(({ isResidue }) => isResidue);
      return isBad && isSound && !hasResidue && timeoutSeconds >= enoughSeconds + this.#deps.provisioningSeconds
        ? [id]
        : [];
    });
  }

  requireHealed(ids: readonly string[]): void {
    for (const row of ids.flatMap((id) => this.rows.get(id) ?? [])) {
      if (row.status !== "succeeded") this.#violated("a redrive in calm succeeds", describe(row));
    }
  }

  /** Everything has come to rest; `calmSeconds` is how long the vendor's job takes, where nothing went wrong. */
  finish(calmSeconds: number | undefined): void {
    this.records.finish();
    this.#truth.finish(this.rows.values());
    this.#reasons.finish(this.rows.values());
    // While a fault lasts for ever a webhook may never be heard.
    const isOver = this.#deps.faultsUntil() <= this.#deps.now();
    for (const row of this.rows.values()) {
      if (isOver && this.#deps.plans.get(row.id)?.request.callback) this.#webhooks.finish(row);
    }
    if (calmSeconds === undefined) return;
    this.#budget.finish(this.rows.values(), calmSeconds, (invariant, detail) => this.#violated(invariant, detail));
  }

  #violated(invariant: Invariant, detail: string): void {
    this.#deps.onViolation(new Violation(invariant, detail));
  }
}

const isHarmless = (kind: string) => kind === "answer of a step lost" || kind === "step invoked twice";

/** Seconds from a deadline, and from the last fault, within which a run ends: the longest pause between two tries, and the sweeper. */
const soon = 150;
const recovery = 900;

/** Longer than a settle window and a list's lag take together. */
const enoughSeconds = 240;

/** Whether another request may stand in the way of this one. */
function hasTwin(plans: ReadonlyMap<string, Plan>, id: string): boolean {
  const own = plans.get(id)?.request;
  return own !== undefined && [...plans].some(([other, { request }]) => other !== id && mayCollide(own, request));
}
