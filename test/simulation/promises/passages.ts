import type { Invocation } from "../invocation.ts";
import { deadlineOf, describe, isFinal, mayBeThere, type Row, type Status } from "./row.ts";
import type { Violated } from "./violation.ts";

const waiting = ["accepted", "queued"] as const;
const open = [...waiting, "creating", "provisioning"] as const;
const final = ["succeeded", "failed", "canceled", "unknown"] as const;

/** Who may lead a record from where to where; to stay where it is, is allowed to everybody who may touch it there. */
const passages: Record<string, readonly { from: readonly Status[]; to: readonly Status[] }[]> = {
  POST: [],
  cancel: [{ from: ["accepted", "queued", "creating"], to: ["canceled"] }],
  redrive: [{ from: ["failed", "unknown"], to: ["accepted"] }],
  sweep: [{ from: [...open, ...final], to: [] }],
  TakeTurn: [
    { from: ["accepted"], to: ["queued"] },
    { from: open, to: [] },
  ],
  Submit: [
    { from: waiting, to: ["creating", "queued", "provisioning"] },
    { from: ["creating"], to: ["queued", "provisioning"] },
    { from: ["provisioning"], to: [] },
  ],
  AwaitProvisioned: [
    { from: ["accepted", "queued", "creating"], to: ["provisioning"] },
    { from: ["provisioning"], to: [] },
  ],
  RecordOutcome: [{ from: open, to: final }],
  DeliverWebhook: [{ from: final, to: [] }],
  WatchTunnels: [{ from: ["succeeded"], to: [] }],
};

/** Who may lead an attempt from where to where. Who begins one, or sends one again, is looked at elsewhere. */
const attempts: Record<string, readonly [from: string, to: string][]> = {
  Submit: [
    ["undecided", "accepted"],
    ["undecided", "refused"],
    ["undecided", "void"],
    // Found under its name, whatever was answered.
    ["refused", "accepted"],
    ["void", "accepted"],
    ["failed-earlier", "refused"],
  ],
  AwaitProvisioned: [
    ["accepted", "failed"],
    ["failed-earlier", "failed"],
  ],
  redrive: [
    ["failed", "failed-earlier"],
    // The last look has shown nothing of what was accepted without an id.
    ["accepted", "undecided"],
  ],
  sweep: [
    ["undecided", "accepted"],
    ["refused", "accepted"],
    ["void", "accepted"],
    ["failed", "accepted"],
  ],
};

/** Milliseconds for which the owner of a key that the broker made may read it. */
const revealable = 86_400_000;

interface PassageDeps {
  now: () => number;
  violated: Violated;
  clockSkew: number;
  /** Whether an execution is at work for this run, or tells of its end. */
  isRunning: (row: Row) => boolean;
  isDelivering: (row: Row) => boolean;
  /** Whether the broker makes the key of this request itself. */
  hasOwnKey: (id: string) => boolean;
}

/** Each write of a record: who leads it from which state to which, and what becomes of its keys. */
export class Passages {
  readonly #deps: PassageDeps;

  constructor(deps: PassageDeps) {
    this.#deps = deps;
  }

  noteWrite(row: Row, before: Row | undefined, writer: Invocation): void {
    this.#requireKeys(row, before);
    const who = Object.keys(passages).find((name) => writer.what.startsWith(name)) ?? "";
    if (!before) return;
    this.#requireOwnRun(row, before, writer);
    const { decidesOn } = writer;
    if (decidesOn !== undefined && row.status !== before.status && before.revision !== decidesOn) {
      this.#wrong(row, `${writer.name} was decided on revision ${decidesOn}, and it was at ${before.revision}`);
    }
    const isAllowed = passages[who]?.some(
      ({ from, to }) => from.includes(before.status) && (row.status === before.status || to.includes(row.status)),
    );
    if (!isAllowed) this.#wrong(row, `${writer.name} leads it from ${before.status}`);
    if (who === "cancel" && row.status !== before.status && mayBeThere(before)) {
      this.#wrong(row, "it is canceled though something may be there");
    }
    this.#requireAttempt(row, before, { who, writer });
    if (row.restarts > before.restarts && this.#deps.isDelivering(before)) {
      this.#wrong(row, `${writer.name} tells what is being told`);
    }
    if (who === "redrive" && row.generation > before.generation) this.#requireAnew(row, before);
    if (who === "redrive" && row.timesGivenBack > 0) this.#wrong(row, "it has given back a turn that it has not had");
    if (isFinal(row.status) && !isFinal(before.status)) {
      this.#requireLastLook(row);
      this.#requireLastWord(row, before);
      if (row.problem !== undefined) this.#wrong(row, `${row.problem} stands in the way of what has ended`);
    }
  }

