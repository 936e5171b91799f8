import { UsageError } from "./failure.ts";

const unitSeconds = { s: 1, m: 60, h: 3600, d: 86_400 };

/** How long what is replaced may stay, and how soon a key may end: the broker's own bounds, in a person's words. */
export const graceBounds = { least: "0s", most: "7d" };
export const expiryBounds = { least: "1m", most: "3650d" };

/** The seconds of `30s`, `15m`, `24h` or `7d`. Throws `UsageError` with the option's name. */
export function toSeconds(text: string, option: string, bounds: { least: string; most: string }): number {
  const seconds = parse(text);
  if (seconds === undefined) throw new UsageError(`${option} must be a duration such as 30s, 15m, 24h or 7d`);
  const { least, most } = bounds;
  if (seconds >= (parse(least) ?? 0) && seconds <= (parse(most) ?? Infinity)) return seconds;
  throw new UsageError(`${option} must be from ${least} to ${most}`);
}

function parse(text: string): number | undefined {
  const [, amount, unit] = /^(\d{1,9})([smhd])$/.exec(text) ?? [];
  return amount && unit ? Number(amount) * unitSeconds[unit as keyof typeof unitSeconds] : undefined;
}
