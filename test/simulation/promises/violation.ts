/** The promises that every schedule must keep. */
export const invariants = [
  "one connection per request",
  "no duplicate unasked",
  "success equals the request",
  "a failed request has no connection",
  "what is there is named",
  "an end is told",
  "no create after the end",
  "no create while the gateway works",
  "one create at a time",
  "a create has the turn",
  "a create is permitted",
  "a look before each leap",
  "each step its own passages",
  "nobody is asked for nothing",
  "an answer is believed for what it is",
  "creates are few",
  "no create long after the deadline",
  "a turn is kept for what may be there",
  "a turn has its end",
  "in order of arrival",
  "a refusal needs a reason",
  "unknown needs a reason",
  "a failure needs a reason",
  "nothing is stuck",
  "a redrive in calm succeeds",
  "nothing is left undone",
  "one ending per generation",
  "time begins with the turn",
  "revisions grow",
  "one record per token",
  "nothing of a newer version is lost",
  "an answer is what is recorded",
  "an end is counted once at most",
  "a caller is served",
  "time is kept",
  "a run ends when it is told to",
  "keys stay secret",
  "keys are erased",
  "calm is cheap",
  "nothing breaks",
] as const;
export type Invariant = (typeof invariants)[number];

/** Those that are kept even where an assumption is wrong by a factor of two. */
export const neverBroken: readonly Invariant[] = [
  "one connection per request",
  "no create after the end",
  "a create is permitted",
  "a look before each leap",
  "an answer is believed for what it is",
  "each step its own passages",
  "nobody is asked for nothing",
  "a turn has its end",
  "a caller is served",
  "time is kept",
  "a run ends when it is told to",
  "creates are few",
  "one record per token",
  "revisions grow",
  "keys stay secret",
  "nothing breaks",
];

/** A promise that was not kept. */
export class Violation extends Error {
  override readonly name = "Violation";
  readonly invariant: Invariant;

  constructor(invariant: Invariant, detail: string) {
    super(`${invariant}: ${detail}`);
    this.invariant = invariant;
  }
}

/** Hears of a promise that was not kept. */
export type Violated = (invariant: Invariant, detail: string) => void;
