/** A plain text, which may look like Markdown, as Markdown that shows it as it is. */
export const plain = (text: string) => text.replaceAll(/[\\<*|[\]`]/g, String.raw`\$&`);

/** A text as code, also one with the marks in it that code begins and ends with. */
export function codeSpan(text: string): string {
  const runs = text.match(/`+/g) ?? [];
  const mark = "`".repeat(Math.max(0, ...runs.map((run) => run.length)) + 1);
  // One space at both ends is taken away again.
  const space = /^`|`$/.test(text) ? " " : "";
  return `${mark}${space}${text}${space}${mark}`;
}
