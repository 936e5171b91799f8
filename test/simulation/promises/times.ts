import type { Invocation } from "../invocation.ts";
import { deadlineOf, describe, isFinal, type Row } from "./row.ts";
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
  noteThrown({ what, name, generation, calls, skew }: Invocation, { name: error }: Error, seen: Row | undefined): void {
    if (!/^(Submit|TakeTurn|AwaitProvisioned)/.test(what) || !seen) return;
    if (seen.generation !== generation || isFinal(seen.status)) return;
    const [first, last] = [calls[0]?.at ?? 0, calls.at(-1)?.at ?? 0];
    const settled = Date.parse(seen.create["settledAt"]?.S ?? "");
    const isOpen = wasTurnedAway(seen);
    const until = isOpen ? Math.max(deadlineOf(seen), settled + look) : deadlineOf(seen);
    if (waits.includes(error) && first + skew >= until) this.#wrong(seen, `${name} goes on with ${error}`);
    if (error === "DeadlinePassed" && isOpen && last + skew < settled) {
      this.#wrong(seen, `${name} gives up before a look can say that nothing came of it`);
    }
  }

  #wrong(row: Row, detail: string): void {
    this.#violated("time is kept", `${detail}: ${describe(row)}`);
  }
}

/** Whether every create of it was answered with "not now", and nobody has looked since what became of the last one. */
function wasTurnedAway({ attemptState, create, problem, problemClass, problemCount, attempts }: Row): boolean {
  const isOfCreate = problem?.startsWith("Create") === true && problemClass === "retry";
  return attemptState === "undecided" && create["doubt"] !== undefined && isOfCreate && problemCount === attempts;
}