  /** What is run again has all its tries, and what may turn up of earlier ones is not forgotten. */
  #requireAnew(row: Row, before: Row): void {
    const kept = ["putOff", "final", "doubt", "passes", "gone"].filter((member) => row.create[member] !== undefined);
    if (kept.length > 0) this.#wrong(row, `it begins with ${kept.join(", ")} of the run before`);
    if (before.lastLook !== "due") return;
    if ((before.create["unheard"] || before.sends > 1) && !row.create["unheard"]) {
      this.#wrong(row, "it forgets that an earlier create may turn up");
    }
    if (before.attemptState === "accepted" && row.attemptState !== "accepted") {
      this.#wrong(row, "what was accepted is in doubt before its last look");
    }
  }

  /** What was refused ends with that, but for what stood in the way to the last. */
  #requireLastWord(row: Row, before: Row): void {
    if (row.status !== "failed" || before.refusalCode === undefined) return;
    const tolerance = 2 * this.#deps.clockSkew * 1000;
    const isLate = Date.parse(row.completedAt ?? "") + tolerance > deadlineOf(row) && before.problem !== undefined;
    const isRight = row.errorCode === before.refusalCode || (isLate && row.errorMessage?.includes("until"));
    if (!isRight) this.#wrong(row, `it was refused with ${before.refusalCode}, and says "${row.errorMessage}"`);
  }

  /** What may turn up after the end is looked for once more: where no connection is known, or several creates were sent. */
  #requireLastLook(row: Row): void {
    const isGone = row.errorMessage?.includes("the vendor does not show it") === true;
    const isMissing = row.connectionId === undefined || row.create["gone"] !== undefined || isGone;
    const isDue = row.attempts > 0 && (isMissing || row.number > 1);
    if ((row.lastLook === "due") !== isDue) this.#wrong(row, `its last look is ${row.lastLook}`);
  }

  /** What works for a run changes no other, and none that has ended. */
  #requireOwnRun(row: Row, before: Row, { what, name, generation }: Invocation): void {
    if (generation === undefined) {
      const isNext = row.generation === before.generation + 1;
      const mayRaise = what === "redrive" || (what === "sweep" && !isFinal(before.status));
      if (row.generation === before.generation ? what === "redrive" : !isNext || !mayRaise) {
        this.#wrong(row, `${name} finds generation ${before.generation}`);
      }
      if (isNext && what === "sweep" && this.#deps.isRunning(before)) {
        this.#wrong(row, `${name} takes it from a run that is at work`);
      }
      return;
    }
    const isAfter = /^(DeliverWebhook|WatchTunnels)/.test(what);
    if (row.generation === before.generation && before.generation === generation) {
      if (isFinal(before.status) === isAfter) return;
    }
    this.#wrong(row, `${name} of run ${generation} writes over: ${describe(before)}`);
  }

  #requireAttempt(row: Row, before: Row, { who, writer }: { who: string; writer: Invocation }): void {
    const isForgotten = before.attemptState === "failed-earlier" && row.attemptState === "refused";
    if (before.connectionId !== undefined && row.connectionId !== before.connectionId && !isForgotten) {
      this.#wrong(row, `${writer.name} forgets ${before.connectionId}`);
    }
    const [from, to] = [before.attemptState, row.attemptState];
    if (who === "sweep" && before.connectionId === undefined && row.connectionId !== undefined && to !== "accepted") {
      this.#wrong(row, `${row.connectionId} has turned up, and its attempt stays ${to}`);
    }
    const isOpen = to === "undecided" || to === "accepted";
    if (row.refusalCode !== undefined && row.refusalCode !== before.refusalCode && isOpen && mayBeThere(row)) {
      this.#wrong(row, `${writer.name} refuses what may be there`);
    }
    if (from === to || row.number !== before.number || row.sends !== before.sends) return;
    if (attempts[who]?.some((one) => one[0] === from && one[1] === to)) return;
    this.#wrong(row, `${writer.name} leads its attempt from ${from}`);
  }

  /** Keys are there for as long as somebody may need them, and no longer. */
  #requireKeys(row: Row, before: Row | undefined): void {
    const { now, violated, hasOwnKey, clockSkew } = this.#deps;
    const wanted = { succeeded: hasOwnKey(row.id) ? 1 : 0, canceled: 0 } as Partial<Record<Status, number>>;
    const should = wanted[row.status] ?? 1;
    if (row.keys === should) return;
    const readUntil = Date.parse(row.completedAt ?? "") + revealable - 2 * clockSkew * 1000;
    if (row.status === "succeeded" && before && row.keys === 0 && now() >= readUntil) return;
    violated("keys are erased", `${describe(row)}: ${row.keys} keys, and not ${should}`);
  }

  #wrong(row: Row, detail: string): void {
    this.#deps.violated("each step its own passages", `${detail}: ${describe(row)}`);
  }
}
