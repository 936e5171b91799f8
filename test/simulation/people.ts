import { DomainError } from "../../functions/domain/errors.ts";
import { functionTimeouts } from "./assumptions.ts";
import type { wire } from "./functions.ts";
import { Invocation, type Surroundings } from "./invocation.ts";
import type { Ledger } from "./ledger.ts";
import type { Plan } from "./plans.ts";
import type { Row } from "./promises/row.ts";
import type { Random } from "./random.ts";
import type { Tenants } from "./tenants.ts";
import type { Vendors } from "./vendor.ts";
import type { ForeignAct, Intervention, World } from "./world.ts";

interface PeopleDeps {
  random: Random;
  around: Surroundings;
  plans: ReadonlyMap<string, Plan>;
  ledger: Ledger;
  vendors: Vendors;
  tenants: Tenants;
  wire: (invocation: Invocation) => ReturnType<typeof wire>;
}

/** Everybody who has plans: those who send requests, operators, and others at the vendors. */
export class People {
  readonly #deps: PeopleDeps;
  /** How often each request may still be run again. */
  readonly #redrives: Map<string, number>;
  /** What somebody still has in mind. */
  #pending = 0;
  /** What an operator does when a create leaves. */
  #awaited: Intervention | undefined;

  constructor(deps: PeopleDeps) {
    this.#deps = deps;
    this.#redrives = new Map([...deps.plans].map(([id, { redrives }]) => [id, redrives]));
  }

  get areBusy(): boolean {
    return this.#pending > 0;
  }

  /** Each has its time in the schedule from now on. */
  begin({ intervention, acts }: World): void {
    if (intervention?.atCreate) this.#awaited = intervention;
    else if (intervention) this.#later(intervention.at, () => this.#intervene(intervention));
    for (const act of acts) this.#later(act.at, () => this.#actAtVendor(act));
    for (const [id, plan] of this.#deps.plans) this.#act(id, plan);
  }

  /** One HTTP request of a caller; `done` hears whether it was answered. */
  #ask(
    what: string,
    id: string,
    act: (ports: ReturnType<typeof wire>, invocation: Invocation) => Promise<void>,
    done: (ok: boolean) => void,
  ) {
    let told = false;
    const tell = (ok: boolean) => {
      if (told) return;
      told = true;
      done(ok);
    };
    const onLoss = () => this.#deps.around.scheduler.after(this.#deps.random.integer(0, 5000), () => tell(false));
    const invocation = new Invocation(this.#deps.around, { what, id }, functionTimeouts["Api"] ?? 0, onLoss);
    act(this.#deps.wire(invocation), invocation).then(
      () => {
        if (!invocation.alive) return;
        invocation.end();
        tell(true);
      },
      (error: unknown) => {
        if (!invocation.alive) return;
        this.#deps.ledger.noteThrown(invocation, error);
        invocation.say(() => `is refused: ${String(error)}`);
        invocation.end();
        tell(error instanceof DomainError);
      },
    );
  }

  /** An operator takes something away from the tenant, and perhaps gives it back. */
  #intervene(intervention: Intervention): void {
    const { what, at, undoneAt } = intervention;
    this.#deps.tenants.intervene(intervention);
    for (const id of this.#deps.plans.keys()) this.#deps.ledger.noteAct(id, what);
    this.#deps.ledger.noteKind(`operator: ${what}`);
    this.#deps.around.trace.add("operator", () => what);
    if (undoneAt === undefined) return;
    this.#later(undoneAt - at, () => {
      this.#deps.tenants.undo();
      this.#deps.around.trace.add("operator", () => "takes it back");
    });
  }

  /** Somebody else changes something at a vendor. */
  #actAtVendor(act: ForeignAct): void {
    const [id, plan] = [...this.#deps.plans][act.plan] ?? [];
    if (id === undefined || !plan || !this.#deps.vendors.act(act, id, plan.request)) return;
    const isOfOne = act.what === "delete the connection";
    for (const [other, { request }] of this.#deps.plans) {
      const isMeant = isOfOne ? other === id : request.provider === plan.request.provider;
      if (isMeant) this.#deps.ledger.noteAct(other, act.what);
    }
    this.#deps.ledger.noteKind(`others: ${act.what}`);
    this.#deps.around.trace.add("others", () => `${act.what} of ${id.slice(0, 6)}`);
  }

  #later(milliseconds: number, run: () => void): void {
    this.#pending += 1;
    this.#deps.around.scheduler.after(milliseconds, () => {
      this.#pending -= 1;
      run();
    });
  }

  #act(id: string, plan: Plan): void {
    for (const at of plan.posts) this.#later(at, () => this.#post(id, plan));
    for (const at of plan.cancels ?? []) this.#later(at, () => this.change("cancel", id, this.#revisionOf(id)));
    if (plan.otherAt !== undefined) this.#later(plan.otherAt, () => this.#postOther(id, plan));
    if (plan.redriveAt !== undefined)
      this.#later(plan.redriveAt, () => this.change("redrive", id, this.#revisionOf(id)));
  }

  /** A caller sends its POST until somebody answers. */
  #post(id: string, plan: Plan): void {
    this.#pending += 1;
    this.#ask(
      "POST",
      id,
      async ({ accept }, invocation) => {
        const { record, replayed } = await accept(plan.request);
        this.#deps.ledger.noteAccepted(invocation, record, replayed);
      },
      (ok) => {
        this.#pending -= 1;
        if (!ok) this.#later(this.#deps.random.integer(100, 10_000), () => this.#post(id, plan));
      },
    );
  }

  /** Another request under a token that is used already. */
  #postOther(id: string, { request }: Plan): void {
    if (!this.#deps.ledger.rows.has(id)) return;
    this.#pending += 1;
    this.#ask(
      "POST",
      id,
      async ({ accept }) => {
        const { record } = await accept({ ...request, name: "another" });
        this.#deps.ledger.noteTaken(record);
      },
      () => (this.#pending -= 1),
    );
  }

  change(what: "cancel" | "redrive", id: string, revision?: number): void {
    this.#pending += 1;
    this.#ask(
      what,
      id,
      async (ports) => this.#deps.ledger.noteTold(what, await ports[what](id, revision)),
      () => (this.#pending -= 1),
    );
  }

  /** The one that the caller has seen last, where it decides on one. */
  #revisionOf(id: string): number | undefined {
    return this.#deps.plans.get(id)?.namesRevision ? this.#deps.ledger.records.toldOf(id) : undefined;
  }

  /** A create leaves. In the calm after all faults no operator interferes. */
  noteSent(): void {
    const intervention = this.#awaited;
    this.#awaited = undefined;
    if (intervention && !this.#deps.around.chaos.isOver) this.#intervene(intervention);
  }

  /** Whoever asked for it looks at what ended badly, and may have it run again. */
  noteEnded({ id, status }: Row): void {
    const left = this.#redrives.get(id) ?? 0;
    if (left === 0 || (status !== "failed" && status !== "unknown")) return;
    this.#redrives.set(id, left - 1);
    const pause = this.#deps.random.chance(0.5)
      ? this.#deps.random.integer(0, 3000)
      : this.#deps.random.integer(0, 400_000);
    const copies = this.#deps.random.chance(0.2) ? 2 : 1;
    for (let copy = 0; copy < copies; copy += 1) {
      this.#later(pause + this.#deps.random.integer(0, 50), () => this.change("redrive", id, this.#revisionOf(id)));
    }
  }
}
