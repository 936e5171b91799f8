import { groupBy } from "../group-by.ts";
import type { EndedRun } from "./ended-run.ts";
import { addDuration, type Histogram } from "./histogram.ts";
import { add, type Combine, merge, totalOf } from "./merge.ts";

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
export function hourOf(time: string): string {
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
  const note = (histograms: Bucket["seconds"], duration: number | undefined) =>
    duration === undefined ? histograms : { ...histograms, [place]: addDuration(histograms[place] ?? {}, duration) };
  return {
    counts: { ...counts, [cell]: (counts[cell] ?? 0) + 1 },
    seconds: note(seconds, run.seconds),
    workSeconds: note(workSeconds, run.workSeconds),
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

function mergeBuckets(buckets: readonly Bucket[], combine: Combine): Bucket {
  return {
    counts: merge(
      buckets.map(({ counts }) => counts),
      combine,
    ),
    seconds: mergePlaces(
      buckets.map(({ seconds }) => seconds),
      combine,
    ),
    workSeconds: mergePlaces(
      buckets.map(({ workSeconds }) => workSeconds),
      combine,
    ),
  };
}

function mergePlaces(all: readonly Bucket["seconds"][], combine: Combine): Bucket["seconds"] {
  const places = groupBy(
    all.flatMap((histograms) => Object.entries(histograms)),
    ([place]) => place,
  );
  return Object.fromEntries(
    [...places].map(([place, those]) => [
      place,
      merge(
        those.map(([, histogram]) => histogram),
        combine,
      ),
    ]),
  );
}

export function sumBuckets(buckets: readonly Bucket[]): Bucket {
  return mergeBuckets(buckets, add);
}

/**
 * A count can be lost and is never doubled, so that the greater of two countings of an hour is right, cell by cell. The very
 * first one where nothing of the second is greater: cells only grow, so that equal totals are equal buckets.
 */
export function greaterOf(a: Bucket, b: Bucket): Bucket {
  const greater = mergeBuckets([a, b], Math.max);
  return sizeOf(greater) === sizeOf(a) ? a : greater;
}

function sizeOf({ counts, seconds, workSeconds }: Bucket): number {
  return [counts, ...Object.values(seconds), ...Object.values(workSeconds)].map(totalOf).reduce(add, 0);
}
