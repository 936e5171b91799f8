import type { Counts } from "./merge.ts";

/** How many durations (seconds) fell into each step; steps grow by 8 %, so that what is read from them is within 4 %. */
export type Histogram = Counts;

const growth = Math.log(1.08);

const stepOf = (seconds: number) => (seconds <= 1 ? 0 : Math.ceil(Math.log(seconds) / growth));
/** The middle of a step. */
const secondsOf = (step: number) => (step === 0 ? 1 : Math.exp((step - 0.5) * growth));

export function addDuration(histogram: Histogram, seconds: number): Histogram {
  const step = stepOf(seconds);
  return { ...histogram, [step]: (histogram[step] ?? 0) + 1 };
}

/** The duration that this share of all stays below; undefined where there are none. */
export function quantile(histogram: Histogram, share: number): number | undefined {
  const steps = Object.entries(histogram)
    .map(([step, count]) => ({ seconds: secondsOf(Number(step)), count }))
    .toSorted((a, b) => a.seconds - b.seconds);
  const total = steps.reduce((sum, { count }) => sum + count, 0);
  let below = 0;
  const found = steps.find(({ count }) => (below += count) >= share * total);
  return found && Math.round(found.seconds * 10) / 10;
}
