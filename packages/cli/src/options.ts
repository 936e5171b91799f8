import { toSeconds } from "./duration.ts";
import { UsageError } from "./failure.ts";

/** For an option that may stand more than once. */
export const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

/** For an option that may stand more than once, each time with one of these, or several with commas between. */
export function collectOf<const Value extends string>(option: string, values: readonly Value[]) {
  const one = oneOf(option, values);
  return (value: string, before: readonly Value[] = []): readonly Value[] => [...before, ...value.split(",").map(one)];
}

/** For an option that takes one of these. */
export function oneOf<const Value extends string>(option: string, values: readonly Value[]) {
  return (value: string): Value => {
    const known = values.find((one) => one === value);
    if (known === undefined) throw new UsageError(`${option} must be one of ${values.join(", ")}`);
    return known;
  };
}

/** For an option that takes a whole number from 1. */
export const countOf = (option: string) => (text: string) => {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new UsageError(`${option} must be a whole number from 1`);
};

/** For an option that takes a duration such as `90s`: its seconds. */
export const secondsOf = (option: string) => (text: string) => toSeconds(text, option, { least: "1s", most: "30d" });

/** For an option that takes a time: RFC 3339, or a duration before now. */
export const timeOf = (option: string, now: () => Date) => (text: string) => {
  if (/^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/.test(text) && isDay(text.slice(0, 10))) {
    const at = new Date(text);
    if (!Number.isNaN(at.getTime())) return at.toISOString();
  }
  const seconds = toSeconds(text, `${option}, if it is no time such as 2026-11-20T08:00:00Z,`, {
    least: "1s",
    most: "3650d",
  });
  return new Date(now().getTime() - seconds * 1000).toISOString();
};

/** For an option that takes a port. */
export const portOf = (option: string) => (text: string) => {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new UsageError(`${option} must be a whole number from 0 to 65535`);
};

/** For an option that takes the window of statistics. */
export const windowOf = (option: string) => (text: string) => {
  if (/^[1-9]\d{0,3}[hd]$/.test(text)) return text;
  throw new UsageError(`${option} must be hours up to 720h, or days up to 30d`);
};

/** Whether the day is in the calendar: `Date` takes the 30th of February for the 2nd of March. */
const isDay = (day: string) => !Number.isNaN(Date.parse(day)) && new Date(day).toISOString().startsWith(day);
