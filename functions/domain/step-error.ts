/**
 * How a step steers the state machine: the name is matched by `Retry` and `Catch` in `workflows/`, and is all that
 * `concealErrors` lets reach the execution's history. What is behind it stands in the record.
 *
 * Waited for: `GatewayBusy`, `Throttled`, `OutcomeUnclear`, `ProviderUnavailable`, `StillProvisioning`,
 * `StillNegotiating`, `ReceiverBusy` (which is no attempt of a webhook).
 * Endings: `Rejected`, `Undecidable`, `JobFailed`, `DeadlinePassed`. Quiet end: `Superseded`.
 */
export const stepErrorNames = [
  "GatewayBusy",
  "Throttled",
  "OutcomeUnclear",
  "ProviderUnavailable",
  "StillProvisioning",
  "StillNegotiating",
  "ReceiverBusy",
  "Rejected",
  "Undecidable",
  "JobFailed",
  "DeadlinePassed",
  "Superseded",
] as const;
export type StepErrorName = (typeof stepErrorNames)[number];

/** "Not yet" is thrown thousands of times, so it carries no stack. */
export class StepError extends Error {
  override readonly name: StepErrorName;

  constructor(name: StepErrorName, message: string) {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    super(message);
    Error.stackTraceLimit = limit;
    this.name = name;
  }
}
