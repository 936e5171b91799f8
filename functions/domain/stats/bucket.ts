import { groupBy } from "../group-by.ts";
import type { EndedRun } from "./ended-run.ts";
import { addDuration, type Histogram } from "./histogram.ts";

/** Runs that ended within an hour, of one tenant or of all. */
export interface Bucket {
  /** By `<status>#<provider>#<region>#<error code, or nothing>`. */
  counts: Readonly<Record<string, number>>;
  /** Seconds to success, by `<provider>#<region>`; the queue included, and from the gateway's turn on. */
  seconds: Readonly<Record<string, Histogram>>;
  workSeconds: Readonly<Record<string, Histogram>>;
}

/** A bucket is one item of 400 KB at most, and a caller can name any region: those beyond so many are counted as one. */
const mostPlaces = 100;
const otherRegion = "other";

export const emptyBucket: Bucket = { counts: {}, seconds: {}, workSeconds: {} };

/** The hour that a time (RFC 3339) is in: `2026-11-26T20`. */
function hourOf(time: string): string {
  return time.slice(0, 13);
}

/** The beginning of an hour. */
export function startOfHour(hour: string): Date {
  return new Date(`${hour}:00:00.000Z`);
}

/** The hours from the one that the first time is in to the one that the second is in, oldest first. */
export function hoursBetween(from: Date, to: Date): string[] {
  const hours: string[] = [];
  const last = hourOf(to.toISOString());
  for (let at = from.getTime(); hourOf(new Date(at).toISOString()) <= last; at += 3_600_000)
    hours.push(hourOf(new Date(at).toISOString()));
  return hours;
}

export function addRun(bucket: Bucket, run: EndedRun): Bucket {
  const { counts, seconds, workSeconds } = bucket;
  const { status, errorCode = "" } = run;
  const place = placeIn(bucket, run);
  const cell = [status, place, errorCode].join("#");
  const add = (histograms: Bucket["seconds"], duration: number | undefined) =>
    duration === undefined ? histograms : { ...histograms, [place]: addDuration(histograms[place] ?? {}, duration) };
  return {
    counts: { ...counts, [cell]: (counts[cell] ?? 0) + 1 },
    seconds: add(seconds, run.seconds),
    workSeconds: add(workSeconds, run.workSeconds),
  };
}

function placeIn({ counts }: Bucket, { provider, region }: EndedRun): string {
  const place = `${provider}#${region}`;
  const places = new Set(Object.keys(counts).map((cell) => cell.split("#").slice(1, 3).join("#")));
  return places.has(place) || places.size < mostPlaces ? place : `${provider}#${otherRegion}`;
}

/** Whether regions are counted as one in it: which of them depends on the order of counting. */
export function isFull({ counts }: Bucket): boolean {
  return Object.keys(counts).some((cell) => cell.split("#")[2] === otherRegion);
}

type Combine = (a: number, b: number) => number;

function combine(a: Readonly<Record<string, number>>, b: Readonly<Record<string, number>>, how: Combine) {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return Object.fromEntries([...names].map((name) => [name, how(a[name] ?? 0, b[name] ?? 0)]));
}

function combineAll(a: Bucket["seconds"], b: Bucket["seconds"], how: Combine): Bucket["seconds"] {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return Object.fromEntries([...names].map((name) => [name, combine(a[name] ?? {}, b[name] ?? {}, how)]));
}

function combineBuckets(a: Bucket, b: Bucket, how: Combine): Bucket {
  return {
    counts: combine(a.counts, b.counts, how),
    seconds: combineAll(a.seconds, b.seconds, how),
    workSeconds: combineAll(a.workSeconds, b.workSeconds, how),
  };
}

/** In one pass: a window has hundreds of buckets, and what is in one of them need not be in another. */
export function sumBuckets(buckets: readonly Bucket[]): Bucket {
  return {
    counts: sum(buckets.map(({ counts }) => counts)),
    seconds: sumAll(buckets.map(({ seconds }) => seconds)),
    workSeconds: sumAll(buckets.map(({ workSeconds }) => workSeconds)),
  };
}

function sum(records: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const sums = new Map<string, number>();
  for (const [name, count] of records.flatMap((record) => Object.entries(record)))
    sums.set(name, (sums.get(name) ?? 0) + count);
  return Object.fromEntries(sums);
}

function sumAll(records: readonly Bucket["seconds"][]): Bucket["seconds"] {
  const places = groupBy(
    records.flatMap((record) => Object.entries(record)),
    ([place]) => place,
  );
  return Object.fromEntries([...places].map(([place, those]) => [place, sum(those.map(([, histogram]) => histogram))]));
}

/** A count can be lost and is never doubled, so that the greater of two countings of an hour is right, cell by cell. */
export function greaterOf(a: Bucket, b: Bucket): Bucket {
  return combineBuckets(a, b, Math.max);
}

export function isSame(a: Bucket, b: Bucket): boolean {
  const text = (bucket: Bucket) =>
    JSON.stringify(combineBuckets(emptyBucket, bucket, Math.max), (_, value: unknown) =>
      value !== null && typeof value === "object"
        ? Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)))
        : value,
    );
  return text(a) === text(b);
}
