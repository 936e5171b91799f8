import type { Invocation } from "../invocation.ts";
import type { SentCreate } from "../vendor-calls.ts";
import type { Made, Vendors } from "../vendor.ts";
import { type Plan, wantSame } from "../world.ts";
import { describe, mayBeThere, type Row } from "./row.ts";
import type { Violated } from "./violation.ts";

interface TruthDeps {
  violated: Violated;
  vendors: () => Pick<Vendors, "madeFor" | "all" | "differences" | "isUnderWay" | "everMade" | "hasCopies">;
  planOf: (id: string) => Plan | undefined;
  /** Whether a vendor said of a create that made a connection, with a code that says so for certain, that it had not. */
  wasLiedTo: (id: string) => boolean;
  /** Whether somebody else deleted what belonged to this request. */
  wasRobbed: (id: string) => boolean;
  /** Until when a create of the request may still turn up. */
  settledAt: (id: string) => number;
  /** Seconds by which a clock may be wrong. */
  clockSkew: number;
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
    this.#requireAsked(made);
  }

  /** Nobody has a second connection between the same gateways for the same networks who did not ask for it. */
  #requireAsked(made: Made): void {
    const { planOf, vendors, wasLiedTo } = this.#deps;
    const plan = planOf(made.by.id);
    if (!plan || plan.request.allowDuplicate) return;
    const isSame = (id: string) => {
      const other = planOf(id)?.request;
      return id !== made.by.id && other !== undefined && wantSame(plan.request, other) && !wasLiedTo(id);
    };
    const first = vendors()
      .all()
      .find(({ by, connection }) => isSame(by.id) && connection.goneAt === undefined);
    if (first)
      this.#deps.violated("no duplicate unasked", `${made.id} of ${made.by.id} beside ${first.id} of ${first.by.id}`);
  }

  noteSucceeded(row: Row): void {
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

  /** It is refused as a duplicate: another's connection was there since somebody began to look. */
  noteDuplicate(row: Row, began: number, now: number): void {
    const { violated, vendors, planOf } = this.#deps;
    const own = planOf(row.id)?.request;
    const isThere = vendors()
      .everMade()
      .some(({ by, madeAt, connection: { visibleAt, goneAt = Infinity } }) => {
        const other = planOf(by.id)?.request;
        // One of several copies of a list may show it before the others do.
        const cameAt = vendors().hasCopies ? madeAt : visibleAt;
        return by.id !== row.id && own && other && wantSame(own, other) && cameAt <= now && goneAt > began;
      });
    if (!isThere) violated("a refusal needs a reason", `${describe(row)} is no duplicate of anything`);
  }

  /** It is refused for what is in its way: that is told as a duplicate where it is one. */
  noteInTheWay(row: Row, began: number, rowOf: (id: string) => Row | undefined): void {
    const { violated, vendors, planOf } = this.#deps;
    const own = planOf(row.id)?.request;
    if (!own || own.allowDuplicate) return;
    const twin = vendors()
      .all()
      .find(({ id, by, connection: { visibleAt, goneAt } }) => {
        const other = planOf(by.id)?.request;
        const isSame = by.id !== row.id && other !== undefined && wantSame(own, other);
        return isSame && visibleAt < began && goneAt === undefined && rowOf(by.id)?.connectionId === id;
      });
    if (twin) violated("a refusal needs a reason", `${describe(row)} is not told that ${twin.id} is the same`);
  }

  /** Somebody has looked for it, and takes it that nothing is there. */
  noteNotFound(row: Row, { name, calls }: Invocation): void {
    const { violated, vendors } = this.#deps;
    if (vendors().hasCopies) return;
    const looked = calls.find(({ label }) => label === "DescribeVpnConnections")?.at ?? 0;
    const [there] = vendors()
      .madeFor(row.id)
      .filter(({ connection: { visibleAt, goneAt } }) => visibleAt <= looked && goneAt === undefined);
    if (there) violated("what is there is named", `${name} has not found ${there.id}: ${describe(row)}`);
  }

  /** It waits for what another request may have: one that was sent lately, and that nothing is listed of. */
  noteWaiting(row: Row, { calls, skew }: Invocation, rows: ReadonlyMap<string, Row>): void {
    const { violated, vendors, planOf, settledAt, clockSkew } = this.#deps;
    const own = planOf(row.id)?.request;
    const began = calls[0]?.at ?? 0;
    const twins = [...rows.values()].filter(({ id }) => {
      const other = planOf(id)?.request;
      return id !== row.id && own && other && wantSame(own, other);
    });
    const isOpen = (twin: Row) =>
      (mayBeThere(twin) || Date.parse(twin.updatedAt) > began) &&
      settledAt(twin.id) > began + skew - 2 * clockSkew * 1000;
    if (!twins.some(isOpen)) violated("a refusal needs a reason", `${describe(row)}, and nobody may have one`);
    if (vendors().hasCopies) return;
    const listed = vendors()
      .all()
      .find(({ id, connection: { visibleAt, goneAt } }) => {
        const isKnown = twins.some(
          (twin) => twin.connectionId === id && ["succeeded", "provisioning"].includes(twin.status),
        );
        return isKnown && visibleAt < began && goneAt === undefined;
      });
    if (listed) violated("a refusal needs a reason", `${describe(row)}, and ${listed.id} is listed`);
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
