/** A stretch of time in which nothing happened, drawn shorter than it was. */
export interface Gap {
  /** In parts of the whole, 0 to 1. */
  left: number;
  width: number;
  seconds: number;
}

export interface TimeScale {
  /** Where a time (milliseconds) is drawn, 0 to 1. */
  at: (time: number) => number;
  gaps: readonly Gap[];
}

/**
 * Draws the times, in milliseconds, in proportion, but for stretches between two of them that are longer than `longest`:
 * ten times as long is drawn as one more of it. A day of waiting leaves room for the seconds of work.
 */
export function createTimeScale(times: readonly number[], longest: number): TimeScale {
  const sorted = [...new Set(times)].toSorted((a, b) => a - b);
  const first = sorted[0] ?? 0;
  const stretches = sorted.slice(1).map((until, index) => {
    const from = sorted[index] ?? first;
    const length = until - from;
    const isShortened = length > longest;
    return { from, until, isShortened, drawn: isShortened ? longest * (1 + Math.log10(length / longest)) : length };
  });
  const whole = stretches.reduce((sum, { drawn }) => sum + drawn, 0) || 1;
  let left = 0;
  const placed = stretches.map((stretch) => {
    const place = { ...stretch, left: left / whole, width: stretch.drawn / whole };
    left += stretch.drawn;
    return place;
  });
  return {
    at(time) {
      if (time <= first) return 0;
      const here = placed.find(({ until }) => time <= until);
      return here ? here.left + (here.width * (time - here.from)) / (here.until - here.from) : 1;
    },
    gaps: placed.flatMap(({ isShortened, from, until, left: at, width }) =>
      isShortened ? { left: at, width, seconds: (until - from) / 1000 } : [],
    ),
  };
}
