import type { Random } from "./random.ts";

interface Event {
  at: number;
  /** Decides among events of the same millisecond. */
  order: number;
  run: () => void;
}

/**
 * Virtual time. Whatever waits is an event here; the seed decides how long each takes and which of two goes first, so
 * that a schedule is a function of its seed. After each event all that it woke runs until it waits again.
 */
export class Scheduler {
  readonly #random: Random;
  /** Sorted, the next one last. */
  readonly #events: Event[] = [];
  #now: number;
  #steps = 0;

  constructor(random: Random, start: number) {
    this.#random = random;
    this.#now = start;
  }

  /** Milliseconds since the epoch. */
  get now(): number {
    return this.#now;
  }

  get steps(): number {
    return this.#steps;
  }

  after(milliseconds: number, run: () => void): void {
    const event = { at: this.#now + Math.max(0, Math.round(milliseconds)), order: this.#random.next(), run };
    let low = 0;
    let high = this.#events.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = this.#events[middle];
      if (other && (other.at > event.at || (other.at === event.at && other.order > event.order))) low = middle + 1;
      else high = middle;
    }
    this.#events.splice(low, 0, event);
  }

  sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => this.after(milliseconds, resolve));
  }

  /** Runs until it is done or nothing waits any more. */
  async run(isDone: () => boolean): Promise<void> {
    await settle();
    while (!isDone()) {
      const event = this.#events.pop();
      if (!event) return;
      this.#now = event.at;
      this.#steps += 1;
      event.run();
      await settle();
    }
  }
}

/** Ends when every promise that could go on has gone on: a macrotask comes after all microtasks. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
