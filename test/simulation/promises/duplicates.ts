import { wantSame } from "../collisions.ts";
import type { Invocation } from "../invocation.ts";
import type { Plan } from "../plans.ts";
import type { Made, Vendors } from "../vendor.ts";
import { describe, mayBeThere, type Row } from "./row.ts";
import type { Violated } from "./violation.ts";

interface DuplicateDeps {
  now: () => number;
  violated: Violated;
  vendors: () => Pick<Vendors, "all" | "everMade" | "hasCopies">;
  planOf: (id: string) => Plan | undefined;
  rows: () => ReadonlyMap<string, Row>;
  /** Whether a vendor said of a create that made a connection, with a code that says so for certain, that it had not. */
  wasLiedTo: (id: string) => boolean;
  /** Until when a create of the request may still turn up. */
  settledAt: (id: string) => number;
  /** Seconds by which a clock may be wrong. */
  clockSkew: number;
}

/** Nobody has a duplicate who did not ask for it, and nobody is told of one, or waits for one, that is none. */
export class Duplicates {
  readonly #deps: DuplicateDeps;

  constructor(deps: DuplicateDeps) {
    this.#deps = deps;
  }

  noteArrived(made: Made | undefined): void {
    const { violated, vendors, planOf, wasLiedTo } = this.#deps;
    if (!made || planOf(made.by.id)?.request.allowDuplicate) return;
    const first = vendors()
      .all()
      .find((one) => this.#areTwins(made.by.id, one.by.id) && !wasLiedTo(one.by.id) && isKept(one));
    if (first) violated("no duplicate unasked", `${made.id} of ${made.by.id} beside ${first.id} of ${first.by.id}`);
  }

  noteWrite(row: Row, before: Row | undefined, writer: Invocation): void {
    const isRefused = row.refusalCode !== before?.refusalCode;
    if (isRefused && row.refusalCode === "semantic_duplicate" && !row.refusedWith) this.#requireTwin(row, writer);
    const isSeen = !writer.calls.some(({ label }) => label.startsWith("Create"));
    if (isRefused && row.refusalCode === "provider_validation" && isSeen && !row.statusReason.includes(" answered ")) {
      this.#requireNone(row, writer);
    }
    const isNew = row.statusReason !== before?.statusReason;
    if (isNew && writer.what.startsWith("Submit") && row.statusReason.includes("does not list yet")) {
      this.#requireUnlisted(row, writer);
    }
  }

  /** It is refused as a duplicate: another's connection was there since somebody began to look. */
  #requireTwin(row: Row, { calls }: Invocation): void {
    const { now, vendors } = this.#deps;
    const isThere = vendors()
      .everMade()
      .some(({ by, madeAt, connection: { visibleAt, goneAt = Infinity } }) => {
        // One of several copies of a list may show it before the others do.
        const cameAt = vendors().hasCopies ? madeAt : visibleAt;
        return this.#areTwins(row.id, by.id) && cameAt <= now() && goneAt > beginOf(calls);
      });
    if (!isThere) this.#wrong(row, "it is no duplicate of anything");
  }

  /** It is refused for what is in its way: that is told as a duplicate where it is one. */
  #requireNone(row: Row, { calls }: Invocation): void {
    const { vendors, planOf, rows } = this.#deps;
    if (planOf(row.id)?.request.allowDuplicate) return;
    const twin = vendors()
      .all()
      .find((one) => {
        const isNamed = rows().get(one.by.id)?.connectionId === one.id;
        return isNamed && this.#areTwins(row.id, one.by.id) && isListed(one, beginOf(calls));
      });
    if (twin) this.#wrong(row, `it is not told that ${twin.id} is the same`);
  }

  /** It waits for what another request may have: one that was sent lately, and that nothing is listed of. */
  #requireUnlisted(row: Row, { calls, skew }: Invocation): void {
    const { vendors, rows, settledAt, clockSkew } = this.#deps;
    const began = beginOf(calls);
    const twins = [...rows().values()].filter(({ id }) => this.#areTwins(row.id, id));
    const mayHaveBeen = (twin: Row) => mayBeThere(twin) || Date.parse(twin.updatedAt) > began;
    const isOpen = ({ id }: Row) => settledAt(id) > began + skew - 2 * clockSkew * 1000;
    if (!twins.some((twin) => mayHaveBeen(twin) && isOpen(twin))) this.#wrong(row, "nobody may have a connection");
    if (vendors().hasCopies) return;
    const made = twins.filter(({ status }) => status === "succeeded" || status === "provisioning");
    const listed = vendors()
      .all()
      .find((one) => made.some(({ connectionId }) => connectionId === one.id) && isListed(one, began));
    if (listed) this.#wrong(row, `${listed.id} is listed`);
  }

  /** Whether two requests want the same connection. */
  #areTwins(id: string, otherId: string): boolean {
    const [own, other] = [this.#deps.planOf(id)?.request, this.#deps.planOf(otherId)?.request];
    return id !== otherId && own !== undefined && other !== undefined && wantSame(own, other);
  }

  #wrong(row: Row, detail: string): void {
    this.#deps.violated("a refusal needs a reason", `${describe(row)}: ${detail}`);
  }
}

const beginOf = (calls: Invocation["calls"]) => calls[0]?.at ?? 0;
const isKept = ({ connection }: Made) => connection.goneAt === undefined;
const isListed = (made: Made, at: number) => isKept(made) && made.connection.visibleAt < at;
