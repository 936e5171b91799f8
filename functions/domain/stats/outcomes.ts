import type { RequestErrorCode } from "../errors.ts";
import { type OutcomeStatus, outcomeStatuses } from "../record/status.ts";
import type { ProviderName } from "../values.ts";
import { type Bucket, emptyBucket, sumBuckets } from "./bucket.ts";
import { quantile } from "./histogram.ts";

export type Ended = Record<OutcomeStatus, number>;

/** How runs ended: with success among those that were not canceled, as a share. */
export interface Outcomes {
  ended: Ended;
  successRate?: number;
  /** Half of them, and 95 of 100, took no longer; the queue included. */
  secondsToSuccess?: { p50: number; p95: number };
}

/** How often a code ended requests at a vendor. */
export interface ErrorCount {
  code: RequestErrorCode;
  provider: ProviderName;
  count: number;
}

export interface Cell {
  status: OutcomeStatus;
  provider: ProviderName;
  region: string;
  code: RequestErrorCode | "";
  count: number;
}

export function toCells({ counts }: Bucket): Cell[] {
  return Object.entries(counts).map(([name, count]) => {
    const [status, provider, region = "", code = ""] = name.split("#");
    return { status, provider, region, code, count } as Cell;
  });
}

export function toCellName({ status, provider, region, code }: Cell): string {
  return [status, provider, region, code].join("#");
}

/** Of all, or of a provider. */
export function toOutcomes(bucket: Bucket, provider?: ProviderName): Outcomes {
  const isHere = (theirs: { provider: string }) => provider === undefined || theirs.provider === provider;
  const cells = toCells(bucket).filter(isHere);
  const count = (status: OutcomeStatus) =>
    cells.reduce((sum, cell) => sum + (cell.status === status ? cell.count : 0), 0);
  const ended = Object.fromEntries(outcomeStatuses.map((status) => [status, count(status)])) as Ended;
  const tried = totalOf(ended) - ended.canceled;
  const histograms = Object.entries(bucket.seconds).flatMap(([place, histogram]) => {
    const [theirs = ""] = place.split("#");
    return isHere({ provider: theirs }) ? [histogram] : [];
  });
  const seconds = sumBuckets(histograms.map((histogram) => ({ ...emptyBucket, seconds: { all: histogram } }))).seconds;
  const [p50, p95] = [0.5, 0.95].map((share) => quantile(seconds["all"] ?? {}, share));
  return {
    ended,
    ...(tried > 0 ? { successRate: Math.round((ended.succeeded / tried) * 10_000) / 10_000 } : {}),
    ...(p50 !== undefined && p95 !== undefined ? { secondsToSuccess: { p50, p95 } } : {}),
  };
}

export function totalOf(ended: Ended): number {
  return outcomeStatuses.reduce((sum, status) => sum + ended[status], 0);
}

export function toErrors(cells: readonly Cell[]): ErrorCount[] {
  const counts = new Map<string, ErrorCount>();
  for (const { code, provider, count } of cells) {
    if (code === "") continue;
    const known = counts.get(`${code}#${provider}`);
    counts.set(`${code}#${provider}`, { code, provider, count: count + (known?.count ?? 0) });
  }
  return [...counts.values()].toSorted((a, b) => b.count - a.count);
}
