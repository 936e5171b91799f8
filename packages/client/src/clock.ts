/** Time and chance, so that tests need neither. */
export interface Clock {
  /** In milliseconds. */
  now: () => number;
  /** Ends early, without an error, when the signal is aborted. */
  sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
  /** From 0 to 1. */
  random: () => number;
}

/** What `setTimeout` can hold: 24 days. */
const longest = 2 ** 31 - 1;

export const realClock: Clock = {
  now: () => performance.now(),
  random: () => Math.random(),
  sleep: (milliseconds, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const end = () => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", end);
        resolve();
      };
      const timer = setTimeout(end, Math.min(milliseconds, longest));
      signal?.addEventListener("abort", end);
    }),
};
