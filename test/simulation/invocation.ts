import type { Tenant } from "../../functions/domain/tenants/tenant.ts";
import type { Assumptions } from "./assumptions.ts";
import type { Item } from "./expressions.ts";
import { type Chaos, type Faults, nothing, type Place } from "./faults.ts";
import { Random, seedOf } from "./random.ts";
import type { Scheduler } from "./scheduler.ts";
import type { Trace } from "./trace.ts";

/** Why a caller of the invocation hears nothing more from it, though it may not be over. */
export type Loss = "crashed" | "abandoned" | "timed out";

/** One call that an invocation made; `at` is when it began, before any stall. */
export interface Call {
  label: string;
  at: number;
  /** Whether it was answered as it should be; absent = not yet, or not so. */
  isGood?: true;
  /** What it was answered with in place of that, where that has a code. */
  code?: string;
}

/** What an invocation runs in. */
export interface Surroundings {
  seed: number;
  /** That faults are drawn with; another one than `seed` where a tape is played and more is drawn. */
  luckSeed: number;
  scheduler: Scheduler;
  chaos: Chaos;
  trace: Trace;
  assumptions: Assumptions;
  /** A short name that does not depend on what else is in the schedule, and how often such an invocation was there. */
  nameOf: (what: string, subject: string) => string;
  /** Hears whenever something goes wrong for a request, and in which step of it. */
  onTrouble: (invocation: Invocation, kind: string) => void;
}

/** How the far side of a call answers: at a time of its own, whether or not anybody still listens. */
export interface Reply<Result> {
  /** Milliseconds until the effect, if there is one. */
  effectAfter?: number;
  /** Milliseconds from the effect to the answer. */
  answerAfter: number;
  /** Runs at the far side; its answer, or what it throws, is what the caller gets. */
  effect?: () => Result;
  /** Thrown in place of the answer. */
  failure?: () => unknown;
  /** Runs at the moment of sending. */
  onSent?: () => void;
}

/**
 * One run of a Lambda function, or of a caller's HTTP request. It can end at any of its calls: then its promise never
 * goes on, as a process that was killed never does, while what it has sent still arrives.
 */
export class Invocation implements Place {
  readonly name: string;
  readonly what: string;
  /** The request this is about. */
  readonly subject: string;
  readonly luck: Random;
  /** Draws how long things take. */
  readonly pace: Random;
  /** Milliseconds by which its clock is ahead. */
  readonly skew: number;
  /** When it last read the index of those that wait for a gateway. */
  lastQueueRead = 0;
  /** The tenant as it last read it. */
  lastTenant: Tenant | undefined;
  /** The generation of the run that it works for; absent = for none, as a caller's request or the sweeper. */
  readonly generation: number | undefined;
  /** The record of its request as it last read or wrote it, and as it first did. */
  seen: Item | undefined;
  firstSeen: Item | undefined;
  /** The revision that a caller has seen, and decides on; absent = whatever it is. */
  decidesOn: number | undefined;
  /** Whether its gateway was at work on something, as it last heard. */
  seesWork: boolean | undefined;
  /** Every call that it has begun. */
  readonly calls: Call[] = [];
  #alive = true;
  readonly #around: Surroundings;
  readonly #onLoss: (loss: Loss) => void;

  constructor(
    around: Surroundings,
    { what, id: subject, generation }: { what: string; id: string; generation?: number },
    seconds: number,
    onLoss: (loss: Loss) => void,
  ) {
    this.#around = around;
    this.#onLoss = onLoss;
    this.what = what;
    this.subject = subject;
    this.generation = generation;
    this.name = around.nameOf(what, subject);
    this.luck = new Random(seedOf(around.luckSeed, this.name));
    this.pace = new Random(seedOf(around.seed, this.name));
    const { clockSkew } = around.assumptions;
    this.skew = this.pace.integer(-clockSkew * 1000, clockSkew * 1000);
    around.scheduler.after(seconds * 1000, () => this.lose("timed out"));
  }

  get alive(): boolean {
    return this.#alive;
  }

  /** Names a place in it for the tape: the calls that it has made so far count. */
  readonly place = (label: string): string => `${this.name}/${this.calls.length} ${label}`;

