/** The time, so that tests can give it. */
export interface Clock {
  now(): Date;
}

/** Resolves after so many milliseconds; rejects when the caller has gone. */
export type Sleep = (milliseconds: number, signal: AbortSignal) => Promise<unknown>;
