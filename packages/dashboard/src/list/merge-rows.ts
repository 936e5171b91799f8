import type { Connection, Status } from "@vpn-broker/client";

/** The rows that are read, and what has come since: it is held back, so that nothing moves under the reader's eyes. */
export interface Rows {
  shown: readonly Connection[];
  held: readonly Connection[];
  /** Where the rows after the shown ones begin; absent where there are none. */
  nextCursor: string | undefined;
}

/** Newest first, as the API has them. */
function compare(a: Connection, b: Connection): number {
  if (a.createdAt !== b.createdAt) return a.createdAt < b.createdAt ? 1 : -1;
  return a.id < b.id ? 1 : -1;
}

/** Of two states of a request the later one. */
const later = (known: Connection, seen: Connection | undefined) =>
  seen && seen.revision >= known.revision ? seen : known;

function unite(rows: readonly Connection[], others: readonly Connection[]): Connection[] {
  const all = new Map(rows.map((row) => [row.id, row]));
  for (const row of others) all.set(row.id, later(row, all.get(row.id)));
  return [...all.values()].toSorted(compare);
}

/** What was asked anew: rows stay where they are and show how they are now; others are held back. */
export function renewRows(rows: Rows, fresh: readonly Connection[]): Rows {
  const seen = new Map(fresh.map((row) => [row.id, row]));
  const isShown = new Set(rows.shown.map(({ id }) => id));
  return {
    ...rows,
    shown: rows.shown.map((row) => later(row, seen.get(row.id))),
    held: unite(
      rows.held,
      fresh.filter(({ id }) => !isShown.has(id)),
    ),
  };
}

/** What was held back goes where it belongs, and what does not belong any more goes. */
export function releaseRows({ shown, held, nextCursor }: Rows, statuses: readonly Status[] | undefined): Rows {
  return { shown: unite(shown, held).filter((row) => matches(row, statuses)), held: [], nextCursor };
}

/** The page that follows the shown rows. */
export function appendRows(rows: Rows, page: readonly Connection[], nextCursor: string | undefined): Rows {
  return { ...rows, shown: unite(rows.shown, page), nextCursor };
}

/** Of all filters only the status can be left. */
export const matches = ({ status }: Connection, statuses: readonly Status[] | undefined): boolean =>
  statuses === undefined || statuses.includes(status);
