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

export function addRun({ counts, seconds, workSeconds }: Bucket, run: EndedRun): Bucket {
  const { status, provider, region, errorCode = "" } = run;
  const cell = [status, provider, region, errorCode].join("#");
  const place = `${provider}#${region}`;
  const add = (histograms: Bucket["seconds"], duration: number | undefined) =>
    duration === undefined ? histograms : { ...histograms, [place]: addDuration(histograms[place] ?? {}, duration) };
  return {
    counts: { ...counts, [cell]: (counts[cell] ?? 0) + 1 },
    seconds: add(seconds, run.seconds),
    workSeconds: add(workSeconds, run.workSeconds),
  };
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

export function sumBuckets(buckets: readonly Bucket[]): Bucket {
  return buckets.reduce((sum, bucket) => combineBuckets(sum, bucket, (a, b) => a + b), emptyBucket);
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
