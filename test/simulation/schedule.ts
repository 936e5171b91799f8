import { sweepSeconds } from "../../functions/domain/limits.ts";
import { toConnectionId } from "../../functions/domain/record/ids.ts";
import { assumed, type Assumptions, functionTimeouts } from "./assumptions.ts";
import { Chaos, type Tape } from "./faults.ts";
import { owner, secondsOf, tenant, wire } from "./functions.ts";
import type { TaskResult } from "./interpreter.ts";
import { Invocation, type Loss, type Surroundings } from "./invocation.ts";
import { Ledger } from "./ledger.ts";
import { People } from "./people.ts";
import { type Plan, secret } from "./plans.ts";
import { isFinal, type Row } from "./promises/row.ts";
import type { Invariant, Violation } from "./promises/violation.ts";
import { Random, seedOf } from "./random.ts";
import { Scheduler } from "./scheduler.ts";
import { StepFunctions } from "./step-functions.ts";
import { Table } from "./table.ts";
import { Tenants } from "./tenants.ts";
import { Trace } from "./trace.ts";
import { Vendors } from "./vendor.ts";
import type { WeatherName } from "./weathers.ts";
import { drawWorld, meets, type World } from "./world.ts";

export interface ScheduleOptions {
  seed: number;
  /** What kind of world the seed draws. */
  weather?: WeatherName;
  /** Takes the place of the one that the seed draws. */
  world?: World;
  assumptions?: Assumptions;
  /** The faults to play; absent = as they are drawn. */
  tape?: Tape;
  /** Beside the tape, faults are drawn with this seed: a mutation. */
  mutation?: number;
  /** Keeps the trace. */
  trace?: boolean;
  /** The only promises to watch; absent = all. */
  only?: readonly Invariant[];
}

export interface ScheduleResult {
  seed: number;
  violation?: Violation;
  trace: string[];
  world: World;
  /** Every fault that came. */
  tape: Tape;
  /** How many requests ended how. */
  endings: Record<string, number>;
  /** How often each kind of fault came. */
  troubles: Record<string, number>;
  /** What led from one state to the next, with the last fault before. */
  passages: ReadonlySet<string>;
  /** What became of each record. */
  rows: Row[];
  /** The longest that a turn was held before it was given back, in milliseconds. */
  longestHold: number;
  /** The most creates that one run sent. */
  mostCreates: number;
  /** Events of virtual time. */
  steps: number;
}

const start = Date.parse("2026-01-01T00:00:00.000Z");
const sweepMilliseconds = sweepSeconds * 1000;
/** After this long without anything left to do, nothing can be under way any more. */
const quietMilliseconds = 200_000;
/** After the faults are over, everything has to come to rest within this: keys that the broker made are kept for a day. */
const restMilliseconds = 60 * 3_600_000;

/** Plays one schedule. The same options give the same result, event by event. */
export async function runSchedule(options: ScheduleOptions): Promise<ScheduleResult> {
  return new Play(options).run();
}

/** One schedule: the callers, the sweeper and the faults, over the whole of the real code. */
class Play {
  readonly #options: ScheduleOptions;
  readonly #world: World;
  readonly #assumptions: Assumptions;
  /** Draws what callers and the sweeper do. */
  readonly #random: Random;
  readonly #scheduler: Scheduler;
  readonly #trace: Trace;
  readonly #chaos: Chaos;
  readonly #ledger: Ledger;
  readonly #table: Table;
  readonly #vendors: Vendors;
  readonly #tenants: Tenants;
  readonly #stepFunctions: StepFunctions;
  readonly #around: Surroundings;
  readonly #plans: ReadonlyMap<string, Plan>;
  readonly #people: People;
  readonly #names = new Map<string, number>();
  #restlessAt = start;
  #outcome: { violation: Violation } | undefined;
  #gap: { error: unknown } | undefined;

