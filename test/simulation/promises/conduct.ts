import type { Invocation } from "../invocation.ts";
import type { SentCreate } from "../vendor-calls.ts";
import { denial, meaningOf } from "../vendor-faults.ts";
import { deadlineOf, describe, isFinal, mayBeThere, type Row, writingOf } from "./row.ts";
import type { Violated } from "./violation.ts";

/** A create that was written down as about to leave. */
interface Intent {
  /** Milliseconds at which the writing began. */
  at: number;
  /** When nothing of it can turn up any more, by its writer's clock. */
  settledAt: number;
  row: Row;
  sent?: SentCreate;
}

/** Seconds after an intent in which its create may still turn up: docs/proof.md says what they are made of. */
const settleWindow = 120;
/** Seconds after its last look in which a process may still send. */
const freshness = 20;
/** Seconds from the end of the settle window to the last look. */
const lastLook = 600;
/** Attempts after one that was never answered clearly, and after one that was answered with "not now", in a row. */
const most = { void: 2, refused: 11 };

/** What a run does step by step to make its connection, whether or not anything comes of a step that is left out. */
export class Conduct {
  readonly #violated: Violated;
  /** By request, in the order in which they were written. */
  readonly #intents = new Map<string, Intent[]>();
  /** Requests whose last create was sent by a run that had ended before somebody had it run again. */
  readonly #inherited = new Set<string>();
  /** Runs that a person began, and those that have asked their vendor anything. */
  readonly #redriven = new Set<string>();
  readonly #asking = new Set<string>();
  /** What each invocation has first written of what stands in the way: another one may have found otherwise since. */
  readonly #told = new WeakMap<Invocation, Row>();
  /** By request: how many attempts in a row came after one of this state. */
  readonly #inRow = new Map<string, { state: string; times: number }>();

  constructor(violated: Violated) {
    this.#violated = violated;
  }

  /** Until when, in milliseconds, a create of the request may still turn up. */
  settledAt(id: string): number {
    return this.#intents.get(id)?.at(-1)?.settledAt ?? 0;
  }

  /** A call to a vendor begins, of an invocation that knows its record as `seen`, at this time of its clock. */
  noteAsked(
    { what, name, generation, lastTenant, calls }: Invocation,
    { seen, clock }: { seen: Row | undefined; clock: number },
  ): void {
    if (generation === undefined) return;
    if (seen) this.#asking.add(`${seen.id}#${generation}`);
    if (!seen) return this.#violated("nobody is asked for nothing", `${name} has not read its record`);
    if (what.startsWith("WatchTunnels")) return;
    if (isFinal(seen.status) || seen.generation !== generation) {
      this.#violated("nobody is asked for nothing", `${name} of run ${generation} knows: ${describe(seen)}`);
    }
    const isFirst = !calls.some(({ label }) => label.startsWith("Describe"));
    if (isFirst && isEarly(seen, clock)) {
      this.#violated("nobody is asked for nothing", `${name} asks before ${seen.notBefore}`);
    }
    if (!what.startsWith("Submit")) return;
    if (isFirst && !mayBeThere(seen) && !lastTenant) {
      this.#violated("a create is permitted", `${name} asks the vendor before it has read whether it may`);
    }
    if (isFirst && seen.connectionId !== undefined && seen.attemptState !== "failed-earlier") {
      this.#violated("nobody is asked for nothing", `${name} looks for what is known: ${describe(seen)}`);
    }
  }

  /** Whoever takes a turn for what may be there goes on, whatever its tenant may. */
  noteTenantRead({ what, name }: Invocation, seen: Row | undefined): void {
    if (!what.startsWith("TakeTurn") || !seen || !mayBeThere(seen)) return;
    this.#violated("nobody is asked for nothing", `${name} asks whether it may: ${describe(seen)}`);
  }

