import { describe, type Row } from "./row.ts";
import type { Violated } from "./violation.ts";

/** What a request may cost where nothing goes wrong, beside what the time costs in which the vendor works or its lists lag. */
const most = { creates: 1, reads: 14, transitions: 16, seconds: 45 };
/** By second of that time: looks come more often at first, and each is two or three reads. */
const perSecond = { reads: 2.5, transitions: 1 };

interface Spent {
  creates: number;
  reads: number;
  transitions: number;
}

/** What each request costs: calls to the vendor and state transitions. */
export class Budget {
  readonly #spent = new Map<string, Spent>();

  noteCall(id: string, isCreate: boolean): void {
    const spent = this.of(id);
    spent[isCreate ? "creates" : "reads"] += 1;
  }

  noteTransition(id: string): void {
    this.of(id).transitions += 1;
  }

  of(id: string): Spent {
    const spent = this.#spent.get(id) ?? { creates: 0, reads: 0, transitions: 0 };
    this.#spent.set(id, spent);
    return spent;
  }

  /**
   * Nothing has gone wrong: each that succeeded in its first run, alone on its gateway, has cost no more than it must.
   * `seconds` is how long the vendor works, and its lists lag, at most.
   */
  finish(rows: Iterable<Row>, seconds: number, violated: Violated): void {
    const all = [...rows];
    for (const row of all) {
      const isAlone = all.every(({ id, gateway }) => id === row.id || gateway !== row.gateway);
      if (row.status !== "succeeded" || row.generation !== 1 || !isAlone) continue;
      const { creates, reads, transitions } = this.of(row.id);
      const began = Date.parse(row.deadlineAt ?? "") - row.timeoutSeconds * 1000;
      const took = (Date.parse(row.completedAt ?? "") - began) / 1000;
      const isCheap =
        creates <= most.creates &&
        reads <= most.reads + seconds * perSecond.reads &&
        transitions <= most.transitions + seconds * perSecond.transitions &&
        took <= most.seconds + seconds;
      const cost = `${creates} creates, ${reads} reads, ${transitions} transitions, ${took} s of ${seconds}`;
      if (!isCheap) violated("calm is cheap", `${describe(row)}: ${cost}`);
    }
  }
}
