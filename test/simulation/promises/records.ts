import { deadlineOf, describe, isFinal, type Row } from "./row.ts";
import type { Violated } from "./violation.ts";

interface RecordDeps {
  now: () => number;
  violated: Violated;
  /** Whether this request has its gateway's turn. */
  hasTurn: (row: Row) => boolean;
}

/** What a caller was told of a record. */
export type Told = Pick<Row, "id" | "version" | "status" | "generation" | "revision">;

/** Milliseconds: a record is quiet for five minutes before the sweeper looks, and it looks every five minutes. */
const patience = 1_800_000;

/** Every version of every record: what may follow from what, and what may be told of it. */
export class Records {
  readonly rows = new Map<string, Row>();
  readonly #deps: RecordDeps;
  readonly #versions = new Map<string, Map<number, Row>>();
  readonly #told = new Map<string, number>();
  readonly #accepted = new Set<string>();
  /** How many ends were written, and how many each bucket has counted. */
  #ended = 0;
  readonly #counted = new Map<string, number>();

  constructor(deps: RecordDeps) {
    this.#deps = deps;
  }

  /** Whether the record has ended with this write. */
  noteWrite(row: Row): boolean {
    const before = this.rows.get(row.id);
    this.rows.set(row.id, row);
    const versions = this.#versions.get(row.id) ?? new Map<number, Row>();
    this.#versions.set(row.id, versions.set(row.version, row));
    if (before) {
      this.#compare(before, row);
      this.#requireTime(before, row);
    }
    const hasEnded = isFinal(row.status) && !(before && isFinal(before.status));
    if (hasEnded) this.#ended += 1;
    return hasEnded;
  }

  #compare(before: Row, row: Row): void {
    const { violated } = this.#deps;
    const changed = (["status", "statusReason", "connectionId", "errorCode", "generation"] as const).filter(
      (field) => before[field] !== row[field],
    );
    if (row.createdAt !== before.createdAt) violated("one record per token", `${row.id} was made anew`);
    if (row.version !== before.version + 1) violated("revisions grow", `version ${before.version} → ${row.version}`);
    if (row.revision < before.revision || (changed.length > 0 && row.revision === before.revision)) {
      violated("revisions grow", `${row.id}: revision ${before.revision} → ${row.revision} with ${changed.join(", ")}`);
    }
    if (before.ofNewer && !row.ofNewer) violated("nothing of a newer version is lost", describe(row));
    if (row.generation < before.generation) {
      violated("revisions grow", `${row.id}: generation ${before.generation} → ${row.generation}`);
    }
    if (!isFinal(before.status) || row.status === before.status || row.generation !== before.generation) return;
    violated("one ending per generation", `${row.id}: ${before.status} → ${row.status}`);
  }

  /** Its own time is all there once it has the turn, or needs none, and only a redrive gives it anew. */
  #requireTime(before: Row, row: Row): void {
    if (row.deadlineAt === before.deadlineAt) return;
    const redriven = isFinal(before.status) && !isFinal(row.status) && row.deadlineAt === undefined;
    const whole = Date.parse(row.deadlineAt ?? "") - Date.parse(row.updatedAt) === row.timeoutSeconds * 1000;
    const hasTurn = row.connectionId !== undefined || this.#deps.hasTurn(row);
    if (redriven || (before.deadlineAt === undefined && whole && hasTurn)) return;
    this.#deps.violated("time begins with the turn", `${row.id}: ${before.deadlineAt} → ${row.deadlineAt}`);
  }

  /** No end is counted twice. */
  noteTally(bucket: string, count: number): void {
    this.#counted.set(bucket, count);
    const counted = [...this.#counted.values()].reduce((sum, one) => sum + one, 0);
    if (counted > this.#ended) this.#deps.violated("an end is counted once at most", `${counted} of ${this.#ended}`);
  }

  noteAccepted(told: Told, replayed: boolean): void {
    this.noteTold("POST", told);
    if (replayed) return;
    if (this.#accepted.has(told.id)) this.#deps.violated("one record per token", `${told.id} was accepted twice`);
    this.#accepted.add(told.id);
  }

  /** The revision that a caller was told last. */
  toldOf(id: string): number | undefined {
    return this.#told.get(id);
  }

  /** Whatever a caller is told was so. */
  noteTold(what: string, told: Told): void {
    this.#told.set(told.id, told.revision);
    const row = this.#versions.get(told.id)?.get(told.version);
    const same = (["status", "generation", "revision"] as const).every((field) => row?.[field] === told[field]);
    if (same) return;
    const answer = `${told.status}, revision ${told.revision}`;
    this.#deps.violated(
      "an answer is what is recorded",
      `${what}: ${answer}; ${row ? describe(row) : "no such version"}`,
    );
  }

  noteExecution(id: string, generation: number): void {
    const row = this.rows.get(id);
    if (row && generation <= row.generation) return;
    this.#deps.violated("one record per token", `run ${generation} of ${id} was started without a record of it`);
  }

  /** Once the faults are over, a request has its time and then a while to be ended by the sweeper. */
  requireProgress(faultsUntil: number): void {
    for (const row of this.rows.values()) {
      if (isFinal(row.status)) continue;
      const latest = Math.max(deadlineOf(row), faultsUntil) + patience;
      if (this.#deps.now() > latest) this.#deps.violated("nothing is stuck", describe(row));
    }
  }

  /** Everything has come to rest. */
  finish(): void {
    for (const row of this.rows.values()) {
      if (!isFinal(row.status)) this.#deps.violated("nothing is stuck", describe(row));
      else if (row.open) this.#deps.violated("nothing is left undone", describe(row));
      // Whoever failed may be run again.
      const mayKeep = row.status === "failed" || row.status === "unknown";
      if (row.keys > 0 && !mayKeep) this.#deps.violated("keys are erased", describe(row));
    }
  }
}
