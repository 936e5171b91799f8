import type { Stats } from "@vpn-broker/client";

export type Bucket = Stats["series"][number];

/** A number that an axis can end at: 1, 2 or 5 of some power of ten, and no less than the given one. */
export function toNiceMax(value: number): number {
  if (value <= 1) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 2, 5, 10].find((factor) => factor * power >= value) ?? 10;
  return step * power;
}

/** Where each bucket begins and how wide it is, in parts of the whole. */
export function placeBuckets(series: readonly Pick<Bucket, "from">[]): { left: number; width: number }[] {
  const width = series.length === 0 ? 0 : 1 / series.length;
  return series.map((_, index) => ({ left: index * width, width }));
}

export interface Stack {
  kind: keyof Bucket["ended"];
  y: number;
  height: number;
}

/** The order in which outcomes stand on each other, from the bottom. */
export const outcomes = ["succeeded", "canceled", "failed", "unknown"] as const;

/** The parts of a bucket's bar, from the bottom, in parts of the axis; y is measured from the top. */
export function stack(ended: Bucket["ended"], max: number): Stack[] {
  let top = 1;
  return outcomes.flatMap((kind) => {
    const height = ended[kind] / max;
    top -= height;
    return height === 0 ? [] : { kind, y: top, height };
  });
}

/** Lines through the middles of the buckets that have a value; where one has none the line is broken. */
export function toLines(values: readonly (number | undefined)[], max: number): { x: number; y: number }[][] {
  const lines: { x: number; y: number }[][] = [];
  let isBroken = true;
  for (const [index, value] of values.entries()) {
    if (value === undefined) {
      isBroken = true;
      continue;
    }
    const point = { x: (index + 0.5) / values.length, y: 1 - value / max };
    if (isBroken) lines.push([point]);
    else lines.at(-1)?.push(point);
    isBroken = false;
  }
  return lines;
}

export const total = ({ succeeded, failed, canceled, unknown }: Bucket["ended"]): number =>
  succeeded + failed + canceled + unknown;
