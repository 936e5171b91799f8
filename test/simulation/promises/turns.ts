import type { Invocation } from "../invocation.ts";
import { describe, isFinal, mayBeThere, type Row, writingOf } from "./row.ts";
import type { Violated } from "./violation.ts";

interface TurnDeps {
  now: () => number;
  violated: Violated;
  rows: () => Iterable<Row>;
  rowOf: (id: string) => Row | undefined;
  /** Until when a create of the request may still turn up. */
  settledAt: (id: string) => number;
  /** Seconds by which a clock may be wrong. */
  clockSkew: number;
  indexLags: boolean;
}

/** Who has a gateway's turn, by the name that stands in its item: `id#generation#times#failures`. */
interface Holder {
  id: string;
  generation: number;
  times: number;
  failures: number;
  since: number;
  by: Invocation;
}

/** Seconds for which nobody takes what was given back so often in a row. */
const pauseAfter = (failures: number) => Math.min(2 ** failures, 30);
/** What a run ends a try with whose vendor is out of reach, or says "not now". */
const outOfReach = ["ProviderUnavailable", "Throttled"];

/** Whose turn it is at which gateway, and how it goes from one to the next. */
export class Turns {
  readonly #deps: TurnDeps;
  readonly #holders = new Map<string, Holder>();
  /** Since when each request has waited without a break. */
  readonly #waiting = new Map<string, number>();
  /** When each record was last written. */
  readonly #written = new Map<string, number>();
  /** The longest that a turn was held before it was given back, in milliseconds. */
  longestHold = 0;

  constructor(deps: TurnDeps) {
    this.#deps = deps;
  }

  holderOf(gateway: string): Pick<Holder, "id" | "times"> | undefined {
    return this.#holders.get(gateway);
  }

  /** Whether the record's run has the turn now, under the name that it has it by. */
  isHolder(row: Row): boolean {
    const holder = this.#holders.get(row.gateway);
    return holder !== undefined && isOf(holder, row);
  }

