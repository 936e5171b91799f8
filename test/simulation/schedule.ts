import { DomainError } from "../../functions/domain/errors.ts";
import { functionSeconds, sweepSeconds } from "../../functions/domain/limits.ts";
import { toConnectionId } from "../../functions/domain/record/ids.ts";
import { isFinal } from "../../functions/domain/record/status.ts";
import type { ProviderName } from "../../functions/domain/values.ts";
import { Chaos, type Weather } from "./chaos.ts";
import { owner, secondsOf, tenant, wire } from "./functions.ts";
import type { TaskResult } from "./interpreter.ts";
import { Invocation, type Loss, type Surroundings } from "./invocation.ts";
import { Ledger, type Row } from "./ledger.ts";
import { Random } from "./random.ts";
import { drawOutage, meets, type Outage } from "./reach.ts";
import { customerGateways, drawGateways, drawPlans, type Gateway, type Plan, secret } from "./requests.ts";
import type { Safeguard } from "./safeguards.ts";
import { Scheduler } from "./scheduler.ts";
import { StepFunctions } from "./step-functions.ts";
import { Table } from "./table.ts";
import { drawIntervention, type Intervention, Tenants } from "./tenants.ts";
import { Trace } from "./trace.ts";
import { Vendors } from "./vendor.ts";
import { type Invariant, type Violation } from "./violation.ts";

/** What the seed does not decide. Times are in seconds after the start. */
export interface Scenario {
  gateways: Gateway[];
  plans: Plan[];
  provisioningSeconds: number;
  /** How long faults go on. */
  faultSeconds: number;
  /** What a vendor does not answer while faults last. */
  hangs?: (vendor: ProviderName, action: string) => boolean;
  /** A gateway out of reach. */
  outage?: Outage;
  /** From when until when every command of the table fails. */
  tableDown?: readonly [from: number, until: number];
}

export interface ScheduleOptions {
  seed: number;
  /** Keeps the trace. */
  trace?: boolean;
  /** A safeguard to do without. */
  off?: Safeguard;
  /** Makes some faults as likely as this. */
  weather?: Partial<Weather>;
  /** Played in place of what the seed draws. */
  scenario?: Scenario;
  /** The only promises to watch; absent = all. */
  only?: readonly Invariant[];
}

export interface ScheduleResult {
  seed: number;
  violation?: Violation;
  trace: string[];
  /** How many requests ended how. */
  endings: Record<string, number>;
  /** How often each kind of fault came. */
  troubles: Record<string, number>;
  /** What became of each record. */
  rows: Row[];
  /** The longest that a turn was held before it was given back, in milliseconds. */
  longestHold: number;
  /** Events of virtual time. */
  steps: number;
}

const start = Date.parse("2026-01-01T00:00:00.000Z");
const sweepMilliseconds = sweepSeconds * 1000;
/** After this long without anything left to do, nothing can be under way any more. */
const quietMilliseconds = 200_000;
/** After the faults are over, everything has to come to rest within this. */
const restMilliseconds = 12 * 3_600_000;

/** Plays one schedule. The same options give the same result, event by event. */
export async function runSchedule(options: ScheduleOptions): Promise<ScheduleResult> {
  return new Play(options).run();
}

/** One schedule: the callers, the sweeper and the faults, over the whole of the real code. */
class Play {
  readonly #options: ScheduleOptions;
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
  readonly #plans: Map<string, Plan>;
  readonly #outage: Outage | undefined;
  /** What callers still have in mind. */
  #pending = 0;
  #restlessAt = start;
  #outcome: { violation: Violation } | undefined;
  #gap: { error: unknown } | undefined;

