import { fromCursor, toCursor } from "../cursor.ts";
import { cutPage } from "../cut-page.ts";
import type { ConnectionStore, ListQuery } from "../ports.ts";
import type { ConnectionRecord } from "../record/connection-record.ts";
import { placeOf, placePattern } from "../record/place.ts";
import { toResource } from "../record/to-resource.ts";

/** A page of a list, as callers see it: the cursor is there while there may be more. */
export interface CursorPage<Item> {
  items: Item[];
  nextCursor?: string;
}

/** The requests of a tenant, or of `everyTenant`, newest first. Throws `DomainError` for a cursor that is not of this list. */
export async function listConnections(
  deps: { store: ConnectionStore },
  { cursor, limit, ...filters }: Omit<ListQuery, "before"> & { cursor?: string },
): Promise<CursorPage<ConnectionRecord>> {
  const { statuses, ...others } = filters;
  const asked = { ...others, status: statuses };
  const before = cursor === undefined ? {} : { before: fromCursor(asked, cursor, placePattern) };
  const { items: found, next } = await deps.store.list({ ...filters, limit, ...before });
  const items = cutPage(found, toResource);
  const last = items.length < found.length ? items.at(-1) : undefined;
  const place = last ? placeOf(last) : next;
  return { items, ...(place === undefined ? {} : { nextCursor: toCursor(asked, place) }) };
}
