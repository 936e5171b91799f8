import type { Invocation } from "../invocation.ts";
import { type Meaning, meaningOf } from "../vendor-faults.ts";
import type { SentCreate } from "../vendor.ts";
import { deadlineOf, describe, type Row } from "./row.ts";
import type { Violated } from "./violation.ts";

/** One create that left, and what became of its answer. */
interface Asked {
  sent: SentCreate;
  generation: number;
  /** Which attempt it was of, and which sending of it. */
  number: number;
  sends: number;
  /** Whether the vendor accepted it, as far as it was heard. */
  isAccepted?: true;
  /** Absent = nobody has heard anything, or what was heard was not clear. */
  heard?: Meaning & { code: string };
  /** Whoever heard it has written since. */
  isTold: boolean;
}

/** Sendings under one token that are answered with "not now"; the same unclear answer in a row; attempts that are put off. */
const most = { underOneToken: 4, alike: 14, putOff: 12 };

/** Codes of what may be otherwise later. */
const passing = ["provider_throttled", "provider_conflict", "provider_internal"];

/** What a vendor answered to creates, and what follows from it. */
export class Answers {
  readonly #violated: Violated;
  /** Milliseconds. */
  readonly #tolerance: number;
  readonly #asked = new Map<string, Asked[]>();
  /** By request: the same answer to a create in a row, with no other failure between. */
  readonly #alike = new Map<string, { code: string; times: number }>();

  constructor(violated: Violated, clockSkew: number) {
    this.#violated = violated;
    this.#tolerance = 2 * clockSkew * 1000;
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
  noteAnswered(
    sender: Invocation,
    vendor: SentCreate["vendor"],
    { isCreate, failed, code }: { isCreate: boolean; failed: boolean; code: string | undefined },
  ): void {
    const { subject } = sender;
    if (failed && (!isCreate || code === undefined)) this.#alike.delete(subject);
    const asked = isCreate ? this.#asked.get(subject)?.findLast((one) => one.sent.sender === sender) : undefined;
    if (!asked) return;
    if (!failed) asked.isAccepted = true;
    const meaning = code === undefined ? undefined : meaningOf(vendor, code);
    if (code !== undefined && meaning) asked.heard = { ...meaning, code };
  }

  noteWrite(row: Row, before: Row | undefined, writer: Invocation): void {
    if (row.generation !== before?.generation) this.#alike.delete(row.id);
    const all = this.#asked.get(row.id) ?? [];
    for (const one of all) if (one.sent.sender === writer && one.heard && !one.isTold) this.#tell(row.id, one);
    const isIntent = before && (row.number !== before.number || row.sends !== before.sends);
    const ofRun = all.filter(({ generation }) => generation === row.generation);
    if (isIntent) this.#requireOpen(row, ofRun);
    else if (before) this.#requireOwn(row, before, writer, all);
    if (before?.attemptState === "undecided") this.#requireMeaning(row, ofRun.at(-1));
    if (row.status === "failed" && before?.status !== "failed") this.#requireHeard(row, ofRun);
  }

  #tell(id: string, asked: Asked): void {
    asked.isTold = true;
    const { code = "" } = asked.heard ?? {};
    const alike = this.#alike.get(id);
    this.#alike.set(id, { code, times: alike?.code === code ? alike.times + 1 : 1 });
  }

  /** Another create leaves: the answers so far have to leave that open. */
  #requireOpen(row: Row, ofRun: readonly Asked[]): void {
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
    const { times = 0 } = this.#alike.get(row.id) ?? {};
    if (last?.isTold && times >= most.alike && !last.heard?.isBusy && !last.heard?.isSpent) {
      this.#wrong(row, `sends on after ${times} answers of ${last.heard?.code} in a row`);
    }
  }

  /** What a connection of its own would be refused for, is not believed where an earlier create may have made one. */
  #requireHeard(row: Row, ofRun: readonly Asked[]): void {
    const last = ofRun.at(-1);
    const isEarly = Date.parse(row.completedAt ?? "") + this.#tolerance < deadlineOf(row);
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
    if (own.generation !== row.generation || row.connectionId !== before.connectionId) return;
    if (JSON.stringify(row.create) === JSON.stringify(before.create)) return;
    this.#wrong(row, `is changed by ${writer.name}, which sent ${own.number}/${own.sends}`);
  }

  /** An attempt is refused by what says no, and void by what says nothing. */
  #requireMeaning(row: Row, last: Asked | undefined): void {
    if (!last || last.number !== row.number || last.sends !== row.sends) return;
    const { heard } = last;
    const saysNo = heard && (heard.isDefinite || heard.isBusy || heard.isSpent || heard.mayBeOurs);
    if (row.attemptState === "refused" && !saysNo) this.#wrong(row, "was not refused by anybody");
    if (row.attemptState === "void" && saysNo && last.isTold) this.#wrong(row, `was answered with ${heard.code}`);
  }

  #wrong(row: Row, detail: string): void {
    this.#violated("an answer is believed for what it is", `${describe(row)} ${detail}`);
  }
}
