import type { Random } from "./random.ts";

interface Event {
  at: number;
  /** Decides among events of the same millisecond. */
  order: number;
  run: () => void;
}

/** So many events run before the process may do anything else. */
const eventsAtOnce = 5000;

/**
 * Ends when every promise that could go on has gone on. Node has no name for it; waiting for a macrotask does the same, and
 * takes longer than most of what it waits for.
 */
const drainMicrotasks = (Reflect.get(process, "_tickCallback") as () => void).bind(process);

/**
 * Virtual time. Whatever waits is an event here; the seed decides how long each takes and which of two goes first, so
 * that a schedule is a function of its seed. After each event all that it woke runs until it waits again.
 */
export class Scheduler {
  readonly #random: Random;
  /** A heap, the next one first. */
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
    const events = this.#events;
    let index = events.push(event) - 1;
    while (index > 0) {
      const parent = (index - 1) >>> 1;
      const other = events[parent];
      if (!other || isBefore(other, event)) break;
      events[index] = other;
      index = parent;
    }
    events[index] = event;
  }

  /** Runs until it is done or nothing waits any more. */
  async run(isDone: () => boolean): Promise<void> {
    // Microtasks are drained from a macrotask only: within one of them, nothing can be.
    for (let isOver = false; !isOver;) {
      isOver = await new Promise<boolean>((resolve, reject) => {
        setImmediate(() => {
          try {
            resolve(this.#runSome(isDone));
          } catch (error) {
            reject(error);
          }
        });
      });
    }
  }

  #runSome(isDone: () => boolean): boolean {
    drainMicrotasks();
    for (let count = 0; count < eventsAtOnce; count += 1) {
      if (isDone()) return true;
      const event = this.#next();
      if (!event) return true;
      this.#now = event.at;
      this.#steps += 1;
      event.run();
      drainMicrotasks();
    }
    return false;
  }

  #next(): Event | undefined {
    const events = this.#events;
    const first = events[0];
    const last = events.pop();
    if (!first || !last || first === last) return first;
    let index = 0;
    for (;;) {
      const left = events[2 * index + 1];
      const right = events[2 * index + 2];
      if (!left) break;
      const isRight = right !== undefined && isBefore(right, left);
      const child = isRight ? right : left;
      if (isBefore(last, child)) break;
      events[index] = child;
      index = 2 * index + (isRight ? 2 : 1);
    }
    events[index] = last;
    return first;
  }
}

function isBefore(one: Event, other: Event): boolean {
  return one.at < other.at || (one.at === other.at && one.order < other.order);
}
