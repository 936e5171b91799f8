import type { ProviderName } from "../../functions/domain/values.ts";
import type { Assumptions } from "./assumptions.ts";
import { calm, type Weather } from "./faults.ts";
import { drawGateways, drawNeighbours, drawPlans, type Gateway, type Plan, toPatient } from "./plans.ts";
import { Random, seedOf } from "./random.ts";
import { drawWeather, type WeatherName } from "./weathers.ts";

export const customerGateways = 6;

/** What an operator does to the tenant, and takes back. Times are in milliseconds after the start. */
export interface Intervention {
  what: "suspend" | "take a gateway" | "change credentials";
  at: number;
  /** Not at that time but when a create leaves. */
  atCreate?: true;
  /** Absent = never. */
  undoneAt?: number;
}

/** A gateway whose vendor nobody reaches for a while, or only those of some credentials. Times are in seconds. */
export interface Outage {
  gatewayId: string;
  from: number;
  until: number;
  /** Whether every other request is spared: its credentials are others. */
  isPartial: boolean;
}

/** What somebody else does at a vendor, in milliseconds after the start. */
export interface ForeignAct {
  at: number;
  what: "change the gateway" | "delete the gateway" | "delete the customer gateway" | "delete the connection";
  /** The place of the plan whose gateway or connection it is. */
  plan: number;
  /** How long the gateway is busy with it. */
  for: number;
}

/** Everything that the seed decides but the faults, as data. Times are in seconds where nothing else is said. */
export interface World {
  gateways: Gateway[];
  plans: Plan[];
  /** How long a vendor's job takes. */
  provisioningSeconds: number;
  /** How long faults go on; absent = for ever. */
  faultSeconds?: number;
  weather: Weather;
  /** The share of faults at a vendor that come again in the same form; absent = a fifth. */
  sticky?: number;
  /** By which a list of a vendor's may be behind. */
  listLag: number;
  /** Whether a vendor answers from several copies of its lists, of which one shows what another does not yet. */
  hasCopies: boolean;
  /** What the vendor compares a create with. */
  comparesWith: "all" | "shown" | "none";
  /** The form in which the vendor keeps names. */
  namesKept: "as sent" | "trimmed" | "capitals";
  /** Connections of others on each gateway: more than one page of a list, or none. */
  strangers: number;
  /** Milliseconds by which a read of an index may be behind. */
  indexLag: number;
  /** Whether a newer version of the code runs beside this one, which writes members that this one does not know. */
  hasVersions: boolean;
  /** Whether tunnels are followed after success, which changes no promise. */
  watchesTunnels: boolean;
  intervention?: Intervention;
  outage?: Outage;
  /** From when until when every command of the table fails. */
  tableDown?: readonly [from: number, until: number];
  acts: ForeignAct[];
  /** Reads that a vendor never answers, while faults last. */
  hangs?: { vendor: ProviderName; action: RegExp };
}

/** The share of worlds with jobs that take minutes, lists of several pages, and indexes that lag. */
const usual = { slowJobs: 0.1, manyStrangers: 0.02, lateIndexes: 0.2 };
/** Where several want the same, it is these that hide one from another. */
const crowded: typeof usual = { slowJobs: 0.5, manyStrangers: 0.05, lateIndexes: 0.5 };

/** Seconds of faults, where each comes again and again. */
const longFaults: Partial<Record<WeatherName, readonly number[]>> = {
  obstinate: [400, 1200, 3600, 3600],
  neighbours: [100, 400, 1200],
};

