import type { Heard } from "../heard.ts";
import type { Invocation } from "../invocation.ts";
import type { SentCreate } from "../vendor-calls.ts";
import { type Meaning, meaningOf } from "../vendor-faults.ts";
import { deadlineOf, describe, type Row } from "./row.ts";
import type { Violated } from "./violation.ts";

interface AnswerDeps {
  violated: Violated;
  /** Seconds by which a clock may be wrong. */
  clockSkew: number;
  /** Whether anything at the vendor has changed since, that a create may be refused for. */
  hasChanged: (sent: SentCreate, since: number) => boolean;
  /** Whether an operator has forbidden it to send, for a while at least. */
  wasForbidden: (id: string) => boolean;
}

/** One create that left, and what became of its answer. */
interface Asked {
  sent: SentCreate;
  generation: number;
  /** Which attempt it was of, and which sending of it. */
  number: number;
  sends: number;
  /** Whether the vendor accepted it, as far as it was heard. */
  isAccepted?: true;
  /** The connection that it was answered with. */
  connectionId?: string;
  /** Absent = nobody has heard anything, or what was heard was not clear. */
  heard?: Meaning & { code: string };
  /** Whoever heard it has written since. */
  isTold: boolean;
}

/** Sendings under one token that are answered with "not now"; the same unclear answer in a row; attempts that are put off. */
const most = { underOneToken: 4, alike: 12, putOff: 12 };

/** Codes of what may be otherwise later. */
const passing = ["provider_throttled", "provider_conflict", "provider_internal"];

/** What a vendor answered to creates, and what follows from it. */
export class Answers {
  readonly #deps: AnswerDeps;
  readonly #asked = new Map<string, Asked[]>();
  /** By request: the same answer to a create in a row, with no other failure between. */
  readonly #alike = new Map<string, { code: string; times: number }>();

  constructor(deps: AnswerDeps) {
    this.#deps = deps;
  }

  /** Something else stands in the way of a request now. */
  noteOther(id: string): void {
    this.#alike.delete(id);
  }

  noteSent(sent: SentCreate, row: Row | undefined): void {
    const asked = this.#asked.get(sent.id) ?? [];
    asked.push({
      sent,
      generation: row?.generation ?? 0,
      number: row?.number ?? 0,
      sends: row?.sends ?? 0,
      isTold: false,
    });
    this.#asked.set(sent.id, asked);
  }

  /** An answer has come to the one who asked; `code` is absent where it was good, or nobody could read it. */
  noteAnswered(sender: Invocation, vendor: SentCreate["vendor"], heard: Heard): void {
    const { action, failed, isOdd, code, connectionId } = heard;
    const isCreate = action.startsWith("Create");
    const { subject } = sender;
    if ((failed || isOdd) && (!isCreate || code === undefined)) this.#alike.delete(subject);
    const asked = isCreate ? this.#asked.get(subject)?.findLast((one) => one.sent.sender === sender) : undefined;
    if (!asked) return;
    if (!failed && !isOdd) asked.isAccepted = true;
    if (connectionId !== undefined) asked.connectionId = connectionId;
    const meaning = code === undefined ? undefined : meaningOf(vendor, code);
    if (code !== undefined && meaning) asked.heard = { ...meaning, code };
    if (meaning?.isDefinite && asked.sent.isPlain && vendor === "tencent") this.#requireForeseen(asked, code);
  }

  noteWrite(row: Row, before: Row | undefined, writer: Invocation): void {
    if (row.generation !== before?.generation) this.#alike.delete(row.id);
    const all = this.#asked.get(row.id) ?? [];
    const told = all.filter((one) => one.sent.sender === writer && one.heard && !one.isTold);
    // Of a sending that was overtaken nothing is to be told.
    for (const one of told) if (one.number === row.number && one.sends === row.sends) this.#tell(row.id, one);
    const accepted = all.findLast((one) => one.sent.sender === writer && one.isAccepted);
    if (accepted?.connectionId && row.attemptState === "accepted" && row.connectionId === undefined) {
      if (before?.attemptState !== "accepted")
        this.#wrong(row, `is answered with ${accepted.connectionId}, and forgets it`);
    }
    if (accepted?.sent.vendor === "tencent" && row.attemptState === "accepted" && row.taskId === undefined) {
      if (before?.attemptState !== "accepted") this.#wrong(row, "is accepted without the vendor's task");
    }
    const isIntent = before && (row.number !== before.number || row.sends !== before.sends);
    const ofRun = all.filter(({ generation }) => generation === row.generation);
    if (isIntent) this.#requireOpen(row, before, ofRun);
    else if (before) this.#requireOwn(row, before, writer, all);
    if (before?.attemptState === "undecided") this.#requireMeaning(row, ofRun);
    if (row.status === before?.status) return;
    if (row.status === "failed") this.#requireHeard(row, ofRun);
    if (row.status === "unknown" && row.errorMessage?.includes("earlier attempt would explain") && row.attempts < 2) {
      this.#wrong(row, "is left open for an earlier create, and there was none");
    }
    const isFull = row.status === "unknown" && ofRun.at(-1)?.heard?.isQuota === true;
    if (isFull && row.number === 1 && row.generation === 1 && row.errorMessage?.includes("would explain")) {
      this.#wrong(row, "is left open for a full quota, which a repeat is not answered with");
    }
  }