  noteWrite(row: Row, before: Row | undefined, writer: Invocation): void {
    const isNew = (["problem", "problemCode", "problemCount"] as const).some(
      (member) => row[member] !== before?.[member],
    );
    if (row.problem !== undefined && isNew && !this.#told.has(writer)) this.#told.set(writer, row);
    const isOver = row.status === "failed" && before?.status !== "failed";
    const isOwn = this.#asking.has(`${row.id}#${row.generation}`) || !this.#redriven.has(`${row.id}#${row.generation}`);
    if (isOver && !isOwn && row.providerCode !== undefined) {
      this.#wrong(row, "it ends with an answer of an earlier run");
    }
    if (before?.lastLook === "due" && row.lastLook !== "due" && writer.what === "sweep") this.#requireLate(row, writer);
    if (before && row.generation > before.generation && isFinal(before.status)) {
      this.#inherited.add(row.id);
      this.#redriven.add(`${row.id}#${row.generation}`);
      this.#inRow.delete(row.id);
    }
    const isIntent = row.number !== (before?.number ?? 0) || row.sends !== (before?.sends ?? 0);
    if (before && !isIntent) this.#requireSettled(row, before, writer);
    if (!isIntent || !before) {
      if (row.attempts !== (before?.attempts ?? 0)) this.#wrong(row, `${writer.name} counts what it does not send`);
      return;
    }
    const at = writer.calls.findLast(({ label }) => label === writingOf(row.id))?.at ?? 0;
    const earlier = this.#intents.get(row.id) ?? [];
    this.#requireCounted(row, before);
    if (row.sends === 1) this.#requireAttempt(row, before, { at, writer, earlier });
    else this.#requireRepeat(row, { at, writer, earlier });
    // Of what is sent again under one token, whichever sending settles last.
    const open = row.sends > 1 ? (earlier.at(-1)?.settledAt ?? 0) : 0;
    const settledAt = Math.max(open, at + writer.skew + settleWindow * 1000);
    this.#intents.set(row.id, [...earlier, { at, settledAt, row }]);
    this.#inherited.delete(row.id);
  }

  /** Right before the create leaves, its intent is written, by the one who sends it. */
  noteSent(sent: SentCreate): void {
    const { id, sender, vendor } = sent;
    const [written, leaves] = sender.calls.slice(-2);
    const intents = this.#intents.get(id) ?? [];
    const intent = intents.findLast(({ at }) => at === written?.at);
    if (written?.label !== writingOf(id) || !leaves || !intent || intent.sent) {
      return this.#wrong(undefined, `${sender.name} sends without having written that it will`);
    }
    intent.sent = sent;
    const since = intent.row.sends === 1 ? written : sender.calls.find(({ label }) => label === list);
    const age = (leaves.at - (since?.at ?? 0)) / 1000;
    if (age > freshness) this.#wrong(intent.row, `${sender.name} sends ${age} s after its last look`);
    if (vendor === "alibaba") this.#requireToken(sent, intent.row, intents);
  }

  /** A token is that of one attempt, and all that is sent under it is the same. */
  #requireToken(sent: SentCreate, row: Row, intents: readonly Intent[]): void {
    for (const { row: other, sent: earlier } of intents) {
      if (!earlier || earlier === sent) continue;
      const isAlike = earlier.token === sent.token && earlier.parameters === sent.parameters;
      if (other.number === row.number ? !isAlike : earlier.token === sent.token) {
        this.#wrong(row, `${sent.sender.name} sends ${sent.token}, and sent ${earlier.token} as ${other.number}`);
      }
    }
  }

  /** A try of a run has ended: what may be there is not given up, and the record tells what is known. */
  noteThrown(invocation: Invocation, { name: error }: Error, seen: Row | undefined): void {
    const { what, name, generation, calls } = invocation;
    if (!/^(Submit|TakeTurn|AwaitProvisioned)/.test(what)) return;
    if (!seen || seen.generation !== generation || isFinal(seen.status)) return;
    if (error === "Rejected" && mayBeThere(seen)) this.#wrong(seen, `${name} gives up what may be there`);
    const [written, leaves] = calls.slice(-2);
    const isUntold = leaves?.label.startsWith("Create") === true && written?.label === writingOf(seen.id);
    if (isUntold) this.#wrong(seen, `${name} writes nothing of what became of its create`);
    this.#requireNothingOpen(invocation, error, seen);
    this.#requireProblem(invocation, error, seen);
  }

