import type { Random } from "./random.ts";
import type { Scheduler } from "./scheduler.ts";

/** How often each kind of thing goes wrong in one schedule: probabilities per chance to. */
export interface Weather {
  /** An invocation dies before or after a call. */
  crash: number;
  /** Step Functions gives an invocation up that goes on all the same. */
  abandoned: number;
  /** A step is invoked a second time, or its answer is lost. */
  repeated: number;
  /** DynamoDB, Step Functions or a webhook's receiver fails, before or after the effect. */
  aws: number;
  /** A read at the vendor fails. */
  vendorRead: number;
  /** A create at the vendor fails, before or after the effect. */
  vendorCreate: number;
  /** An execution ends by itself, or is forgotten. */
  execution: number;
  /** A call takes seconds instead of milliseconds. */
  slow: number;
}

export const calm: Weather = {
  crash: 0,
  abandoned: 0,
  repeated: 0,
  aws: 0,
  vendorRead: 0,
  vendorCreate: 0,
  execution: 0,
  slow: 0,
};

const intensities = [0.02, 0.05, 0.1, 0.2, 0.4];

function drawWeather(random: Random): Weather {
  if (random.chance(0.08)) return calm;
  const draw = (share: number, scale = 1) => (random.chance(share) ? random.pick(intensities) * scale : 0);
  return {
    crash: draw(0.5, 0.3),
    abandoned: draw(0.4, 0.15),
    repeated: draw(0.4, 0.7),
    aws: draw(0.5, 0.5),
    vendorRead: draw(0.5),
    vendorCreate: draw(0.8, 2.5),
    execution: draw(0.4, 0.5),
    slow: draw(0.6, 1.5),
  };
}

/** The faults of one schedule: what the weather is, until it clears up for good. */
export class Chaos {
  readonly random: Random;
  readonly weather: Weather;
  readonly #scheduler: Scheduler;
  readonly #until: number;

  /** `seconds` is how long faults go on; absent = as the seed has it. */
  constructor(random: Random, scheduler: Scheduler, weather: Partial<Weather> = {}, seconds?: number) {
    this.random = random;
    this.#scheduler = scheduler;
    this.weather = { ...drawWeather(random), ...weather };
    this.#until = scheduler.now + (seconds ?? random.integer(30, 500)) * 1000;
  }

  get isOver(): boolean {
    return this.#scheduler.now >= this.#until;
  }

  get until(): number {
    return this.#until;
  }

  /** Whether this very chance to go wrong is taken. */
  strikes(kind: keyof Weather): boolean {
    return !this.isOver && this.random.chance(this.weather[kind]);
  }
}
