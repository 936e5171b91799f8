import type { Invocation } from "../invocation.ts";
import { has } from "../tenants.ts";
import type { Told } from "./records.ts";
import { describe, mayBeThere, type Row } from "./row.ts";
import type { Violated } from "./violation.ts";

/** Milliseconds after which a request that nobody has taken up is started once more by whoever repeats it. */
const overdue = 30_000;
const start = "StartExecution";

/** What callers are answered, and what their decisions do. */
export class Callers {
  readonly #violated: Violated;
  /** Who has written the first version of each record. */
  readonly #creators = new Map<string, Invocation>();

  constructor(violated: Violated) {
    this.#violated = violated;
  }

  noteWrite(row: Row, before: Row | undefined, writer: Invocation): void {
    if (!before) this.#creators.set(row.id, writer);
    else if (writer.what === "redrive" && row.generation > before.generation)
      this.#requirePermission(row, before, writer);
  }

  /** Whoever has something run again may have it so, and as its tenant is now. */
  #requirePermission(row: Row, before: Row, { name, lastTenant }: Invocation): void {
    // Who is suspended is turned away before anything is asked of it here.
    if (!lastTenant || !has(lastTenant, row))
      this.#violated("a create is permitted", `${name} runs again what its tenant may not: ${describe(row)}`);
    if (mayBeThere(before) && row.credentials !== before.credentials) {
      this.#violated("a create is permitted", `${name} looks with other credentials: ${describe(row)}`);
    }
  }

  /** A POST is answered. */
  noteAccepted(
    { name, calls, skew }: Invocation,
    { id, status, updatedAt }: Told & { updatedAt: string },
    replayed: boolean,
  ) {
    const hasStarted = calls.some(({ label }) => label.startsWith(start));
    const isOwn = this.#creators.get(id)?.name === name;
    if (replayed && isOwn) this.#wrong(`${name} takes its own record for another's`);
    const age = (calls.at(-1)?.at ?? 0) + skew - Date.parse(updatedAt);
    const isDue = !replayed || (status === "accepted" && age > overdue);
    if (isDue && !hasStarted) this.#wrong(`${name} starts nothing, and nothing has begun since ${updatedAt}`);
  }

  /** What is written is answered, whether or not its run could be started; a decision is made anew on what was written meanwhile. */
  noteThrown({ what, name, calls }: Invocation, { name: error }: Error): void {
    if (!["POST", "cancel", "redrive"].includes(what)) return;
    if (calls.at(-1)?.label.startsWith(start))
      this.#wrong(`${name} is refused for ${error}, and its record is written`);
    const tries = calls.filter(({ label }) => label.startsWith("PutItem")).length;
    if (error === "StaleRecord" && tries < 2) this.#wrong(`${name} is refused because somebody was quicker`);
  }

  #wrong(detail: string): void {
    this.#violated("a caller is served", detail);
  }
}