  /** A call that never left leaves nothing in doubt, and costs no settle window. */
  #requireNothingOpen({ name, calls }: Invocation, error: string, seen: Row): void {
    const intent = this.#intents.get(seen.id)?.at(-1);
    const isLast = intent?.row.number === seen.number && intent.row.sends === seen.sends;
    if (!isLast || intent.sent) return;
    // As far as clocks agree.
    const wait = Date.parse(seen.create["settledAt"]?.S ?? "") - (calls.at(-1)?.at ?? 0);
    if (error === "OutcomeUnclear" && seen.attemptState === "refused" && wait > 30_000) {
      this.#wrong(seen, `${name} waits for a create that never left`);
    }
    const tried = calls.some(({ label, at }) => label.startsWith("Create") && at >= intent.at);
    const isWritten = ["OutcomeUnclear", "Throttled", "Rejected"].includes(error);
    if (tried && isWritten && seen.sends === 1 && seen.attemptState === "undecided") {
      this.#wrong(seen, `${name} leaves open what never left`);
    }
  }

  /** The record tells what stands in its way, and nothing that does not. */
  #requireProblem(invocation: Invocation, error: string, seen: Row): void {
    const { what, name, calls } = invocation;
    const { problem = "", problemCode = "", problemClass = "", problemCount = 0 } = this.#told.get(invocation) ?? {};
    const asked = calls.findLast(({ label }) => /^(Describe|Create)/.test(label));
    if (!asked) return;
    const { label, isGood } = asked;
    const hasFailed = !isGood && /^Describe(VpnGateway|CustomerGateway)/.test(label);
    // Whoever has sent it meanwhile has nothing in its way.
    if (
      error === "ProviderUnavailable" &&
      hasFailed &&
      !mayBeThere(seen) &&
      problem === "" &&
      seen.problem === undefined
    ) {
      this.#wrong(seen, `${name} does not tell that ${label} stands in its way`);
    }
    const vendor = seen.provider === "alibaba" ? "alibaba" : "tencent";
    const isClock = meaningOf(vendor, problemCode)?.isClock === true && problemCount >= clockTries;
    const isNo = isClock || definite.includes(problemClass);
    if (error === "ProviderUnavailable" && !isGood && !mayBeThere(seen) && isNo && isRead.test(problem)) {
      this.#wrong(seen, `${name} goes on after ${problemCode}, and nothing may be there`);
    }
    if (error === "StillProvisioning" && isGood && seen.problem === label) {
      this.#wrong(seen, `${name} tells that ${label} stands in its way, and it does not`);
    }
    if (what.startsWith("Submit") && error === "GatewayBusy" && isGood && seen.problem !== undefined) {
      this.#wrong(seen, `${name} tells that ${seen.problem} stands in its way, and its gateway is at work`);
    }
  }

  #requireCounted(row: Row, before: Row): void {
    const isNext = row.sends === 1 ? row.number === before.number + 1 : row.number === before.number;
    const isOneMore = row.sends === 1 || row.sends === before.sends + 1;
    if (isNext && isOneMore && row.attempts === before.attempts + 1 && row.attemptState === "undecided") return;
    this.#wrong(row, `attempt ${before.number}/${before.sends} → ${row.number}/${row.sends}, ${row.attempts} in all`);
  }

  /** The last look is later than a list that lags for longer than it should. */
  #requireLate(row: Row, sweeper: Invocation): void {
    const asked = sweeper.calls.findLast(({ label }) => label === list);
    const intent = this.#intents.get(row.id)?.at(-1);
    // Nothing has to settle of what never left.
    const settled = (intent?.settledAt ?? 0) - (intent?.sent ? 0 : settleWindow * 1000);
    const age = ((asked?.at ?? 0) + sweeper.skew - settled) / 1000;
    if (age < lastLook) this.#wrong(row, `its last look comes ${age} s after it has settled`);
  }

  /** What may have worked is not taken to have come to nothing before its settle window is over, and only by a look. */
  #requireSettled(row: Row, before: Row, writer: Invocation): void {
    const { attemptState: from } = before;
    const { attemptState: to = "none" } = row;
    if (from === "undecided" && to === "refused" && this.#inherited.has(row.id)) {
      this.#wrong(row, `${writer.name} refuses what nobody has answered to in this run`);
    }
    const isForgotten = from === "failed-earlier" && to === "refused";
    const isGone = to === "failed" && from !== to && row.create["gone"] !== undefined;
    if (!isForgotten && !isGone && !(from === "undecided" && ["refused", "void"].includes(to))) return;
    const intent = this.#intents.get(row.id)?.at(-1);
    const isFirst = row.number === 1 && row.sends === 1;
    const create = writer.calls.findLastIndex(({ label }) => label.startsWith("Create"));
    const isAnswer = intent?.sent ? create >= 0 && isFirst : row.sends === 1;
    if (!intent || (to === "refused" && !isForgotten && isAnswer)) return;
    // That a connection is not found, asked for by its id, is told as a failure.
    const looks = writer.calls.slice(create + 1).filter(({ label, isGood, code = "" }) => {
      const saysNo = (isForgotten || isGone) && denial.test(code);
      return label.startsWith(look) && (isGood || saysNo);
    });
    if (looks.some(({ at }) => at + writer.skew >= intent.settledAt)) return;
    this.#wrong(row, `${writer.name} takes ${from} for ${to} before its time`);
  }

  /** A new attempt: nothing of an earlier one can turn up any more, and the vendor was looked at since. */
  #requireAttempt(
    row: Row,
    before: Row,
    { at, writer, earlier }: { at: number; writer: Invocation; earlier: readonly Intent[] },
  ): void {
    const { attemptState = "none" } = before;
    if (!["none", "refused", "void"].includes(attemptState)) {
      this.#wrong(row, `${writer.name} begins anew after one that is ${attemptState}`);
    }
    this.#requireFew(row, attemptState);
    if ((attemptState === "void" || before.create["unheard"]) && !row.create["unheard"]) {
      this.#wrong(row, `${writer.name} forgets that an earlier create may have worked`);
    }
    const calls = writer.calls.filter((call) => call.at <= at);
    const gateway = calls.findIndex(({ label }) => label.startsWith("DescribeVpnGateway"));
    const lastRead = calls.findLastIndex(({ label }) => label.startsWith("Describe"));
    const permission = calls.findLastIndex(({ label }) => label === "read the tenant");
    const key = calls.findLastIndex(({ label }) => label === "open a key");
    // At Alibaba Cloud connections beside ours stand in no way: its create is only warned of them.
    for (const what of [
      "DescribeVpnGateway",
      "DescribeCustomerGateway",
      ...(row.provider === "tencent" ? [list] : []),
    ]) {
      const seen = calls.some(
        ({ label, at: asked, isGood }) => isGood && label.startsWith(what) && asked >= (calls[gateway]?.at ?? Infinity),
      );
      if (!seen) this.#wrong(row, `${writer.name} has not seen what ${what} says`);
    }
    if (key < 0) this.#wrong(row, `${writer.name} has no key yet`);
    if (permission < lastRead) this.#violated("a create is permitted", `${writer.name} asked before its reads`);
    const looks = calls.slice(0, gateway).filter(({ label, isGood }) => label === list && isGood);
    for (const intent of earlier) {
      if (!intent.sent && attemptState !== "void") continue;
      if (looks.some((one) => one.at + writer.skew >= intent.settledAt)) continue;
      const since = looks.map((one) => (one.at - intent.at) / 1000).join(", ");
      this.#wrong(row, `${writer.name} begins anew having looked ${since || "never"} s after ${intent.row.number}`);
    }
  }

  /** The same create once more, at a vendor that answers it with the first one's result. */
  #requireRepeat(
    row: Row,
    { at, writer, earlier }: { at: number; writer: Invocation; earlier: readonly Intent[] },
  ): void {
    const calls = writer.calls.filter((call) => call.at <= at);
    const looked = calls.find(({ label }) => label === list);
    const permission = calls.findLast(({ label }) => label === "read the tenant");
    const kept = ["answer", "doubt", "passes", "mayBeOurs", "spent"].filter(
      (member) => row.create[member] !== undefined,
    );
    if (kept.length > 0) this.#wrong(row, `${writer.name} repeats with ${kept.join(", ")} of the sending before`);
    if (row.provider !== "alibaba") this.#wrong(row, `${writer.name} repeats at a vendor without tokens`);
    if (!looked?.isGood) this.#wrong(row, `${writer.name} repeats without a look`);
    if (!permission || permission.at < (looked?.at ?? 0)) {
      this.#violated("a create is permitted", `${writer.name} repeats what it has not asked for since its look`);
    } else if (permission.at + writer.skew > deadlineOf(row)) {
      this.#wrong(row, `${writer.name} repeats after the deadline`);
    }
    const { settledAt = 0 } = earlier.at(-1) ?? {};
    if (this.#inherited.has(row.id) && looked && looked.at + writer.skew >= settledAt) {
      this.#wrong(row, `${writer.name} repeats what an earlier run sent and nothing came of`);
    }
  }

  #requireFew(row: Row, after: string): void {
    const last = this.#inRow.get(row.id);
    // What never left was not answered, and a redrive has all its tries.
    const counts = this.#intents.get(row.id)?.at(-1)?.sent !== undefined || after === "void";
    const before = last?.state === after ? last.times : 0;
    const times = counts && !this.#inherited.has(row.id) ? before + 1 : 0;
    this.#inRow.set(row.id, { state: after, times });
    const limit = after === "void" || after === "refused" ? most[after] : 1;
    const putOff = after === "refused" ? times : 0;
    const said = Number(row.create["putOff"]?.N ?? 0);
    if (said !== putOff) this.#wrong(row, `it was put off ${putOff} times in a row, and its record says ${said}`);
    if (times > limit) this.#violated("creates are few", `${describe(row)} begins anew after ${times} ${after}`);
  }

  #wrong(row: Row | undefined, detail: string): void {
    this.#violated("a look before each leap", row ? `${detail}: ${describe(row)}` : detail);
  }
}

/** Whether the vendor asked to be left alone until later. */
function isEarly({ notBefore = "" }: Row, clock: number): boolean {
  return clock < Date.parse(notBefore);
}

/** What a vendor says no with, whenever it is asked; a clock that it minds so often is wrong for good. */
const definite = ["validation", "auth", "quota", "not-found"];
const clockTries = 3;
const isRead = /^Describe/;

const list = "DescribeVpnConnections";
/** At Alibaba one that is known is asked for by its id. */
const look = "DescribeVpnConnection";