  /** It has read this item, or written it. */
  see(item: Item): void {
    if (item["pk"]?.S !== this.subject) return;
    this.seen = item;
    this.firstSeen ??= item;
  }

  say(what: () => string): void {
    this.#around.trace.add(this.name, what);
  }

  /** Something goes wrong here, on purpose. */
  suffer(kind: string, detail = ""): void {
    this.#around.onTrouble(this, kind);
    this.say(() => `meets trouble: ${kind}${detail && `, ${detail}`}`);
  }

  /** Nothing that it waits for ever comes back. */
  end(): void {
    this.#alive = false;
  }

  lose(loss: Loss): void {
    if (!this.#alive) return;
    if (loss !== "abandoned") this.#alive = false;
    this.suffer(loss);
    this.#onLoss(loss);
  }

  /** Makes one call. Every call is a chance to die before and after it, and to stand still on either side. */
  call<Result>(label: string, reply: Reply<Result>): Promise<Result> {
    const { scheduler, chaos, assumptions } = this.#around;
    const made: Call = { label, at: scheduler.now };
    this.calls.push(made);
    return new Promise<Result>((done, fail) => {
      const resolve = (result: Result) => {
        made.isGood = true;
        done(result);
      };
      const reject = (error: Error) => {
        const { code } = error as { code?: unknown };
        if (typeof code === "string") made.code = code;
        fail(error);
      };
      if (!this.#alive) return;
      const crash = chaos.strike("crash", this, label, (random) =>
        random.chance(0.5) ? { when: "before" } : { when: "during", after: random.integer(0, 400) },
      );
      if (crash?.when === "before") {
        this.say(() => `is killed before ${label}`);
        return this.lose("crashed");
      }
      if (chaos.strike("abandoned", this, label, nothing)) this.lose("abandoned");
      const stall = chaos.strike("stall", this, label, (random) => drawStall(random, assumptions), {
        weight: label.startsWith("Create") ? 5 : 1,
      });
      if (stall) this.suffer(`stall ${stall.when}`, `${stall.for} ms at ${label}`);
      const send = () => this.#send(label, reply, { resolve, reject, stall, ...(crash ? { crash } : {}) });
      if (stall?.when !== "before") return send();
      scheduler.after(stall.for, () => {
        if (this.#alive) send();
      });
    });
  }

  #send<Result>(
    label: string,
    { effectAfter = 0, answerAfter, effect, failure, onSent }: Reply<Result>,
    {
      resolve,
      reject,
      stall,
      crash,
    }: {
      resolve: (result: Result) => void;
      reject: (error: Error) => void;
      stall: { when: string; for: number } | undefined;
      crash?: { after: number };
    },
  ): void {
    const { scheduler } = this.#around;
    onSent?.();
    const standsStill = stall?.when === "after" ? stall.for : 0;
    scheduler.after(effectAfter, () => {
      let result: { value: Result } | undefined;
      let thrown: unknown;
      try {
        if (effect) result = { value: effect() };
      } catch (error) {
        thrown = error;
      }
      if (crash) return;
      scheduler.after(answerAfter + standsStill, () => {
        if (!this.#alive) return;
        if (failure) return reject(asError(failure()));
        if (result) return resolve(result.value);
        reject(asError(thrown));
      });
    });
    if (!crash) return;
    // The process dies at some moment of the call; the effect comes when it comes.
    scheduler.after(crash.after, () => {
      this.say(() => `is killed during ${label}`);
      this.lose("crashed");
    });
  }
}

/** Most of a process's life, or little of it. Nothing is more dangerous than right before a create leaves. */
function drawStall(random: Random, { pauseBeforeSending, functionLife }: Assumptions): Faults["stall"] {
  const when = random.pick(["before", "after"] as const);
  const most = (when === "before" ? pauseBeforeSending : functionLife) * 1000;
  const least = random.pick([1, 1, most / 2, most * 0.8]);
  return { when, for: random.integer(least, random.pick([least + 1000, most, most])) };
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error("nothing was thrown");
}

/** An error of this name, as an SDK or a platform throws it. */
export function named(name: string, message = name): Error {
  return Object.assign(new Error(message), { name });
}
