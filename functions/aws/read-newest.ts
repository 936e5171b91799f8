import type { Question, Table } from "./table.ts";

/** Partitions of one index which together have everything that is asked for, each in order of time. */
export type Source = Pick<Question, "index" | "filter"> & {
  partitions: readonly string[];
  /** What stands before the place in the index's sort key. */
  prefix?: string;
};

export interface Span {
  from: string;
  to: string;
  /** The place that the page begins behind. */
  before?: string | undefined;
  limit: number;
}

export interface Row {
  pk: string;
  place: string;
}

export interface Newest {
  rows: Row[];
  /** Everything newer is among the rows; absent = there is nothing older. */
  next?: string;
}

/** Rows looked at per page and partition when the index drops some of them. */
const rowsPerFilteredPage = 1000;

/**
 * The newest rows of all partitions together, by one query each, and the place up to which was looked where there may be
 * more. Where one was not read to its end, nothing older than its last row is told yet. What goes from one to another while
 * they are read is in it once.
 */
export async function readNewest(
  table: Table,
  { index, partitions, filter, prefix = "" }: Source,
  { from, to, before, limit }: Span,
): Promise<Newest> {
  const bounds = { from: `${prefix}${from}`, to: `${prefix}${lowest(to, before)}`, newestFirst: true as const };
  const counted = filter ? { limit: rowsPerFilteredPage, filter } : { limit: limit + 1 };
  const answers = await Promise.all(
    partitions.map((partition) => table.query<Record<string, string>>({ index, partition, ...bounds, ...counted })),
  );
  const toRow = (row: Record<string, string>): Row => ({
    pk: row["pk"] ?? "",
    place: (row[index.sort] ?? "").slice(prefix.length),
  });
  const seenTo = answers
    .flatMap(({ last }) => (last ? toRow(last).place : []))
    .toSorted()
    .at(-1);
  const found = answers.flatMap((answer) => answer.rows.map(toRow));
  const rows = [...new Map(found.map((row) => [row.pk, row])).values()]
    .filter(({ place }) => place !== before && (seenTo === undefined || place >= seenTo))
    .toSorted((a, b) => (a.place < b.place ? 1 : -1));
  const next = rows.length > limit ? rows[limit - 1]?.place : seenTo;
  return { rows: rows.slice(0, limit), ...(next === undefined ? {} : { next }) };
}

function lowest(to: string, before: string | undefined): string {
  return before !== undefined && before < to ? before : to;
}
