import type { Invocation } from "../invocation.ts";
import type { Plan } from "../plans.ts";
import type { SentCreate } from "../vendor-calls.ts";
import type { Made, Vendors } from "../vendor.ts";
import { describe, type Row } from "./row.ts";
import type { Violated } from "./violation.ts";

interface TruthDeps {
  violated: Violated;
  vendors: () => Pick<Vendors, "madeFor" | "differences" | "isUnderWay" | "hasCopies">;
  planOf: (id: string) => Plan | undefined;
  /** Whether a vendor said of a create that made a connection, with a code that says so for certain, that it had not. */
  wasLiedTo: (id: string) => boolean;
  /** Whether somebody else deleted what belonged to this request. */
  wasRobbed: (id: string) => boolean;
}

/** What is at the vendors, by the notes of the transport, beside what was asked for and what the records say. */
export class Truth {
  readonly #deps: TruthDeps;

  constructor(deps: TruthDeps) {
    this.#deps = deps;
  }

  noteArrived(sent: SentCreate, made: Made | undefined): void {
    if (!made) return;
    const found = this.#deps.vendors().madeFor(sent.id);
    if (found.length > 1) this.#deps.violated("one connection per request", `${sent.id}: ${listed(found)}`);
  }

  noteWrite(row: Row, before: Row | undefined, writer: Invocation): void {
    if (row.status === "succeeded" && before?.status !== "succeeded") this.#requireRight(row);
    const isSent = row.attempts > (before?.attempts ?? 0);
    const isVoid = row.attemptState === "void" && before?.attemptState !== "void";
    if (before && before.number > 0 && (isSent || isVoid)) this.#requireNone(row, writer);
  }

  #requireRight(row: Row): void {
    const { violated, vendors, planOf, wasRobbed } = this.#deps;
    const found = vendors().madeFor(row.id);
    const made = found.find(({ id }) => id === row.connectionId);
    const plan = planOf(row.id);
    if (!made) {
      if (wasRobbed(row.id)) return;
      return violated("success equals the request", `${row.id} names ${row.connectionId}; there is ${listed(found)}`);
    }
    if (vendors().isUnderWay(made)) violated("success equals the request", `${made.id} is not ready yet`);
    const differences = plan ? vendors().differences(made, plan.request) : [];
    if (differences.length > 0) violated("success equals the request", `${made.id}: ${differences.join("; ")}`);
  }

  /** Somebody has looked for it, and takes it that nothing is there. */
  #requireNone(row: Row, { name, calls }: Invocation): void {
    const { violated, vendors } = this.#deps;
    if (vendors().hasCopies) return;
    const looked = calls.find(({ label }) => label === "DescribeVpnConnections")?.at ?? 0;
    const [there] = vendors()
      .madeFor(row.id)
      .filter(({ connection: { visibleAt, goneAt } }) => visibleAt <= looked && goneAt === undefined);
    if (there) violated("what is there is named", `${name} has not found ${there.id}: ${describe(row)}`);
  }

  /** Everything has come to rest. */
  finish(rows: Iterable<Row>): void {
    const { violated, vendors, wasLiedTo } = this.#deps;
    for (const row of rows) {
      const found = vendors().madeFor(row.id);
      if (found.length > 1) violated("one connection per request", `${row.id}: ${listed(found)}`);
      // Half-made is what a job that failed leaves behind; what a vendor denied is named once it is found.
      const isKnown = row.attemptState === "failed" || (wasLiedTo(row.id) && row.lastLook === "found");
      if (["failed", "canceled"].includes(row.status) && found.length > 0 && !isKnown) {
        violated("a failed request has no connection", `${describe(row)}: ${listed(found)}`);
      }
      // What turns up after the end is named, so that nobody makes another and somebody can delete it.
      const [only] = found;
      if (row.status !== "succeeded" && only && row.connectionId !== only.id) {
        violated("what is there is named", `${describe(row)}: ${listed(found)}`);
      }
    }
  }
}

const listed = (found: readonly Made[]) => found.map(({ id }) => id).join(" and ") || "none";
