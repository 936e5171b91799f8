import type { CreateRequest } from "../../functions/domain/request/create-request.ts";
import type { ProviderName } from "../../functions/domain/values.ts";
import type { Assumptions } from "./assumptions.ts";
import { calm, type Weather } from "./faults.ts";
import { Random, seedOf } from "./random.ts";
import { drawWeather, type WeatherName } from "./weathers.ts";

/** What must never be written down. */
export const secret = "MARKERpskMARKER";
export const customerGateways = 6;

export interface Gateway {
  provider: ProviderName;
  id: string;
}

/** What one caller wants, and how it goes about it. Times are in milliseconds after the start. */
export interface Plan {
  request: CreateRequest & { clientToken: string };
  /** When each copy of the POST is sent. */
  posts: number[];
  cancels?: number[];
  /** When somebody sends another request under its token; absent = nobody does. */
  otherAt?: number;
  /** Whether whoever cancels or redrives names the revision that it saw last. */
  namesRevision?: boolean;
  /** How often it has a failed or unknown one run again. */
  redrives: number;
  /** When it asks for that whatever has become of the request. */
  redriveAt?: number;
}

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

function drawGateways(random: Random): Gateway[] {
  return Array.from({ length: random.pick([1, 1, 2, 3]) }, (_, index) => {
    const provider = random.pick(["alibaba", "tencent"] as const);
    return { provider, id: `${provider === "alibaba" ? "vpn" : "vpngw"}-${index + 1}` };
  });
}

function drawPlans(random: Random, gateways: readonly Gateway[], people: number): Plan[] {
  const requests: Plan["request"][] = [];
  const count = random.pick([1, 1, 1, 2, 2, 2, 2, 3]);
  const window = random.pick([200, 20_000, 120_000]);
  return Array.from({ length: count }, (_, index) => {
    const request = drawRequest(random, gateways, requests, index + 1);
    requests.push(request);
    const postAt = random.integer(0, window);
    const copies = random.chance(0.25) ? random.integer(2, 3) : 1;
    const cancels = random.chance(0.15 * people) ? random.integer(1, people) : 0;
    return {
      request,
      posts: Array.from({ length: copies }, () => postAt + random.integer(0, 300)),
      cancels: Array.from({ length: cancels }, () => postAt + random.integer(0, random.pick([2000, 90_000]))),
      redrives: random.pick([0, 1, 1, people + 1]),
      ...(random.chance(0.05) ? { otherAt: postAt + random.integer(100, 60_000) } : {}),
      ...(random.chance(0.3) ? { namesRevision: true } : {}),
      ...(random.chance(0.1 * people) ? { redriveAt: postAt + random.integer(0, 600_000) } : {}),
    };
  });
}

/** Several requests on one gateway that want the same, or nearly the same, soon after each other or long after. */
function drawNeighbours(random: Random, gateways: readonly Gateway[]): Plan[] {
  const first = drawRequest(random, gateways, [], 1);
  const window = random.pick([2000, 60_000, 300_000]);
  const count = random.pick([2, 2, 3]);
  return Array.from({ length: count }, (_, index) => {
    const postAt = random.integer(0, window);
    const request = { ...drawRequest(random, gateways, [first], index + 1), ...drawLikeness(random, first) };
    return {
      request: {
        ...request,
        allowDuplicate: random.chance(0.15),
        timeoutSeconds: random.pick([60, 120, 300, 900]),
        queueTimeoutSeconds: 900,
      },
      posts: [postAt, ...(random.chance(0.3) ? [postAt + random.integer(0, 200_000)] : [])],
      redrives: random.pick([0, 1, 2]),
    };
  });
}

/** In what a request is like another: in everything, or in all but one thing. */
function drawLikeness(
  random: Random,
  { tunnels, routing }: Plan["request"],
): Pick<Plan["request"], "tunnels" | "routing"> {
  const policy = (change: { localCidrs?: string[]; remoteCidrs?: string[] }) =>
    routing.mode === "policy" ? { ...routing, ...change } : routing;
  switch (random.integer(1, 8)) {
    case 1:
      return { routing, tunnels: tunnels.map((tunnel) => ({ ...tunnel, customerGatewayId: "cgw-5" })) };
    case 2:
      return { tunnels, routing: policy({ localCidrs: ["10.77.0.0/16"] }) };
    case 3:
      return { tunnels, routing: policy({ remoteCidrs: ["172.17.0.0/16"] }) };
    case 4:
      return { tunnels, routing: policy({ remoteCidrs: ["172.16.0.0/16"] }) };
    default:
      return { tunnels, routing };
  }
}

/** With time enough for whatever comes a dozen times in a row. */
function toPatient(plan: Plan, random: Random): Plan {
  const timeoutSeconds = random.pick([120, 900, 3600, 3600]);
  const redrives = random.pick([0, 1, 3]);
  return { ...plan, redrives, request: { ...plan.request, timeoutSeconds, queueTimeoutSeconds: 3600 } };
}