  noteTurn(gateway: string, name: string, writer: Invocation, seen: Row | undefined): void {
    const [id = "", generation = "", times = "0", failures = "0"] = name.split("#");
    const next = { id, generation: Number(generation), times: Number(times), failures: Number(failures) };
    const before = this.#holders.get(gateway);
    this.#holders.set(gateway, { ...next, since: this.#deps.now(), by: writer });
    if (!seen || next.id !== writer.subject || next.generation !== writer.generation || !isOf(next, seen)) {
      return this.#wrong(`${writer.name} gives ${gateway} to ${name}`);
    }
    if (!mayBeThere(seen) && !writer.lastTenant) {
      this.#deps.violated("a create is permitted", `${writer.name} takes a turn before it has read whether it may`);
    }
    const isBack = before?.id === id && (before.generation > next.generation || isLater(before, next));
    if (isBack) this.#wrong(`${writer.name} takes ${gateway} back under an earlier name, ${name}`);
    if (seen.timesGivenBack > 0 && this.#deps.now() + writer.skew < Date.parse(seen.queuedAt)) {
      this.#wrong(`${writer.name} takes the turn before its place has come: ${describe(seen)}`);
    }
    this.#requireOver(before, next, writer);
    if (!this.#deps.indexLags) this.#requireOrder(seen, writer);
  }

  noteRecord(row: Row, before: Row | undefined, writer: Invocation): void {
    this.#written.set(row.id, this.#deps.now());
    if (!needsTurn(row)) this.#waiting.delete(row.id);
    else if (!before || !needsTurn(before) || before.queuedAt !== row.queuedAt) {
      this.#waiting.set(row.id, this.#deps.now());
    }
    if (before && row.timesGivenBack > before.timesGivenBack) this.#noteGivenBack(row, before, writer);
  }

  /** A try of a run has ended with this error: a gateway is kept from nobody for what is out of reach. */
  noteThrown(invocation: Invocation, error: Error, seen: Row | undefined): void {
    const { what, subject, name, generation, calls } = invocation;
    const { now, clockSkew, rowOf } = this.#deps;
    const row = rowOf(subject);
    if (what.startsWith("TakeTurn") && error.name === "GatewayBusy" && row) this.#requireWait(row, invocation);
    if (!what.startsWith("Submit") || !outOfReach.includes(error.name) || !row) return;
    if (row.generation !== generation || isFinal(row.status) || mayBeThere(row) || !this.isHolder(row)) return;
    // Whatever another invocation has found out since it read the record.
    if (seen && mayBeThere(seen)) return;
    const { by, since } = this.#holders.get(row.gateway) ?? {};
    // Another invocation of the same run has just taken it again.
    if (by !== invocation && (since ?? 0) >= (calls[0]?.at ?? 0)) return;
    // Its clock may be behind that of the one who has just taken the turn again.
    const wasEarly = row.timesGivenBack > 0 && now() < Date.parse(row.queuedAt) + 2 * clockSkew * 1000;
    if (wasEarly) return;
    this.#wrong(`${name} keeps the turn, and its vendor is out of reach: ${describe(row)}`);
  }

  /** Who waits, waits for somebody: nothing has stood in its way since it began to look. */
  #requireWait(row: Row, { name, calls, skew }: Invocation): void {
    const { rowOf, rows, settledAt } = this.#deps;
    const began = calls[0]?.at ?? 0;
    // An index may be behind.
    const isOld = ({ id }: Row) => (this.#written.get(id) ?? 0) < began - 5000;
    const holder = this.#holders.get(row.gateway);
    const held = holder && rowOf(holder.id);
    if (!isOld(row) || (holder && (holder.since > began || !held || !isOld(held)))) return;
    if (held && (held.id === row.id || needsTurn(held) || began + skew < settledAt(held.id))) return;
    if ([row, held].some((one) => one?.pausedUntil !== undefined)) return;
    for (const other of rows()) {
      if (other.gateway === row.gateway && other.id !== row.id && (needsTurn(other) || !isOld(other))) return;
    }
    this.#wrong(`${name} waits for nobody: ${describe(row)}`);
  }

  #noteGivenBack(row: Row, before: Row, writer: Invocation): void {
    const holder = this.#holders.get(row.gateway);
    if (holder?.id === row.id) this.longestHold = Math.max(this.longestHold, this.#deps.now() - holder.since);
    const failures = holder?.id === row.id ? holder.failures + 1 : 1;
    const written = writer.calls.findLast(({ label }) => label === writingOf(row.id));
    const pause = (Date.parse(row.pausedUntil ?? "") - (written?.at ?? 0) - writer.skew) / 1000;
    if (holder?.id === row.id && holder.generation === row.generation && holder.times < before.timesGivenBack) {
      this.#wrong(`${writer.name} gives back what was given back: ${describe(row)}`);
    }
    const isBehind = Date.parse(row.queuedAt) >= Date.parse(row.pausedUntil ?? "");
    const isRight = row.failures === failures && pause === pauseAfter(failures) && isBehind;
    if (!isRight || row.timesGivenBack !== before.timesGivenBack + 1) {
      this.#wrong(`given back ${row.failures} times in a row and not ${failures}, for ${pause} s: ${describe(row)}`);
    }
  }

  /** The turn before has come to its end, nothing of it is under way, and the pause after it is over. */
  #requireOver(before: Holder | undefined, next: Omit<Holder, "since" | "by">, writer: Invocation): void {
    const row = before && this.#deps.rowOf(before.id);
    if (!before || !row) return;
    const { now, settledAt } = this.#deps;
    const clock = now() + writer.skew;
    const isOther = before.id !== next.id;
    if (isOther && isOf(before, row) && needsTurn(row)) {
      return this.#wrong(`${writer.name} takes the turn of ${describe(row)}`);
    }
    const began = writer.calls[0]?.at ?? 0;
    const isUnderWay = !isFinal(row.status) && ["undecided", "accepted"].includes(row.attemptState ?? "");
    if (isOther && isUnderWay && needsTurn(row) && (this.#written.get(row.id) ?? 0) < began) {
      return this.#wrong(`${writer.name} takes the turn while a create is under way: ${describe(row)}`);
    }
    if (isOther && row.attemptState === "undecided" && clock < settledAt(row.id)) {
      return this.#wrong(`${writer.name} takes the turn while a create may leave: ${describe(row)}`);
    }
    const wasGivenBack = row.timesGivenBack > before.times;
    if (wasGivenBack && clock < Date.parse(row.pausedUntil ?? "")) {
      this.#wrong(`${writer.name} takes the turn in the pause until ${row.pausedUntil}`);
    }
    const hasChanged = (this.#written.get(row.id) ?? 0) >= began;
    if (!hasChanged && next.failures !== (wasGivenBack ? row.failures : 0)) {
      this.#wrong(`${writer.name} counts ${next.failures} failures in a row: ${describe(row)}`);
    }
  }

  /** Nobody who has waited for longer is passed over. */
  #requireOrder(seen: Row, writer: Invocation): void {
    for (const other of this.#deps.rows()) {
      if (other.gateway !== seen.gateway || other.id === seen.id || !needsTurn(other)) continue;
      const isBefore = `${other.queuedAt}#${other.id}` < `${seen.queuedAt}#${seen.id}`;
      if (!isBefore || (this.#waiting.get(other.id) ?? Infinity) >= writer.lastQueueRead) continue;
      this.#deps.violated("in order of arrival", `${writer.name} takes the turn before ${describe(other)}`);
    }
  }

  #wrong(detail: string): void {
    this.#deps.violated("a turn has its end", detail);
  }
}

const isLater = (one: Omit<Holder, "since" | "by">, other: Omit<Holder, "since" | "by">) =>
  one.generation === other.generation && one.times > other.times;

function isOf({ id, generation, times }: Pick<Holder, "id" | "generation" | "times">, row: Row): boolean {
  return id === row.id && generation === row.generation && times === row.timesGivenBack;
}

/** At Alibaba Cloud a turn ends when the connection is provisioned, at Tencent Cloud when it is known. */
function needsTurn({ status, provider, connectionId, attemptState }: Row): boolean {
  if (isFinal(status)) return false;
  return connectionId === undefined || provider === "alibaba" || attemptState === "failed-earlier";
}
