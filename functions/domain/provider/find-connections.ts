import { findOperationId } from "../record/ids.ts";
import { ProviderError } from "./provider-error.ts";

/** One page of a vendor's list of connections. */
export interface ConnectionPage {
  rows: readonly { id?: string | undefined; name?: string | undefined }[];
  /** How many there are on all pages, where the vendor says so. */
  total?: number | undefined;
}

/** More pages than any gateway has: a list that goes on is one that repeats itself. */
const maxPages = 100;

/**
 * Ids of the listed connections whose name ends in the operation id. Every page is read, and a list that changes
 * between two of them may show a connection twice. Throws `ProviderError` where the list cannot be read to its end.
 */
export async function findConnections(
  operationId: string,
  { action, pageSize }: { action: string; pageSize: number },
  readPage: (at: { page: number; seen: number }) => Promise<ConnectionPage>,
): Promise<string[]> {
  const fail = (what: string) =>
    new ProviderError({
      class: "ambiguous",
      action,
      advice: `Look for a proxy that changes answers, and report this as a defect of the broker: the list of ${action} ${what}.`,
    });
  const found = new Set<string>();
  let seen = 0;
  for (let page = 1; page <= maxPages; page += 1) {
    const { rows, total = 0 } = await readPage({ page, seen });
    for (const { id, name } of rows) {
      const isOurs = name !== undefined && findOperationId(name) === operationId;
      if (id === undefined && (isOurs || name === undefined)) throw fail("has a connection without an id");
      if (id !== undefined && isOurs) found.add(id);
    }
    seen += rows.length;
    if (rows.length === 0 || (rows.length < pageSize && seen >= total)) return [...found];
  }
  throw fail("does not end");
}
