/** The promises that every schedule must keep. */
export const invariants = [
  "one connection per request",
  "success names its connection",
  "nothing is stuck",
  "nothing is left undone",
  "a refusal needs a reason",
  "a failed request has no connection",
  "unknown needs a reason",
  "one create at a time",
  "a create has the turn",
  "a create is permitted",
  "a turn is kept for what may be there",
  "in order of arrival",
  "one ending per generation",
  "time begins with the turn",
  "revisions grow",
  "one record per token",
  "an end is counted once at most",
  "keys stay secret",
  "nothing breaks",
] as const;
export type Invariant = (typeof invariants)[number];

/** A promise that was not kept. */
export class Violation extends Error {
  override readonly name = "Violation";
  readonly invariant: Invariant;

  constructor(invariant: Invariant, detail: string) {
    super(`${invariant}: ${detail}`);
    this.invariant = invariant;
  }
}
