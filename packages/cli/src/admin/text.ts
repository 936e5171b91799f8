import { toTable } from "../table.ts";

/** Texts come from many callers; what would steer a terminal is shown as its escape. */
export function plain(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (character) => {
    return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
  });
}

/** Rows under their headings; a sentence instead where there are none. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[], none: string): string {
  return rows.length === 0 ? none : toTable([headings, ...rows.map((row) => row.map(plain))]).trimEnd();
}

/** Names and values, one pair a line. */
export function facts(pairs: readonly (readonly [string, string])[]): string {
  return toTable(pairs.map(([name, value]) => [name, plain(value)])).trimEnd();
}
