/**
 * Whether the same request may be sent, or redriven, as it is.
 *
 * - `safe`: it can do no harm and may succeed.
 * - `useless`: it can do no harm and ends the same way until something is changed.
 * - `check-first`: only after a look at the vendor.
 */
export const retries = ["safe", "useless", "check-first"] as const;
export type Retry = (typeof retries)[number];

/** What a code tells a caller. */
export interface ErrorMeaning {
  meaning: string;
  retry: Retry;
  /** What to do about it. */
  fix: string;
}
