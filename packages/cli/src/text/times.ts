/** Seconds in a person's words: `45 s`, `12 min`, `3 h`, `5 d`. */
export function toSpan(seconds: number): string {
  if (seconds < 100) return `${Math.max(0, Math.round(seconds))} s`;
  if (seconds < 6000) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86_400)} d`;
}

const secondsBetween = (from: string, to: Date) => (to.getTime() - Date.parse(from)) / 1000;

/** How long ago, such as `12 min`. */
export const toAge = (at: string, now: Date): string => toSpan(secondsBetween(at, now));

/** A time with how far it is from now. */
export function toTime(at: string, now: Date): string {
  const seconds = secondsBetween(at, now);
  return `${at} (${seconds >= 0 ? `${toSpan(seconds)} ago` : `in ${toSpan(-seconds)}`})`;
}
