import measure from "fast-string-truncated-width";

/** Columns that the text takes on a terminal, where Chinese characters take two. */
export const widthOf = (text: string): number => measure(text).width;

/** The text in so many columns at most, with an ellipsis for what is left out. */
export function cut(text: string, columns: number): string {
  const { index, ellipsed } = measure(text, { limit: Math.max(columns, 1), ellipsis: "…", ellipsisWidth: 1 });
  return ellipsed ? `${text.slice(0, index)}…` : text;
}

export const pad = (text: string, columns: number): string => text + " ".repeat(Math.max(0, columns - widthOf(text)));

/** The text in lines of so many columns, broken between words, and within one where it has to be. */
export function wrap(text: string, columns: number): string[] {
  if (columns === Infinity) return [text];
  const lines = [""];
  for (const word of text.split(" ")) {
    const line = lines.at(-1) ?? "";
    const longer = line === "" ? word : `${line} ${word}`;
    if (widthOf(longer) <= columns) lines.splice(-1, 1, longer);
    else lines.splice(line === "" ? -1 : lines.length, 1, ...breakWord(word, columns));
  }
  return lines;
}

function breakWord(word: string, columns: number): string[] {
  const { index, truncated } = measure(word, { limit: columns });
  return truncated && index > 0 ? [word.slice(0, index), ...breakWord(word.slice(index), columns)] : [word];
}
