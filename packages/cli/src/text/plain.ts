/** What would steer a terminal, or reorder what is shown on it. */
const steering = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/** Texts come from many callers; what would steer a terminal is shown as its escape. */
export function plain(text: string): string {
  return text.replaceAll(steering, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

/** The same for text of several lines. */
export const plainLines = (text: string): string => text.split("\n").map(plain).join("\n");

/** JSON that steers no terminal either: JSON itself escapes only some of those characters. */
export function toJson(value: unknown, indent?: number, replace?: (name: string, value: unknown) => unknown): string {
  return JSON.stringify(value, replace, indent).replaceAll(steering, (character) =>
    character === "\n" ? character : character.replaceAll(/[^]/g, toEscape),
  );
}

const toEscape = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
