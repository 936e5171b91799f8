import measure from "fast-string-truncated-width";

/** Columns that the text takes on a terminal, where Chinese characters take two. */
export const widthOf = (text: string): number => measure(text).width;

/** The text in so many columns at most, with an ellipsis for what is left out. */
export function cut(text: string, columns: number): string {
  return widthOf(text) <= columns ? text : `${text.slice(0, toEnd(text, columns - 1))}…`;
}

/** Where what fits into so many columns ends, in whole characters: a surrogate, an accent or half a flag is none. */
function toEnd(text: string, columns: number): number {
  if (/^[ -~]*$/.test(text)) return Math.max(columns, 0);
  let room = columns;
  for (const { segment, index } of new Intl.Segmenter().segment(text)) {
    room -= widthOf(segment);
    if (room < 0) return index;
  }
  return text.length;
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
  const parts: string[] = [];
  for (let rest = word; parts.length === 0 || rest !== "";) {
    const end = toEnd(rest, columns) || rest.length;
    parts.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return parts;
}
