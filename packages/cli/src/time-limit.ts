import type { Session } from "./session.ts";

/** The time that a command may take in all. */
export interface TimeLimit {
  /** Ends what comes before the waiting: with a `TimeoutError`. */
  signal: AbortSignal;
  /** What is left for the waiting, in seconds; undefined = as long as it takes. */
  left: () => number | undefined;
}

/** Counted from now on. */
export function limitTime({ signal }: Pick<Session, "signal">, seconds: number | undefined): TimeLimit {
  if (seconds === undefined) return { signal, left: () => undefined };
  const end = performance.now() + seconds * 1000;
  return {
    signal: AbortSignal.any([signal, AbortSignal.timeout(seconds * 1000)]),
    left: () => Math.max(0.001, (end - performance.now()) / 1000),
  };
}
