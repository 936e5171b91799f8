import type { Random } from "./random.ts";
import type { Scheduler } from "./scheduler.ts";
import type { VendorFault } from "./vendor-faults.ts";

/** There is nothing more to say of it. */
type Plain = Record<string, never>;

/** Everything that can go wrong, as data: what happens, and by how much. Times are in milliseconds. */
export interface Faults {
  /** An invocation dies before a call, or that long after sending it. */
  crash: { when: "before" } | { when: "during"; after: number };
  /** Step Functions gives an invocation up that goes on all the same. */
  abandoned: Plain;
  /** A process stands still before a call leaves, or before it goes on with the answer. */
  stall: { when: "before" | "after"; for: number };
  /** A call takes longer on its way there, and back. */
  slow: { there: number; back: number };
  table: { how: "before" | "throttled" | "after" | "repeated" } | { how: "late"; after: number };
  workflows: { how: "before" | "after" | "repeated" } | { how: "late"; after: number };
  /** A sealed key cannot be opened now. */
  key: Plain;
  /** The vendor's credentials cannot be read: now, or because they are not there, or for a mistake of the broker's own. */
  credentials: { how: "out of reach" | "absent" | "broken" };
  tenant: Plain;
  read: VendorFault;
  create: VendorFault;
  /** A step's function is throttled before it runs. */
  throttled: Plain;
  /** A step's answer does not reach Step Functions. */
  lost: Plain;
  /** A step is invoked a second time, so much later. */
  twice: { after: number };
  /** An execution ends by itself so much later, with its invocations going on, or is forgotten together with them. */
  execution: { how: "aborted" | "forgotten"; after: number };
  webhook: Plain;
}
export type FaultKind = keyof Faults;
export const faultKinds = [
  "crash",
  "abandoned",
  "stall",
  "slow",
  "table",
  "workflows",
  "key",
  "credentials",
  "tenant",
  "read",
  "create",
  "throttled",
  "lost",
  "twice",
  "execution",
  "webhook",
] as const satisfies readonly FaultKind[];

/** How likely each kind is, per chance to. */
export type Weather = Record<FaultKind, number>;

export const calm = Object.fromEntries(faultKinds.map((kind) => [kind, 0])) as Weather;

/** One fault of a schedule, and the place where it happened: `Submit r1#2/5 CreateVpnConnection create`. */
export interface Strike {
  at: string;
  fault: Faults[FaultKind];
}
/** The faults of one schedule, in the order in which they came. */
export type Tape = readonly Strike[];

/** Where something can go wrong; the name is made only when it is needed. */
export interface Place {
  readonly place: (label: string) => string;
  /** Draws only what goes wrong here, so that a fault that is left out changes no other. */
  readonly luck: Random;
}

interface ChaosOptions {
  scheduler: Scheduler;
  weather: Weather;
  /** The share of faults at a vendor that come again. */
  sticky: number;
  /** Milliseconds from the start for which faults go on; Infinity = for ever. */
  until: number;
  /** Played in place of what would be drawn. */
  tape?: Tape | undefined;
  /** Beside the tape, chance has its say, too: a mutation of it. */
  more?: boolean | undefined;
}

/** The faults of one schedule: drawn as the weather is and written down, or played from a tape. */
export class Chaos {
  readonly weather: Weather;
  readonly tape: Strike[] = [];
  readonly #sticky: number;
  readonly #scheduler: Scheduler;
  readonly #until: number;
  readonly #played: ReadonlyMap<string, Strike["fault"]> | undefined;
  readonly #draws: boolean;
  /** What comes again, and how often, by kind and request. */
  readonly #sticking = new Map<string, { fault: Strike["fault"]; left: number }>();

  constructor({ scheduler, weather, sticky, until, tape, more = false }: ChaosOptions) {
    this.#scheduler = scheduler;
    this.weather = weather;
    this.#sticky = sticky;
    this.#until = scheduler.now + until;
    this.#played = tape && new Map(tape.map(({ at, fault }) => [at, fault]));
    this.#draws = tape === undefined || more;
  }

  get isOver(): boolean {
    return this.#scheduler.now >= this.#until;
  }

  get until(): number {
    return this.#until;
  }

  /**
   * What goes wrong here, if anything does, while faults last; `weight` makes it so much likelier. With `sticks`, a fault may
   * come again in the same form, often enough to lead to what is done about the third, or the twelfth, in a row.
   */
  strike<Kind extends FaultKind>(
    kind: Kind,
    place: Place,
    label: string,
    draw: (random: Random) => Faults[Kind],
    { sticks, weight = 1 }: { sticks?: string; weight?: number } = {},
  ): Faults[Kind] | undefined {
    if (this.isOver) return undefined;
    const at = () => `${place.place(label)} ${kind}`;
    const played = this.#played?.get(at()) as Faults[Kind] | undefined;
    const fault = played ?? this.#draw(kind, place.luck, draw, { sticks: sticks && `${kind} ${sticks}`, weight });
    if (fault) this.tape.push({ at: at(), fault });
    return fault;
  }

  #draw<Kind extends FaultKind>(
    kind: Kind,
    luck: Random,
    draw: (random: Random) => Faults[Kind],
    { sticks, weight }: { sticks: string | undefined; weight: number },
  ): Faults[Kind] | undefined {
    if (!this.#draws) return undefined;
    const again = sticks === undefined ? undefined : this.#sticking.get(sticks);
    if (again && again.left > 0) {
      again.left -= 1;
      return again.fault as Faults[Kind];
    }
    if (!luck.chance(this.weather[kind] * weight)) return undefined;
    const fault = draw(luck);
    if (sticks !== undefined && luck.chance(this.#sticky))
      this.#sticking.set(sticks, { fault, left: luck.pick(this.#sticky > 0.5 ? [1, 2, 4, 13, 60] : [1, 2, 4, 13]) });
    return fault;
  }
}

export const nothing = (): Plain => ({});
