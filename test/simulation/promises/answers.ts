import type { Invocation } from "../invocation.ts";
import { type Meaning, meaningOf } from "../vendor-faults.ts";
import type { SentCreate } from "../vendor.ts";
import { describe, type Row } from "./row.ts";
import type { Violated } from "./violation.ts";

/** One create that left, and what became of its answer. */
interface Asked {
  sent: SentCreate;
  generation: number;
  /** Which attempt it was of. */
  number: number;
  /** Absent = nobody has heard anything, or what was heard was not clear. */
  heard?: Meaning & { code: string };
  /** Whoever heard it has written since. */
  isTold: boolean;
}

/** Sendings under one token that are answered with "not now", and of the same unclear answer in a row. */
const most = { underOneToken: 4, alike: 24 };

/** What a vendor answered to creates, and what follows from it. */
export class Answers {
  readonly #violated: Violated;
  readonly #asked = new Map<string, Asked[]>();

  constructor(violated: Violated) {
    this.#violated = violated;
  }

  noteSent(sent: SentCreate, row: Row | undefined): void {
    const asked = this.#asked.get(sent.id) ?? [];
    asked.push({ sent, generation: row?.generation ?? 0, number: row?.number ?? 0, isTold: false });
    this.#asked.set(sent.id, asked);
  }

  /** The answer to a create has come to the one who sent it. */
  noteAnswered(sender: Invocation, vendor: SentCreate["vendor"], code: string | undefined): void {
    const asked = this.#asked.get(sender.subject)?.findLast((one) => one.sent.sender === sender);
    const meaning = code === undefined ? undefined : meaningOf(vendor, code);
    if (asked && code !== undefined && meaning) asked.heard = { ...meaning, code };
  }

  noteWrite(row: Row, before: Row | undefined, writer: Invocation): void {
    const all = this.#asked.get(row.id) ?? [];
    for (const one of all) if (one.sent.sender === writer && one.heard) one.isTold = true;
    const isIntent = before && (row.number !== before.number || row.sends !== before.sends);
    const ofRun = all.filter(({ generation }) => generation === row.generation);
    if (isIntent) this.#requireOpen(row, ofRun);
    else if (row.status === "failed" && before?.status !== "failed") this.#requireHeard(row, ofRun);
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
    const alike = ofRun.length - 1 - ofRun.findLastIndex(({ heard }) => heard?.code !== last?.heard?.code);
    if (last?.heard && alike > most.alike && !last.heard.isBusy) {
      this.#wrong(row, `sends on after ${alike} answers of ${last.heard.code}`);
    }
  }

  /** What a connection of its own would be refused for, is not believed where an earlier create may have made one. */
  #requireHeard(row: Row, ofRun: readonly Asked[]): void {
    const last = ofRun.at(-1);
    if (!last?.heard?.mayBeOurs || row.providerCode !== last.heard.code) return;
    const open = ofRun.slice(0, -1).find(({ heard }) => !heard?.isDefinite);
    if (open) this.#wrong(row, `is refused with ${last.heard.code}, which an earlier create of it would explain`);
  }

  #wrong(row: Row, detail: string): void {
    this.#violated("an answer is believed for what it is", `${describe(row)} ${detail}`);
  }
}
