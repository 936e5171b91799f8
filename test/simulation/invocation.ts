import type { Tenant } from "../../functions/domain/tenants/tenant.ts";
import type { Chaos } from "./chaos.ts";
import type { Scheduler } from "./scheduler.ts";
import type { Trace } from "./trace.ts";

/** Why a caller of the invocation hears nothing more from it, though it may not be over. */
export type Loss = "crashed" | "abandoned" | "timed out";

/** What an invocation runs in. */
export interface Surroundings {
  scheduler: Scheduler;
  chaos: Chaos;
  trace: Trace;
  /** Numbers the invocations of the schedule. */
  count: () => number;
  /** Hears whenever something goes wrong for a request. */
  onTrouble: (subject: string, kind: string) => void;
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
export class Invocation {
  readonly name: string;
  /** The request this is about. */
  readonly subject: string;
  /** When it last read the index of those that wait for a gateway. */
  lastQueueRead = 0;
  /** The tenant as it last read it. */
  lastTenant: Tenant | undefined;
  #alive = true;
  readonly #around: Surroundings;
  readonly #onLoss: (loss: Loss) => void;

  constructor(around: Surroundings, what: string, subject: string, seconds: number, onLoss: (loss: Loss) => void) {
    this.#around = around;
    this.#onLoss = onLoss;
    this.subject = subject;
    this.name = `${what}#${around.count()}${subject ? ` ${subject.slice(0, 6)}` : ""}`;
    around.scheduler.after(seconds * 1000, () => this.lose("timed out"));
  }

  get alive(): boolean {
    return this.#alive;
  }

  say(what: () => string): void {
    this.#around.trace.add(this.name, what);
  }

  /** Something goes wrong here, on purpose. */
  suffer(kind: string, detail = ""): void {
    this.#around.onTrouble(this.subject, kind);
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

  /** Makes one call; every call is a chance to crash before it and after it. */
  call<Result>(
    label: string,
    { effectAfter = 0, answerAfter, effect, failure, onSent }: Reply<Result>,
  ): Promise<Result> {
    const { scheduler, chaos } = this.#around;
    return new Promise<Result>((resolve, reject) => {
      if (!this.#alive) return;
      if (chaos.strikes("crash")) {
        this.say(() => `is killed before ${label}`);
        return this.lose("crashed");
      }
      const diesAfter = chaos.strikes("crash");
      if (chaos.strikes("abandoned")) this.lose("abandoned");
      onSent?.();
      scheduler.after(effectAfter, () => {
        let result: { value: Result } | undefined;
        let thrown: unknown;
        try {
          if (effect) result = { value: effect() };
        } catch (error) {
          thrown = error;
        }
        const answer = () => {
          if (!this.#alive) return;
          if (failure) return reject(asError(failure()));
          if (result) return resolve(result.value);
          reject(asError(thrown));
        };
        if (!diesAfter) scheduler.after(answerAfter, answer);
      });
      if (!diesAfter) return;
      // The process dies at some moment of the call; the effect comes when it comes.
      scheduler.after(chaos.random.integer(0, Math.round(effectAfter + answerAfter)), () => {
        this.say(() => `is killed during ${label}`);
        this.lose("crashed");
      });
    });
  }
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error("nothing was thrown");
}

/** An error of this name, as an SDK or a platform throws it. */
export function named(name: string, message = name): Error {
  return Object.assign(new Error(message), { name });
}
