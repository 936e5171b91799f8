import type { Look } from "./look.ts";
import { plain } from "./plain.ts";
import { cut, pad, widthOf, wrap } from "./width.ts";

export interface Column {
  heading: string;
  /** How far it may be cut for want of room; absent = not at all. */
  least?: number;
  /** Goes on in further lines instead. */
  wraps?: true;
  /** Colours a cell once it has its width. */
  paint?: (padded: string, row: number) => string;
}

export interface Fitted {
  columns: readonly Column[];
  widths: readonly number[];
  /** Headings of those there was no room for. */
  leftOut: readonly string[];
}

const gap = "  ";

/**
 * Columns in the room there is: the widest ones are cut, and if that does not do, the last ones left out. What matters most
 * stands first.
 */
export function fitColumns(columns: readonly Column[], rows: readonly (readonly string[])[], room: number): Fitted {
  const needed = columns.map(({ heading }, index) =>
    Math.max(widthOf(heading), ...rows.map((row) => widthOf(plain(row[index] ?? "")))),
  );
  for (let count = columns.length; ; count -= 1) {
    const widths = shrink(needed.slice(0, count), columns, room - gap.length * (count - 1));
    if (widths || count === 1) {
      const leftOut = columns.slice(count).map(({ heading }) => heading);
      return { columns: columns.slice(0, count), widths: widths ?? [room], leftOut };
    }
  }
}

function shrink(needed: readonly number[], columns: readonly Column[], room: number): number[] | undefined {
  const widths = [...needed];
  for (let excess = widths.reduce((sum, width) => sum + width, 0) - room; excess > 0; excess -= 1) {
    const cuttable = widths.map((width, index) => (width > (columns[index]?.least ?? Infinity) ? width : 0));
    const widest = Math.max(...cuttable);
    if (widest === 0) return undefined;
    widths[cuttable.indexOf(widest)] = widest - 1;
  }
  return widths;
}

/** Lines for rows that come after those that the columns were fitted to; `first` is the number of the first one. */
export function toLines(fitted: Fitted, rows: readonly (readonly string[])[], first = 0): string[] {
  return rows.flatMap((row, number) => toRowLines(fitted, row, first + number));
}

/** The lines above them, without a colour. */
export function toHeadings({ columns, ...fitted }: Fitted): string[] {
  const headings = columns.map(({ heading }) => heading);
  return toLines({ ...fitted, columns: headings.map((heading) => ({ heading })) }, [headings]);
}

function toRowLines({ columns, widths }: Fitted, row: readonly string[], number: number): string[] {
  const cells = columns.map(({ wraps }, index) => {
    const text = plain(row[index] ?? "");
    const width = widths[index] ?? 0;
    return wraps ? wrap(text, width) : [cut(text, width)];
  });
  const height = Math.max(...cells.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) =>
    columns
      .map(({ paint = (text) => text }, index) => paint(pad(cells[index]?.[line] ?? "", widths[index] ?? 0), number))
      .join(gap)
      .trimEnd(),
  );
}

/** Rows as tab-separated lines without headings, for a program. */
export function toTabs(rows: readonly (readonly string[])[]): string[] {
  return rows.map((row) => row.map(plain).join("\t"));
}

/** Rows under their headings on a terminal; tab-separated lines elsewhere. */
export function toTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  look: Pick<Look, "isTerminal" | "columns">,
): string {
  if (!look.isTerminal) return toTabs(rows).join("\n");
  const fitted = fitColumns(columns, rows, look.columns);
  const notes = toLeftOut(fitted).flatMap((line) => wrap(line, look.columns));
  return [...toHeadings(fitted), ...toLines(fitted, rows), ...notes].join("\n");
}

/** A line that names the columns there was no room for. */
export function toLeftOut({ leftOut }: Pick<Fitted, "leftOut">): string[] {
  return leftOut.length === 0 ? [] : [`(no room for: ${leftOut.join(", ")}; a pipe and --json have all)`];
}
