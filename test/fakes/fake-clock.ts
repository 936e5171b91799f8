/** A clock that stands still until it is told to move; sleeping moves it. */
export interface FakeClock extends Clock {
  advance(milliseconds: number): void;
  /** Ends at once, with the clock moved; rejects when nobody waits any more. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** How long each sleep was, in milliseconds. */
  slept: number[];
}

export function createFakeClock(start = "2026-01-01T00:00:00.000Z"): FakeClock {
  let time = Date.parse(start);
  const slept: number[] = [];
  return {
    slept,
    now: () => new Date(time),
    advance(milliseconds) {
      time += milliseconds;
    },
    async sleep(milliseconds, signal) {
      signal?.throwIfAborted();
      slept.push(milliseconds);
      time += milliseconds;
    },
  };
}
import type { Clock } from "../../functions/domain/clock.ts";
