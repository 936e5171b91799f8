import type { Invocation } from "../invocation.ts";
import { deadlineOf, describe, isFinal, type Row, toRow } from "./row.ts";
import type { Violated } from "./violation.ts";

/** What a try ends with after which there is another. */
const waits = ["GatewayBusy", "OutcomeUnclear", "ProviderUnavailable", "StillProvisioning", "NoCredentials"];
/** Milliseconds in which somebody looks. */
const look = 60_000;

/** A request is given up when its time is over, and not before. */
export class Times {
  readonly #violated: Violated;

  constructor(violated: Violated) {
    this.#violated = violated;
  }

  /** A try of a run has ended. */
  noteThrown(invocation: Invocation, { name: error }: Error, seen: Row | undefined): void {
    const { what, name, generation, calls, skew, firstSeen } = invocation;
    if (!/^(Submit|TakeTurn|AwaitProvisioned)/.test(what) || !seen) return;
    if (seen.generation !== generation || isFinal(seen.status)) return;
    const [first, last] = [calls[0]?.at ?? 0, calls.at(-1)?.at ?? 0];
    // Somebody may have written meanwhile what gives it less time.
    const until = Math.max(givenUpAt(seen), firstSeen ? givenUpAt(toRow(firstSeen)) : 0);
    if (waits.includes(error) && first + skew >= until) this.#wrong(seen, `${name} goes on with ${error}`);
    if (error === "DeadlinePassed" && wasTurnedAway(seen) && last + skew < settledAt(seen)) {
      this.#wrong(seen, `${name} gives up before a look can say that nothing came of it`);
    }
  }

  #wrong(row: Row, detail: string): void {
    this.#violated("time is kept", `${detail}: ${describe(row)}`);
  }
}

function settledAt({ create }: Row): number {
  return Date.parse(create["settledAt"]?.S ?? "");
}

function givenUpAt(row: Row): number {
  return wasTurnedAway(row) ? Math.max(deadlineOf(row), settledAt(row) + look) : deadlineOf(row);
}

/** Whether every create of it was answered with "not now", and nobody has looked since what became of the last one. */
function wasTurnedAway({ attemptState, create, problem, problemClass, problemCount, attempts }: Row): boolean {
  const isOfCreate = problem?.startsWith("Create") === true && problemClass === "retry";
  return attemptState === "undecided" && create["doubt"] !== undefined && isOfCreate && problemCount === attempts;
}
