export type Counts = Readonly<Record<string, number>>;
export type Combine = (a: number, b: number) => number;

export const add: Combine = (a, b) => a + b;

/** What all have together, each name once; in one pass, because what is in one of hundreds need not be in another. */
export function merge(all: readonly Counts[], combine: Combine): Counts {
  const merged = new Map<string, number>();
  for (const [name, count] of all.flatMap((counts) => Object.entries(counts)))
    merged.set(name, combine(merged.get(name) ?? 0, count));
  return Object.fromEntries(merged);
}

export function totalOf(counts: Counts): number {
  return Object.values(counts).reduce(add, 0);
}
