/**
 * A webhook is put off: its tenant or its receiver's host has no place. The state machine's `Retry` waits for this name; it
 * is no attempt, so that the schedule does not count it. Thrown often, so it carries no stack.
 */
export class ReceiverBusyError extends Error {
  override readonly name = "ReceiverBusy";

  constructor() {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    super("put off");
    Error.stackTraceLimit = limit;
  }
}
