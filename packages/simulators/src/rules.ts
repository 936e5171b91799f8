/** Why a vendor refuses a call: its error code and what fills the gaps in the documented message. */
export interface Problem {
  readonly code: string;
  readonly detail?: string;
}

/** One documented rule: nothing when it is kept, the problem when it is broken. */
export type Rule<Context> = (context: Context) => Problem | undefined;

/** Ends a call with a vendor error; caught in the cloud's `handle`. */
export class VendorProblem extends Error {
  readonly code: string;
  readonly detail: string | undefined;

  constructor(problem: Problem) {
    super(problem.code);
    this.name = "VendorProblem";
    this.code = problem.code;
    this.detail = problem.detail;
  }
}

/** Throws the first broken rule's problem; both vendors report one problem per call. */
export function enforce<Context>(rules: readonly Rule<Context>[], context: Context): void {
  for (const rule of rules) {
    const problem = rule(context);
    if (problem) throw new VendorProblem(problem);
  }
}
