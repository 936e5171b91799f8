import type { RequestErrorCode } from "../errors.ts";
import { type OutcomeStatus, outcomeStatuses } from "../record/status.ts";
import type { ProviderName } from "../values.ts";
import type { Bucket } from "./bucket.ts";
import { type Histogram, quantile } from "./histogram.ts";
import { add, merge, totalOf } from "./merge.ts";

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

export function toCells({ counts }: Pick<Bucket, "counts">): Cell[] {
  return Object.entries(counts).map(([name, count]) => {
    const [status, provider, region = "", code = ""] = name.split("#");
    return { status, provider, region, code, count } as Cell;
  });
}

/** Of these cells, and of the times to success of the same runs. */
export function toOutcomes(cells: readonly Cell[], histograms: readonly Histogram[]): Outcomes {
  const count = (status: OutcomeStatus) => countOf(cells.filter((cell) => cell.status === status));
  const ended = Object.fromEntries(outcomeStatuses.map((status) => [status, count(status)])) as Ended;
  const tried = totalOf(ended) - ended.canceled;
  const seconds = merge(histograms, add);
  const [p50, p95] = [0.5, 0.95].map((share) => quantile(seconds, share));
  return {
    ended,
    ...(tried > 0 ? { successRate: Math.round((ended.succeeded / tried) * 10_000) / 10_000 } : {}),
    ...(p50 !== undefined && p95 !== undefined ? { secondsToSuccess: { p50, p95 } } : {}),
  };
}

export function countOf(cells: readonly Cell[]): number {
  return cells.reduce((sum, { count }) => sum + count, 0);
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
