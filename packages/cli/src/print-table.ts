import type { Session } from "./session.ts";
import { lookOf } from "./text/look.ts";
import { type Column, toTable } from "./text/table.ts";

/** Rows as the result, or the document with `--json`; where there are none, `none` is said beside it. */
export async function printTable(
  session: Session,
  document: unknown,
  { columns, rows, none }: { columns: readonly Column[]; rows: readonly (readonly string[])[]; none: string },
): Promise<void> {
  await session.print(document, rows.length === 0 ? "" : toTable(columns, rows, lookOf(session)));
  if (rows.length === 0 && !session.json) session.note(none);
}
