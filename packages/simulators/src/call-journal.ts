import { maskSecrets } from "./masking.ts";
import type { ProviderCall } from "./vendor-call.ts";

/** One call as it was seen by the simulator. */
export interface JournalEntry {
  readonly at: string;
  readonly action: string;
  readonly region: string;
  /** `ok`, the vendor's error code, or `not-performed` when a fault keeps the call from the cloud; that of a `late` call changes. */
  outcome: string;
  /** The kind of the fault the call ran into. */
  readonly fault?: string;
  /** The call's parameters with every pre-shared key masked. */
  readonly parameters: unknown;
}

/** Old entries go so that a simulator that runs for days keeps its size; the counters go on. */
const longest = 10_000;

/** Remembers every call, admitted or not, for tests that count them. */
export class CallJournal {
  readonly #now: () => number;
  #entries: JournalEntry[] = [];
  #counters = new Map<string, number>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Answers where the outcome can still be set. */
  record(call: ProviderCall, outcome: string, fault?: string): Pick<JournalEntry, "outcome"> {
    const { action, region, parameters } = call;
    this.#counters.set(action, (this.#counters.get(action) ?? 0) + 1);
    const entry: JournalEntry = {
      at: new Date(this.#now()).toISOString(),
      action,
      region,
      outcome,
      ...(fault !== undefined && { fault }),
      parameters: maskSecrets(parameters),
    };
    this.#entries.push(entry);
    if (this.#entries.length >= longest * 2) this.#entries = this.#entries.slice(-longest);
    return entry;
  }

  /** Calls in the order in which they came. */
  entries(): readonly JournalEntry[] {
    return this.#entries;
  }

  /** How often each action was called. */
  counters(): Record<string, number> {
    return Object.fromEntries(this.#counters);
  }

  clear(): void {
    this.#entries = [];
    this.#counters = new Map();
  }
}