export function drawWorld(seed: number, name: WeatherName, { listLag, functionLife }: Assumptions): World {
  const random = new Random(seedOf(seed, "world"));
  const people = name === "people" ? 3 : 1;
  const isCalm = name === "calm";
  const isObstinate = name === "obstinate";
  const areNeighbours = name === "neighbours";
  const shares = areNeighbours ? crowded : usual;
  const gateways = drawGateways(random).slice(0, areNeighbours ? 1 : 3);
  const drawn = areNeighbours ? drawNeighbours(random, gateways) : drawPlans(random, gateways, people);
  const plans = isObstinate ? drawn.slice(0, random.pick([1, 1, 1, 3])).map((plan) => toPatient(plan, random)) : drawn;
  const weather = drawWeather(random, name);
  const long = longFaults[name];
  const faultSeconds = long ? random.pick(long) : random.integer(30, random.pick([100, 150, 300, 900]));
  const downFrom = random.integer(0, 120);
  return {
    gateways,
    plans,
    provisioningSeconds: random.chance(shares.slowJobs) ? random.integer(60, 400) : random.integer(1, 60),
    faultSeconds,
    weather,
    ...(long ? { sticky: 0.7 } : {}),
    listLag: random.chance(0.4) ? 0 : random.pick([listLag, random.integer(1, listLag)]),
    hasCopies: random.chance(0.3),
    comparesWith: random.pick(["all", "shown", "none"]),
    namesKept: random.pick(["as sent", "trimmed", "capitals"] as const),
    strangers: random.chance(shares.manyStrangers) ? 130 : random.pick([0, 0, 0, 2]),
    indexLag: !isCalm && random.chance(shares.lateIndexes) ? random.integer(1, 4000) : 0,
    hasVersions: random.chance(0.1),
    watchesTunnels: random.chance(0.03),
    ...(!isCalm && random.chance(0.12 * people) ? { intervention: drawIntervention(random) } : {}),
    ...(!isCalm && random.chance(0.12) ? { outage: drawOutage(random, gateways) } : {}),
    ...(!isCalm && random.chance(0.08)
      ? { tableDown: [downFrom, downFrom + random.pick([10, functionLife * 2, 240])] as const }
      : {}),
    acts: !isCalm && random.chance(0.15 * people) ? drawActs(random, plans) : [],
  };
}

/** A world in which nothing goes wrong but what is said. */
export function calmWorld(world: Pick<World, "gateways" | "plans"> & Partial<World>): World {
  const orderly = { listLag: 0, hasCopies: false, comparesWith: "all", namesKept: "as sent", indexLag: 0 } as const;
  const quiet = {
    weather: calm,
    strangers: 0,
    watchesTunnels: false,
    hasVersions: false,
    acts: [],
    provisioningSeconds: 30,
    faultSeconds: 30,
  };
  return { ...orderly, ...quiet, ...world };
}

function drawIntervention(random: Random): Intervention {
  const at = random.integer(0, random.pick([5000, 60_000, 300_000]));
  return {
    what: random.pick(["suspend", "take a gateway", "change credentials"] as const),
    at,
    ...(random.chance(0.3) ? { atCreate: true as const } : {}),
    ...(random.chance(0.5) ? { undoneAt: at + random.integer(1000, 200_000) } : {}),
  };
}

function drawOutage(random: Random, gateways: readonly Gateway[]): Outage {
  const from = random.integer(0, 90);
  const until = from + random.pick([20, 90, 400]);
  return { gatewayId: random.pick(gateways).id, from, until, isPartial: random.chance(0.5) };
}

const foreign = [
  "change the gateway",
  "change the gateway",
  "delete the connection",
  "delete the connection",
  "delete the gateway",
  "delete the customer gateway",
] as const;

function drawActs(random: Random, plans: readonly Plan[]): ForeignAct[] {
  return Array.from({ length: random.integer(1, 3) }, () => ({
    at: random.integer(0, random.pick([10_000, 120_000])),
    what: random.pick(foreign),
    plan: random.integer(0, plans.length - 1),
    for: random.integer(1, random.pick([60, 600])) * 1000,
  }));
}

/** Whether a gateway is out of reach for this request. */
export function meets(outage: Outage, about: { id: string; gateway: string }, seconds: number): boolean {
  const { gatewayId, from, until, isPartial } = outage;
  if (seconds < from || seconds >= until || !about.gateway.endsWith(`#${gatewayId}`)) return false;
  return !isPartial || about.id.charCodeAt(0) % 2 === 0;
}
