import type { Clock, Sleep } from "./clock.ts";
import { DomainError } from "./errors.ts";
import { type QuotaName, quotaLimits } from "./limits.ts";
import type { Log } from "./log.ts";

/** What one subject may have at once over all processes, or in a time: so many places, each for `seconds`. */
export interface Quota {
  name: string;
  /** Whose it is, such as a tenant's name. */
  subject: string;
  max: number;
  /** Of what is under way, the longest it can be: the place of a process that was killed is free after it. Of a rate, its window. */
  seconds: number;
  /** Places of a rate are not given back. */
  rate?: boolean;
}

/** A place that was taken, by the end of its time (epoch milliseconds); or none, and whole seconds until there may be one. */
export type Place = { taken: true; until: number } | { taken: false; retryAfterSeconds: number };

/** The places that are not free, by the ends of their times (epoch milliseconds): what the port keeps. */
export interface Places {
  held: readonly number[];
  /** Those whose work went badly: they stay taken for it. */
  kept: readonly number[];
}

/** Quotas by single-item conditional writes, so that they hold across processes. Accepting a request asks for none. */
export interface Quotas {
  take(quota: Quota): Promise<Place>;
  /** Whether there is no place now; takes none. */
  isFull(quota: Quota): Promise<boolean>;
  /** Gives a place back before its time, and with it those that were kept: things are well again. */
  giveBack(quota: Quota, until: number): Promise<void>;
  /** Keeps a place for so many seconds from now, instead of giving it back. */
  keep(quota: Quota, until: number, seconds: number): Promise<void>;
}

/** What is under way ends sooner than it can, as a rule: ask again after so many seconds. */
const usualSeconds = 2;

/** The places with one more taken; or none, and when to ask again. */
export function takePlace(
  { held, kept }: Places,
  { max, seconds, rate = false }: Quota,
  now: number,
): { place: Place; places?: Places } {
  const live = { held: held.filter((until) => until > now), kept: kept.filter((until) => until > now) };
  const ends = [...live.held, ...live.kept];
  if (ends.length >= max) {
    const first = Math.ceil((Math.min(...ends) - now) / 1000);
    const sooner = live.held.length > 0 && !rate ? usualSeconds : Infinity;
    return { place: { taken: false, retryAfterSeconds: Math.min(first, sooner) } };
  }
  const until = now + seconds * 1000;
  return { place: { taken: true, until }, places: { ...live, held: [...live.held, until] } };
}

export function giveBackPlace({ held }: Places, until: number): Places {
  return { held: without(held, until), kept: [] };
}

export function keepPlace({ held, kept }: Places, until: number, keptUntil: number): Places {
  return { held: without(held, until), kept: [...kept, keptUntil] };
}

/** Places that end at the same time are alike; one whose time is over is there no more. */
function without(held: readonly number[], until: number): number[] {
  const index = held.indexOf(until);
  return held.filter((_, at) => at !== index);
}

/** A quota by its name in `limits.ts`. */
export const toQuota = (name: QuotaName, subject: string): Quota => ({ name, subject, ...quotaLimits[name] });

/** The subject of what each key has for itself. */
export const keySubject = ({ tenant, keyId }: { tenant: string; keyId: string }): string => `${tenant}#${keyId}`;

export interface QuotaDeps {
  quotas: Quotas;
  log: Log;
}

/** Counts one of a rate. Throws `rate_limited`. */
export async function takeRate({ quotas }: Pick<QuotaDeps, "quotas">, name: QuotaName, subject: string): Promise<void> {
  const quota = toQuota(name, subject);
  const place = await quotas.take(quota);
  if (!place.taken) throw toRefusal({ quota, ...place });
}

export interface PatienceDeps extends QuotaDeps {
  clock: Clock;
  sleep: Sleep;
}

/** So often a place is asked for again. */
const pauseMilliseconds = 250;

/** Does something while it has a place in each quota. Throws `rate_limited`, after so many seconds without one. */
export async function withinQuotas<Value>(
  deps: PatienceDeps,
  wanted: readonly Quota[],
  { waitSeconds, signal }: { waitSeconds: number; signal: AbortSignal },
  work: () => Promise<Value>,
): Promise<Value> {
  const until = deps.clock.now().getTime() + waitSeconds * 1000;
  let taken = await takePlaces(deps, wanted);
  while ("quota" in taken) {
    if (deps.clock.now().getTime() >= until) throw toRefusal(taken);
    await deps.sleep(pauseMilliseconds, signal);
    taken = await takePlaces(deps, wanted);
  }
  try {
    return await work();
  } finally {
    await releasePlaces(deps, taken.held);
  }
}

export interface HeldPlace {
  quota: Quota;
  until: number;
  /** Set when the place is kept instead of given back. */
  keptSeconds?: number;
}

/** What there was no place in. */
export interface NoPlace {
  quota: Quota;
  retryAfterSeconds: number;
}

/** Takes a place in each quota, in this order, or in none. */
export async function takePlaces(
  deps: QuotaDeps,
  wanted: readonly Quota[],
): Promise<{ held: readonly HeldPlace[] } | NoPlace> {
  const held: HeldPlace[] = [];
  for (const quota of wanted) {
    const place = await deps.quotas.take(quota);
    if (!place.taken) {
      await releasePlaces(deps, held);
      return { quota, retryAfterSeconds: place.retryAfterSeconds };
    }
    held.push({ quota, until: place.until });
  }
  return { held };
}

/** A place that cannot be given back is free after its time; what was done meanwhile stands. */
export async function releasePlaces({ quotas, log }: QuotaDeps, held: readonly HeldPlace[]): Promise<void> {
  const released = held.map(({ quota, until, keptSeconds }) =>
    keptSeconds === undefined ? quotas.giveBack(quota, until) : quotas.keep(quota, until, keptSeconds),
  );
  for (const result of await Promise.allSettled(released)) {
    if (result.status === "fulfilled") continue;
    log("place_not_released", { error: result.reason instanceof Error ? result.reason.name : "unknown" });
  }
}

export function toRefusal({ quota, retryAfterSeconds }: NoPlace): DomainError {
  const { says } = quotaLimits[quota.name as QuotaName];
  return new DomainError("rate_limited", `${says}; send it again later`, [], retryAfterSeconds);
}