  constructor(options: ScheduleOptions) {
    const { seed, trace: keep = false, off, scenario } = options;
    this.#options = options;
    this.#random = new Random(seed);
    const random = this.#random;
    this.#scheduler = new Scheduler(random, start);
    const scheduler = this.#scheduler;
    this.#trace = new Trace(keep, () => scheduler.now);
    const trace = this.#trace;
    this.#chaos = new Chaos(random, scheduler, options.weather, scenario?.faultSeconds);
    const chaos = this.#chaos;
    const gateways = scenario?.gateways ?? drawGateways(random);
    const indexLag = random.chance(0.2) ? random.integer(1, 4000) : 0;
    const onGap = (error: unknown) => void (this.#gap ??= { error });
    let invocations = 0;
    this.#tenants = new Tenants({ scheduler, chaos, gateways }, owner);
    const tenants = this.#tenants;

    this.#ledger = new Ledger({
      now: () => scheduler.now,
      indexLags: indexLag > 0,
      requireTurn: off !== "turn",
      tenantLately: () => tenants.lately,
      secret,
      onViolation: (violation) => this.#violated(violation),
      onEnded: (row) => this.#ended(row),
    });
    const ledger = this.#ledger;
    this.#around = {
      scheduler,
      chaos,
      trace,
      count: () => (invocations += 1),
      onTrouble: (id, kind) => ledger.noteTrouble(id, kind),
    };
    const [downFrom, downUntil] = scenario?.tableDown ?? [0, 0];
    this.#table = new Table({
      scheduler,
      isDown: () => scheduler.now >= start + downFrom * 1000 && scheduler.now < start + downUntil * 1000,
      chaos,
      indexLag,
      onGap,
      onWrite: (item, previous, writer) => ledger.noteWrite(item, previous, writer),
    });
    this.#vendors = new Vendors({
      scheduler,
      chaos,
      ledger,
      gateways,
      customerGateways,
      provisioningSeconds: scenario?.provisioningSeconds,
      hangs: scenario?.hangs ?? (() => false),
      isOutOfReach: (id) => this.#isOutOfReach(id),
    });
    ledger.watch((name) => this.#vendors.named(name));
    this.#stepFunctions = new StepFunctions({
      scheduler,
      chaos,
      trace,
      ledger,
      watches: random.chance(0.05),
      onGap,
      invoke: (name, input, report) => this.#invoke(name, input as { id: string; generation: number }, report),
    });
    const plans = scenario?.plans ?? drawPlans(random, gateways);
    this.#outage = scenario ? scenario.outage : drawOutage(random, gateways);
    this.#plans = new Map(plans.map((plan) => [toConnectionId(tenant, plan.request.clientToken), plan]));
    for (const [id, { request, posts, cancelAt = "never", redrives }] of this.#plans) {
      trace.add(`plan ${id.slice(0, 6)}`, () => {
        const facts = { posts, cancelAt, redrives };
        const { preSharedKey: _key, ...tunnel } = request.tunnels[0] ?? {};
        return JSON.stringify({ ...facts, ...request, tunnels: [tunnel] });
      });
      const alike = plans.filter((other) => other.request.tunnels === request.tunnels);
      if (alike.length > 1) ledger.permitRefusal(id);
    }
    trace.add(
      "seed",
      () => `${seed}: ${JSON.stringify({ weather: chaos.weather, until: chaos.until - start, indexLag })}`,
    );
  }

  async run(): Promise<ScheduleResult> {
    const intervention = this.#options.scenario ? undefined : drawIntervention(this.#random);
    if (intervention) this.#intervene(intervention);
    for (const [id, plan] of this.#plans) this.#act(id, plan);
    if (this.#options.off !== "sweeper") this.#sweepAgain();
    const limit = this.#chaos.until + restMilliseconds;
    await this.#scheduler.run(() => {
      if (this.#outcome || this.#gap || this.#scheduler.now > limit) return true;
      if (!this.#isAtRest()) this.#restlessAt = this.#scheduler.now;
      return this.#scheduler.now - this.#restlessAt > quietMilliseconds;
    });
    if (this.#gap) throw this.#gap.error;
    if (!this.#outcome) this.#ledger.finish();
    const endings: Record<string, number> = {};
    for (const { status } of this.#ledger.rows.values()) endings[status] = (endings[status] ?? 0) + 1;
    return {
      seed: this.#options.seed,
      ...this.#outcome,
      trace: this.#trace.lines,
      endings,
      troubles: this.#ledger.troubles,
      rows: [...this.#ledger.rows.values()],
      longestHold: this.#ledger.longestHold,
      steps: this.#scheduler.steps,
    };
  }

  #isOutOfReach(id: string): boolean {
    const row = this.#ledger.rows.get(id);
    const seconds = (this.#scheduler.now - start) / 1000;
    return row !== undefined && this.#outage !== undefined && meets(this.#outage, row, seconds);
  }

  #isAtRest(): boolean {
    if (this.#pending > 0 || !this.#chaos.isOver) return false;
    for (const row of this.#ledger.rows.values()) if (row.open || !isFinal(row.status)) return false;
    return true;
  }

  #violated(violation: Violation): void {
    const { only } = this.#options;
    if (this.#outcome || (only && !only.includes(violation.invariant))) return;
    this.#outcome = { violation };
    this.#trace.add("VIOLATION", () => violation.message);
  }

  #wire(invocation: Invocation, run?: { id: string; generation: number }) {
    return wire(
      {
        scheduler: this.#scheduler,
        chaos: this.#chaos,
        ledger: this.#ledger,
        table: this.#table,
        vendors: this.#vendors,
        tenants: this.#tenants,
        stepFunctions: this.#stepFunctions,
        off: this.#options.off,
      },
      invocation,
      run,
    );
  }

  /** One invocation of a step by Step Functions. */
  #invoke(name: string, input: { id: string; generation: number }, report: (result: TaskResult) => void): Invocation {
    const onLoss = (loss: Loss) => {
      if (loss === "timed out") return report({ error: "Sandbox.Timedout" });
      // Step Functions hears of a crash at once, or only when it has waited long enough.
      if (this.#random.chance(0.6)) {
        this.#scheduler.after(this.#random.integer(0, 3000), () => report({ error: "Lambda.Unknown" }));
      }
    };
    const invocation = new Invocation(this.#around, name, input.id, secondsOf(name), onLoss);
    const coldStart = this.#chaos.strikes("slow") ? this.#random.integer(0, 4000) : this.#random.integer(2, 40);
    this.#scheduler.after(coldStart, () => {
      if (!invocation.alive) return;
      const { step } = this.#wire(invocation, input);
      step(name, input).then(
        (output) => {
          if (!invocation.alive) return;
          invocation.end();
          report({ output: output ?? null });
        },
        (error: unknown) => {
          if (!invocation.alive) return;
          this.#ledger.noteThrown(invocation.name, error);
          invocation.say(() => `throws ${String(error)}`);
          invocation.end();
          report({ error: error instanceof Error ? error.name : "Error" });
        },
      );
    });
    return invocation;
  }

  /** One HTTP request of a caller; `done` hears whether it was answered. */
  #ask(what: string, id: string, act: (ports: ReturnType<typeof wire>) => Promise<void>, done: (ok: boolean) => void) {
    let told = false;
    const tell = (ok: boolean) => {
      if (told) return;
      told = true;
      done(ok);
    };
    const onLoss = () => this.#scheduler.after(this.#random.integer(0, 5000), () => tell(false));
    const invocation = new Invocation(this.#around, what, id, functionSeconds.api, onLoss);
    act(this.#wire(invocation)).then(
      () => {
        if (!invocation.alive) return;
        invocation.end();
        tell(true);
      },
      (error: unknown) => {
        if (!invocation.alive) return;
        this.#ledger.noteThrown(invocation.name, error);
        invocation.say(() => `is refused: ${String(error)}`);
        invocation.end();
        tell(error instanceof DomainError);
      },
    );
  }

  /** An operator takes something away from the tenant, and perhaps gives it back. */
  #intervene(intervention: Intervention): void {
    const { what, at, undoneAt } = intervention;
    this.#later(at, () => {
      this.#tenants.intervene(intervention);
      this.#ledger.noteIntervention(what);
      this.#trace.add("operator", () => what);
    });
    if (undoneAt === undefined) return;
    this.#later(undoneAt, () => {
      this.#tenants.undo();
      this.#trace.add("operator", () => "takes it back");
    });
  }

  #later(milliseconds: number, run: () => void): void {
    this.#pending += 1;
    this.#scheduler.after(milliseconds, () => {
      this.#pending -= 1;
      run();
    });
  }

  #act(id: string, plan: Plan): void {
    for (const at of plan.posts) this.#later(at, () => this.#post(id, plan));
    if (plan.cancelAt !== undefined) this.#later(plan.cancelAt, () => this.#cancel(id));
  }

  /** A caller sends its POST until somebody answers. */
  #post(id: string, plan: Plan): void {
    this.#pending += 1;
    this.#ask(
      "POST",
      id,
      async ({ accept }) => {
        const { record, replayed } = await accept(plan.request);
        this.#ledger.noteAccepted(record.id, replayed);
      },
      (ok) => {
        this.#pending -= 1;
        if (!ok) this.#later(this.#random.integer(100, 10_000), () => this.#post(id, plan));
      },
    );
  }

  #cancel(id: string): void {
    this.#pending += 1;
    this.#ask(
      "cancel",
      id,
      async ({ cancel }) => void (await cancel(id)),
      () => (this.#pending -= 1),
    );
  }

  /** A person looks at what ended badly, and may have it run again. */
  #ended({ id, status }: Row): void {
    const plan = this.#plans.get(id);
    if (!plan || plan.redrives === 0 || (status !== "failed" && status !== "unknown")) return;
    plan.redrives -= 1;
    const pause = this.#random.chance(0.5) ? this.#random.integer(0, 3000) : this.#random.integer(0, 400_000);
    const copies = this.#random.chance(0.2) ? 2 : 1;
    for (let copy = 0; copy < copies; copy += 1) {
      this.#later(pause + this.#random.integer(0, 50), () => {
        this.#pending += 1;
        this.#ask(
          "redrive",
          id,
          async ({ redrive }) => void (await redrive(id)),
          () => (this.#pending -= 1),
        );
      });
    }
  }

  /** The sweeper comes on its schedule, and while faults last at any other moment, too. */
  #sweepAgain(): void {
    const often = !this.#chaos.isOver && this.#random.chance(0.5);
    this.#scheduler.after(often ? this.#random.integer(1000, 60_000) : sweepMilliseconds, () => {
      this.#sweep();
      this.#sweepAgain();
    });
  }

  #sweep(): void {
    this.#ledger.requireProgress(this.#chaos.until);
    const invocation = new Invocation(this.#around, "sweep", "", functionSeconds.sweep, () => undefined);
    // A start of the local stack looks at everything, the schedule at what has been quiet.
    const everything = !this.#chaos.isOver && this.#random.chance(0.3);
    const { sweep } = this.#wire(invocation);
    sweep(everything ? undefined : new Date(this.#scheduler.now)).then(
      () => invocation.end(),
      (error: unknown) => {
        if (invocation.alive) this.#ledger.noteThrown(invocation.name, error);
        invocation.end();
      },
    );
  }
}