  constructor(options: ScheduleOptions) {
    const { seed, trace: keep = false, assumptions = assumed, weather = "mixed", tape, mutation } = options;
    this.#options = options;
    this.#assumptions = assumptions;
    const world = options.world ?? drawWorld(seed, weather, assumptions);
    this.#world = world;
    this.#random = new Random(seedOf(seed, "callers"));
    this.#scheduler = new Scheduler(new Random(seedOf(seed, "order")), start);
    const scheduler = this.#scheduler;
    this.#trace = new Trace(keep, () => scheduler.now);
    const trace = this.#trace;
    const until = world.faultSeconds === undefined ? Infinity : world.faultSeconds * 1000;
    this.#chaos = new Chaos({
      scheduler,
      weather: world.weather,
      sticky: world.sticky ?? 0.2,
      until,
      tape,
      more: mutation !== undefined,
    });
    const chaos = this.#chaos;
    const onGap = (error: unknown) => void (this.#gap ??= { error });
    this.#plans = new Map(world.plans.map((plan) => [toConnectionId(tenant, plan.request.clientToken), plan]));
    this.#tenants = new Tenants({ scheduler, chaos, gateways: world.gateways }, owner);
    const tenants = this.#tenants;
    this.#ledger = new Ledger({
      now: () => scheduler.now,
      faultsUntil: () => chaos.until,
      provisioningSeconds: world.provisioningSeconds,
      indexLags: world.indexLag > 0,
      assumptions,
      tenantLately: () => tenants.lately,
      // Looking takes its time, and what is written depends little on the seed.
      secret: seed % 4 === 0 ? secret : undefined,
      plans: this.#plans,
      vendors: () => this.#vendors,
      isRunning: ({ id, generation }) => this.#stepFunctions.isRunning("create-connection", `${id}-${generation}`),
      isDelivering: ({ id, generation, restarts }) =>
        this.#stepFunctions.isRunning("deliver-webhook", `${id}-${generation}${restarts > 0 ? `-${restarts}` : ""}`),
      onViolation: (violation) => this.#violated(violation),
      onSent: () => this.#people.noteSent(),
      onEnded: (row) => this.#people.noteEnded(row),
    });
    const ledger = this.#ledger;
    const luckSeed = mutation ?? seed;
    const nameOf = (what: string, subject: string) => this.#nameOf(what, subject);
    this.#around = {
      seed,
      luckSeed,
      scheduler,
      chaos,
      trace,
      assumptions,
      nameOf,
      onTrouble: ({ subject, what }, kind) => ledger.noteTrouble(subject, what, kind),
    };
    const [downFrom, downUntil] = world.tableDown ?? [0, 0];
    this.#table = new Table({
      scheduler,
      isDown: () => scheduler.now >= start + downFrom * 1000 && scheduler.now < start + downUntil * 1000,
      chaos,
      indexLag: world.indexLag,
      onGap,
      onWrite: (item, writer) => ledger.noteWrite(item, writer),
    });
    this.#vendors = new Vendors({
      seed,
      scheduler,
      chaos,
      watch: ledger,
      world,
      assumptions,
      isOutOfReach: (id) => this.#isOutOfReach(id),
    });
    this.#stepFunctions = new StepFunctions({
      seed,
      luckSeed,
      scheduler,
      chaos,
      trace,
      watch: ledger,
      nameOf,
      watches: world.watchesTunnels,
      onGap,
      invoke: (name, input, report) => this.#invoke(name, input as { id: string; generation: number }, report),
    });
    this.#people = new People({
      random: this.#random,
      around: this.#around,
      plans: this.#plans,
      ledger,
      vendors: this.#vendors,
      tenants,
      wire: (invocation) => this.#wire(invocation),
    });
    trace.add("seed", () => {
      const { plans: _plans, ...rest } = world;
      return `${seed}: ${JSON.stringify(rest)}`;
    });
    for (const plan of world.plans) trace.add("plan", () => JSON.stringify(plan).replaceAll(secret, "******"));
  }

  async run(): Promise<ScheduleResult> {
    const world = this.#world;
    this.#people.begin(world);
    this.#sweepAgain();
    const faultsUntil = Number.isFinite(this.#chaos.until) ? this.#chaos.until : start;
    let limit = faultsUntil + restMilliseconds;
    const isOver = () => {
      if (this.#outcome || this.#gap || this.#scheduler.now > limit) return true;
      if (!this.#isAtRest()) this.#restlessAt = this.#scheduler.now;
      return this.#scheduler.now - this.#restlessAt > quietMilliseconds;
    };
    await this.#scheduler.run(isOver);
    const healable = this.#outcome || this.#gap || !this.#chaos.isOver ? [] : this.#ledger.healable();
    // Twice: the first finds out that what was accepted is gone, the second makes it anew.
    for (let time = 1; time <= 2 && healable.length > 0; time += 1) {
      for (const id of this.#ledger.healable()) this.#people.change("redrive", id);
      // The sweeper may have all but stopped coming.
      this.#sweepAgain();
      limit = this.#scheduler.now + restMilliseconds;
      await this.#scheduler.run(isOver);
    }
    if (this.#gap) throw this.#gap.error;
    if (!this.#outcome) this.#ledger.requireHealed(healable);
    if (!this.#outcome) this.#ledger.finish(this.#isCalm() ? world.provisioningSeconds + world.listLag : undefined);
    const endings: Record<string, number> = {};
    for (const { status } of this.#ledger.rows.values()) endings[status] = (endings[status] ?? 0) + 1;
    return {
      seed: this.#options.seed,
      ...this.#outcome,
      trace: this.#trace.lines,
      world,
      tape: this.#chaos.tape,
      endings,
      troubles: this.#ledger.troubles,
      passages: this.#ledger.passages,
      rows: [...this.#ledger.rows.values()],
      longestHold: this.#ledger.turns.longestHold,
      mostCreates: this.#ledger.sends.mostInOneRun,
      steps: this.#scheduler.steps,
    };
  }

  /** Whether nothing went wrong at all. */
  #isCalm(): boolean {
    const { intervention, outage, tableDown, acts, indexLag, hangs, watchesTunnels } = this.#world;
    const isDisturbed = (intervention ?? outage ?? tableDown ?? hangs ?? acts[0]) !== undefined;
    // Of many, some wait for the functions' shares.
    const areFew = this.#plans.size <= 4;
    return this.#chaos.tape.length === 0 && !isDisturbed && indexLag === 0 && !watchesTunnels && areFew;
  }

  /** What it is called on the tape: by the place of its request's plan, and how often there was such a one. */
  #nameOf(what: string, subject: string): string {
    const place = [...this.#plans.keys()].indexOf(subject);
    const name = place < 0 ? what : `${what} r${place + 1}`;
    const count = (this.#names.get(name) ?? 0) + 1;
    this.#names.set(name, count);
    return `${name}#${count}`;
  }

  #isOutOfReach(id: string): boolean {
    const { outage } = this.#world;
    const row = this.#ledger.rows.get(id);
    const seconds = (this.#scheduler.now - start) / 1000;
    return row !== undefined && outage !== undefined && meets(outage, row, seconds);
  }

  #isAtRest(): boolean {
    if (this.#people.areBusy || (Number.isFinite(this.#chaos.until) && !this.#chaos.isOver)) return false;
    for (const row of this.#ledger.rows.values()) if (row.open || !isFinal(row.status)) return false;
    return true;
  }

  #violated(violation: Violation): void {
    const { only } = this.#options;
    if (this.#outcome || (only && !only.includes(violation.invariant))) return;
    this.#outcome = { violation };
    this.#trace.add("VIOLATION", () => violation.message);
  }

  #wire(invocation: Invocation) {
    return wire(
      {
        scheduler: this.#scheduler,
        chaos: this.#chaos,
        ledger: this.#ledger,
        table: this.#table,
        vendors: this.#vendors,
        tenants: this.#tenants,
        stepFunctions: this.#stepFunctions,
        hasVersions: this.#world.hasVersions,
      },
      invocation,
    );
  }

  /** One invocation of a step by Step Functions. */
  #invoke(name: string, input: { id: string; generation: number }, report: (result: TaskResult) => void): Invocation {
    const onLoss = (loss: Loss) => {
      if (loss === "timed out") return report({ error: "Sandbox.Timedout" });
      // Step Functions hears of a crash at once, or only when it has waited long enough.
      if (invocation.pace.chance(0.6)) {
        this.#scheduler.after(invocation.pace.integer(0, 3000), () => report({ error: "Lambda.Unknown" }));
      }
    };
    const life = (secondsOf(name) * this.#assumptions.functionLife) / assumed.functionLife;
    const invocation = new Invocation(this.#around, { what: name, ...input }, life, onLoss);
    const slow = this.#chaos.strike("slow", invocation, "cold start", (random) => ({
      there: random.integer(0, 4000),
      back: 0,
    }));
    this.#scheduler.after(invocation.pace.integer(2, 40) + (slow?.there ?? 0), () => {
      if (!invocation.alive) return;
      const { step } = this.#wire(invocation);
      step(name, input).then(
        (output) => {
          if (!invocation.alive) return;
          this.#ledger.noteReturned(invocation);
          invocation.end();
          report({ output: output ?? null });
        },
        (error: unknown) => {
          if (!invocation.alive) return;
          this.#ledger.noteThrown(invocation, error);
          invocation.say(() => `throws ${String(error)}`);
          invocation.end();
          report({ error: error instanceof Error ? error.name : "Error" });
        },
      );
    });
    return invocation;
  }

  /**
   * The sweeper comes on its schedule, and while faults last at any other moment, too. Once all have ended, it only waits
   * for times that are far away: then it comes less and less often.
   */
  #sweepAgain(pause = sweepMilliseconds): void {
    const often = !this.#chaos.isOver && this.#random.chance(0.3);
    this.#scheduler.after(often ? this.#random.integer(1000, 60_000) : pause, () => {
      this.#sweep();
      this.#sweepAgain(this.#haveAllEnded() ? pause * 2 : sweepMilliseconds);
    });
  }

  #haveAllEnded(): boolean {
    if (this.#people.areBusy || !this.#chaos.isOver) return false;
    for (const row of this.#ledger.rows.values()) if (!isFinal(row.status)) return false;
    return true;
  }

  #sweep(): void {
    this.#ledger.records.requireProgress(this.#chaos.until);
    const invocation = new Invocation(
      this.#around,
      { what: "sweep", id: "" },
      functionTimeouts["Sweep"] ?? 0,
      () => undefined,
    );
    // A start of the local stack looks at everything, the schedule at what has been quiet.
    const everything = !this.#chaos.isOver && this.#random.chance(0.3);
    const { sweep } = this.#wire(invocation);
    sweep(everything ? undefined : new Date(this.#scheduler.now)).then(
      () => invocation.end(),
      (error: unknown) => {
        if (invocation.alive) this.#ledger.noteSweepThrown(invocation, error);
        invocation.end();
      },
    );
  }
}