function drawRequest(
  random: Random,
  gateways: readonly Gateway[],
  earlier: readonly Plan["request"][],
  number: number,
): Plan["request"] {
  const twin = earlier.length > 0 && random.chance(0.4) ? random.pick(earlier) : undefined;
  const { provider, id } = random.pick(gateways);
  const outline = twin ?? {
    provider,
    region: provider === "alibaba" ? "cn-shanghai" : "ap-shanghai",
    vpnGatewayId: id,
    ...(provider === "tencent" ? { vpcId: "vpc-demo" } : {}),
    routing: random.chance(0.5)
      ? ({ mode: "route" } as const)
      : { mode: "policy" as const, localCidrs: [`10.${number}.1.0/24`], remoteCidrs: [`172.16.${number}.0/24`] },
    tunnels: [{ customerGatewayId: `cgw-${number}`, ...drawKey(random, number), ...drawTunnel(random, provider) }],
    negotiation: random.pick(["immediate", "on-traffic"] as const),
  };
  return {
    ...outline,
    // Not in the form that a vendor that normalizes names keeps.
    name: `re\u0301seau  ${number}`,
    clientToken: `token-${number}-${random.integer(0, 1e9)}`,
    allowDuplicate: random.chance(0.4),
    timeoutSeconds: random.pick([60, 120, 300, 900, 1800]),
    queueTimeoutSeconds: random.pick([60, 300, 900, 3600]),
    ...(random.chance(0.35) ? { callback: { url: "https://hooks.example.com/vpn" } } : {}),
  };
}

/** Without one the broker makes it, and keeps it for its owner for a day. */
function drawKey(random: Random, number: number) {
  return random.chance(0.93) ? { preSharedKey: `${secret}${number}` } : {};
}

type Tunnel = Plan["request"]["tunnels"][number];

function drawTunnel(random: Random, provider: ProviderName): Partial<Tunnel> {
  if (random.chance(0.4)) return {};
  return {
    ike: {
      encryption: random.pick(["aes128", "aes256"]),
      lifetimeSeconds: random.pick([3600, 28_800, 86_400]),
      ...(random.chance(0.3) ? { localId: "203.0.113.9", remoteId: "198.51.100.77" } : {}),
    },
    ipsec: {
      encryption: random.pick(["aes128", "aes256"]),
      lifetimeSeconds: random.pick([3600, 7200]),
      pfsGroup: random.pick([14, "none"]),
    },
    ...(provider === "tencent"
      ? { dpd: { enabled: true, timeoutSeconds: random.pick([30, 60]), action: "clear" } }
      : {}),
    ...(provider === "alibaba" ? { natTraversal: random.chance(0.5) } : {}),
  };
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

/** Whether two want the same connection: between the same gateways, for networks of which some are the same. */
export function wantSame(one: Plan["request"], other: Plan["request"]): boolean {
  return one.tunnels[0]?.customerGatewayId === other.tunnels[0]?.customerGatewayId && mayCollide(one, other);
}

/** Whether a vendor may refuse one for the other: on the same gateway, for networks of which some are the same. */
export function mayCollide(one: Plan["request"], other: Plan["request"]): boolean {
  const [ours, theirs] = [networksOf(one), networksOf(other)];
  const isOnSame = one.vpnGatewayId === other.vpnGatewayId;
  return isOnSame && meet(ours.local, theirs.local) && meet(ours.remote, theirs.remote);
}

function networksOf({ routing }: Plan["request"]): { local: readonly string[]; remote: readonly string[] } {
  if (routing.mode !== "policy") return { local: ["0.0.0.0/0"], remote: ["0.0.0.0/0"] };
  return { local: routing.localCidrs ?? [], remote: routing.remoteCidrs ?? [] };
}

/** Of two networks that share an address, the bits of one begin with those of the other. */
function meet(some: readonly string[], others: readonly string[]): boolean {
  const [ours, theirs] = [some.map(toBits), others.map(toBits)];
  return ours.some((one) => theirs.some((other) => one.startsWith(other) || other.startsWith(one)));
}

function toBits(network: string): string {
  const [address = "", length] = network.split("/");
  const bits = address.split(".").map((byte) => Number(byte).toString(2).padStart(8, "0"));
  return bits.join("").slice(0, Number(length));
}

/** Whether a gateway is out of reach for this request. */
export function meets(outage: Outage, about: { id: string; gateway: string }, seconds: number): boolean {
  const { gatewayId, from, until, isPartial } = outage;
  if (seconds < from || seconds >= until || !about.gateway.endsWith(`#${gatewayId}`)) return false;
  return !isPartial || about.id.charCodeAt(0) % 2 === 0;
}
