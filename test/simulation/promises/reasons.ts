import { deadlineOf, describe, type Row } from "./row.ts";
import type { Invariant, Violated } from "./violation.ts";

/** Something that went wrong for a request. */
export interface Trouble {
  /** The step, such as `SubmitAlibaba`. */
  step: string;
  kind: string;
}

interface ReasonDeps {
  violated: Violated;
  /** Other requests that want the same connection, or that this one's may collide with. */
  hasTwin: (id: string) => boolean;
  /** Whether the vendor was still at work on its connection when the request ended. */
  isSlow: (row: Row) => boolean;
  /** Whether it asked for a duplicate. */
  mayDuplicate: (id: string) => boolean;
  /** Seconds by which two clocks may differ. */
  clockSkew: number;
}

/** What of a create nobody can tell the effect of, or what ends an invocation in the middle of one. */
const unclear =
  /create:|^(crashed|abandoned|timed out|stall|DynamoDB|step invoked twice|answer of a step lost|execution)/;

/** What is for a person, and no time would help. */
const undecidable = /times in a row|the vendor lists|would explain/;

/** What an operator does to a tenant. */
const interventions = ["suspend", "take a gateway", "change credentials"];

/** Codes that say that something is not there. */
const absent = /not_?found|not_?exist/i;

/** Why each request ended as it did: whatever it says must have happened to that step of it. */
export class Reasons {
  readonly #deps: ReasonDeps;
  readonly #troubles = new Map<string, Trouble[]>();
  /** Codes that the vendor answered, by request. */
  readonly #codes = new Map<string, Set<string>>();
  /** What was done to a request from outside: by an operator, or by somebody else at the vendor. */
  readonly #acts = new Map<string, Set<string>>();

  constructor(deps: ReasonDeps) {
    this.#deps = deps;
  }

  noteTrouble(id: string, trouble: Trouble): void {
    this.#troubles.set(id, [...(this.#troubles.get(id) ?? []), trouble]);
  }

  noteAnswered(id: string, code: string): void {
    this.#codes.set(id, (this.#codes.get(id) ?? new Set()).add(code));
  }

  noteAct(id: string, what: string): void {
    this.#acts.set(id, (this.#acts.get(id) ?? new Set()).add(what));
  }

  /** Whether an operator took something away from it, for a while at least. */
  wasForbidden(id: string): boolean {
    return interventions.some((what) => this.#acts.get(id)?.has(what));
  }

  hasActs(id: string): boolean {
    return this.#acts.has(id);
  }

  finish(rows: Iterable<Row>): void {
    for (const row of rows) {
      const { status, errorCode = "" } = row;
      if (status !== "failed" && status !== "unknown") continue;
      const promise: Invariant =
        status === "unknown"
          ? "unknown needs a reason"
          : refusals.has(errorCode)
            ? "a refusal needs a reason"
            : "a failure needs a reason";
      const missing = this.#missing(row);
      if (missing) this.#deps.violated(promise, `${describe(row)}, ${errorCode}: ${missing}`);
    }
  }

  /** What is said without anything that bears it out. */
  #missing(row: Row): string | undefined {
    const { id, errorCode = "", errorMessage = "", providerCode } = row;
    const wasAnswered = providerCode !== undefined && this.#codes.get(id)?.has(providerCode) === true;
    if (errorCode === "deadline_exceeded") {
      const deadline = errorMessage.includes("queueTimeoutSeconds") ? Date.parse(row.queueDeadlineAt) : deadlineOf(row);
      const late = Date.parse(row.completedAt ?? "") + 2 * this.#deps.clockSkew * 1000 >= deadline;
      return late ? undefined : "its time was not over";
    }
    const isEarly = Date.parse(row.completedAt ?? "") + 2 * this.#deps.clockSkew * 1000 < deadlineOf(row);
    if (errorCode === "outcome_unknown") {
      if (!isEarly && row.connectionId !== undefined && this.#deps.isSlow(row)) return undefined;
      return isEarly && !undecidable.test(errorMessage)
        ? `there was time, and it says "${errorMessage}"`
        : this.#missingOfUnknown(id, errorMessage);
    }
    if (isEarly && errorMessage.includes("could not carry out")) return "there was time to carry it out";
    // What a check before the call foresees has the code that the vendor would have answered.
    if (wasAnswered) return undefined;
    if (row.taskId !== undefined && errorMessage.includes("does not show it")) {
      const isHidden = this.#acts.has(id) || this.#count(id, /./, /read:|credentials/) > 0;
      if (!isHidden) return "its task has failed, and it does not say so";
    }
    return this.#missingOfCause(id, errorCode, errorMessage);
  }

  #missingOfUnknown(id: string, message: string): string | undefined {
    // A vendor's own refusals, of a gateway that others change and of what collides, leave it open too.
    if (this.#deps.hasTwin(id) || this.#acts.get(id)?.has("change the gateway")) return undefined;
    const times = Number(/(?:lost|clear|open) (\d+) times in a row/.exec(message)?.[1] ?? 1);
    const found = this.#count(id, /^(Submit|workflow)/, unclear);
    return found < times ? `${found} times, and not ${times}, a create of it was unclear` : undefined;
  }

  #missingOfCause(id: string, code: string, message: string): string | undefined {
    const done = this.#acts.get(id) ?? new Set();
    const steps = /^(Submit|AwaitProvisioned|workflow|TakeTurn)/;
    const any = (kind: RegExp) => this.#count(id, steps, kind) > 0;
    switch (code) {
      case "semantic_duplicate":
        if (this.#deps.mayDuplicate(id)) return "it asked for a duplicate";
        return this.#deps.hasTwin(id) ? undefined : "no other request wants the same";
      case "provider_not_found":
        return done.has("delete the gateway") ||
          done.has("delete the customer gateway") ||
          this.#wasAnswered(id, absent)
          ? undefined
          : "nothing was deleted";
      case "provider_auth":
        return this.wasForbidden(id) || any(/^credentials absent/) ? undefined : "nobody took anything away";
      case "provider_validation":
        return this.#deps.hasTwin(id) ? undefined : "nothing is in its way";
      case "provider_quota":
        return "no quota was reached";
      case "provider_conflict":
        return done.has("change the gateway") || this.#deps.hasTwin(id) ? undefined : "nothing was in its way";
      case "provider_throttled":
        return any(message.includes("stood still") ? /slow|stall/ : /read:|create:|credentials/)
          ? undefined
          : "nobody was too fast";
      case "provider_internal": {
        if (message.includes("does not show it") || message.includes("job")) {
          const failed = this.#count(id, /^Submit/, /the job fails/) > 0;
          return failed || done.has("delete the connection") ? undefined : "its job went well";
        }
        return any(/./) ? undefined : "nothing went wrong";
      }
      default:
        return "it has no reason";
    }
  }

  #wasAnswered(id: string, code: RegExp): boolean {
    return [...(this.#codes.get(id) ?? [])].some((one) => code.test(one));
  }

  #count(id: string, step: RegExp, kind: RegExp): number {
    return (this.#troubles.get(id) ?? []).filter((trouble) => step.test(trouble.step) && kind.test(trouble.kind))
      .length;
  }
}

const refusals = new Set([
  "provider_validation",
  "provider_auth",
  "provider_quota",
  "provider_not_found",
  "semantic_duplicate",
]);