  /** What the vendor refuses by itself could have been seen before, unless it has come since. */
  #requireForeseen({ sent, number, sends }: Asked, code: string | undefined): void {
    const began = sent.sender.calls.find(({ label }) => label.startsWith("DescribeVpnGateway"))?.at ?? 0;
    if (number > 1 || sends > 1 || this.#deps.hasChanged(sent, began)) return;
    this.#deps.violated("an answer is believed for what it is", `${sent.sender.name} sends what is refused: ${code}`);
  }

  #tell(id: string, asked: Asked): void {
    asked.isTold = true;
    const { code = "" } = asked.heard ?? {};
    const alike = this.#alike.get(id);
    this.#alike.set(id, { code, times: alike?.code === code ? alike.times + 1 : 1 });
  }

  /** Another create leaves: the answers so far have to leave that open. */
  #requireOpen(row: Row, before: Row, ofRun: readonly Asked[]): void {
    const previous = ofRun.findLast(({ number, sends }) => number === before.number && sends === before.sends);
    if (!previous?.isTold) this.#alike.delete(row.id);
    // A vendor that knows the token is asked under it first, where that was allowed all along.
    const isBusy = previous?.isTold && previous.heard?.isBusy && previous.sent.vendor === "alibaba";
    const isKept = isBusy && !this.#deps.wasForbidden(row.id);
    const { times = 0 } = this.#alike.get(row.id) ?? {};
    const isRare = ofRun.filter(({ heard }) => heard?.code === previous?.heard?.code).length < most.alike;
    if (isKept && isRare && row.sends === 1 && before.sends < most.underOneToken) {
      this.#wrong(row, `gives up a token that was answered with ${previous.heard?.code} ${before.sends} times`);
    }
    const told = ofRun.filter(({ isTold }) => isTold);
    const last = ofRun.at(-1);
    const underToken = ofRun.filter(({ number }) => number === row.number);
    const again = underToken.at(-1);
    const refused = told.find(({ heard }) => heard?.isDefinite);
    if (refused) this.#wrong(row, `sends on after ${refused.heard?.code}`);
    if (again?.isTold && again.heard?.isBusy && underToken.length >= most.underOneToken) {
      this.#wrong(row, `sends the same token after ${underToken.length} times, the last answered ${again.heard.code}`);
    }
    if (again?.isTold && again.heard?.isSpent) this.#wrong(row, `repeats a token whose call failed`);
    if (last?.isTold && times >= most.alike && !last.heard?.isBusy && !last.heard?.isSpent) {
      this.#wrong(row, `sends on after ${times} answers of ${last.heard?.code} in a row`);
    }
  }

  /** What a connection of its own would be refused for, is not believed where an earlier create may have made one. */
  #requireHeard(row: Row, ofRun: readonly Asked[]): void {
    const last = ofRun.at(-1);
    const isEarly = Date.parse(row.completedAt ?? "") + 2 * this.#deps.clockSkew * 1000 < deadlineOf(row);
    const passes = passing.includes(row.errorCode ?? "") && row.attemptState !== "failed";
    if (isEarly && passes && ofRun.length < most.putOff) {
      this.#wrong(row, `ends after ${ofRun.length} creates, and what stood in its way may pass`);
    }
    if (!last?.heard?.mayBeOurs || row.providerCode !== last.heard.code) return;
    const { isQuota } = last.heard;
    const open = ofRun
      .slice(0, -1)
      .find(({ heard, number }) => !heard?.isDefinite && !(isQuota && number === row.number));
    if (open) this.#wrong(row, `is refused with ${last.heard.code}, which an earlier create of it would explain`);
  }

  /** A try of a run has ended: what the vendor accepted is written down by then. */
  noteThrown(sender: Invocation, error: Error, row: Row | undefined): void {
    const asked = this.#asked.get(sender.subject)?.findLast((one) => one.sent.sender === sender);
    if (error.name === "StaleRecord" && row && asked && !asked.isTold && (asked.isAccepted || asked.heard)) {
      this.#wrong(row, `is not told what ${sender.name} has heard, because somebody was quicker`);
    }
    if (error.name !== "OutcomeUnclear" || !asked?.isAccepted || row?.attemptState !== "undecided") return;
    if (row.number !== asked.number || row.sends !== asked.sends) return;
    this.#wrong(row, `is not written as accepted by ${sender.name}`);
  }

  /** An answer to an earlier sending changes nothing of a later one. */
  #requireOwn(row: Row, before: Row, writer: Invocation, all: readonly Asked[]): void {
    const own = all.findLast(({ sent }) => sent.sender === writer);
    if (!own || (own.number === row.number && own.sends === row.sends)) return;
    // What the vendor accepted, it accepted, whichever sending it answers.
    if (row.attemptState === "accepted") return;
    if (own.generation !== row.generation || row.connectionId !== before.connectionId) return;
    if (JSON.stringify(row.create) === JSON.stringify(before.create)) return;
    this.#wrong(row, `is changed by ${writer.name}, which sent ${own.number}/${own.sends}`);
  }

  /** An attempt is refused by what says no, and void by what says nothing. */
  #requireMeaning(row: Row, ofRun: readonly Asked[]): void {
    const last = ofRun.findLast(({ number, sends }) => number === row.number && sends === row.sends);
    if (!last) return;
    const { heard } = last;
    const saysNo = heard && (heard.isDefinite || heard.isBusy || heard.isSpent || heard.mayBeOurs);
    if (row.attemptState === "refused" && !saysNo) this.#wrong(row, "was not refused by anybody");
    if (row.attemptState === "void" && saysNo && last.isTold) this.#wrong(row, `was answered with ${heard.code}`);
  }

  #wrong(row: Row, detail: string): void {
    this.#deps.violated("an answer is believed for what it is", `${describe(row)} ${detail}`);
  }
}
