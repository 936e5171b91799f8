import type { ListQuery, Page } from "../domain/ports.ts";
import type { AttentionKind } from "../domain/record/attention-kind.ts";
import type { ConnectionRecord } from "../domain/record/connection-record.ts";
import { toConnectionId } from "../domain/record/ids.ts";
import { placeOf } from "../domain/record/place.ts";
import { isFinal } from "../domain/record/status.ts";
import { type Index, indexes } from "./indexes.ts";
import { allRequests } from "./item.ts";
import { readMatching, toSpan } from "./list-records.ts";
import { type Newest, readNewest, type Row, type Span } from "./read-newest.ts";
import type { Table } from "./table.ts";
import { readTenantNames } from "./tenant-store.ts";

/** As many as the page has are looked at first; where that does not fill it, so many more in each further look. */
const rowsPerLook = 100;
const maxLooks = 4;
/** An index that is by tenant is in order of time once it is read whole: it has so few rows, or is not used. */
const maxRows = 1000;

/** The newest rows behind a place. */
type ReadRows = (before: string | undefined, limit: number) => Promise<Newest>;

/**
 * A page of all tenants' requests, newest first; `now` in epoch seconds. Ids, a gateway and what has not ended well or badly
 * are looked up by an index. Everything else is read by time and compared then, so that a page may be short, or empty.
 */
export async function listEverybodys(table: Table, query: ListQuery, now: number): Promise<Page> {
  const span = toSpan(query);
  if (!span) return { items: [] };
  const { limit, clientToken } = query;
  if (clientToken !== undefined) {
    const ids = (await readTenantNames(table)).map((tenant) => toConnectionId(tenant, clientToken));
    const found = await readMatching(table, ids, query, now);
    return toPage(
      found.toSorted((a, b) => (placeOf(a) < placeOf(b) ? 1 : -1)),
      limit,
    );
  }
  const readRows = (await readWhole(table, query, span)) ?? readByTime(table, span);
  const found: ConnectionRecord[] = [];
  let { before } = query;
  for (let looks = 0; looks < maxLooks; looks += 1) {
    const { rows, next } = await readRows(before, looks === 0 ? limit : rowsPerLook);
    const ids = rows.map(({ pk }) => pk);
    found.push(...(await readMatching(table, ids, query, now)));
    before = next;
    if (next === undefined || found.length >= limit) break;
  }
  return toPage(found, limit, before);
}

/** `next` is the place up to which was looked. */
function toPage(found: readonly ConnectionRecord[], limit: number, next?: string): Page {
  const items = found.slice(0, limit);
  const last = items.length < found.length ? items.at(-1) : undefined;
  const place = last ? placeOf(last) : next;
  return { items, ...(place === undefined ? {} : { next: place }) };
}

const readByTime =
  (table: Table, span: Span): ReadRows =>
  (before, limit) =>
    readNewest(table, { index: indexes.everything, partitions: [allRequests] }, { ...span, before, limit });

/** Partitions by tenant which together have everything that is asked for. */
interface Whole {
  index: Index;
  partitions: readonly string[];
  filter?: Readonly<Record<string, string>>;
}

type WholeRow = Record<"pk" | "byTenant", string> & { status?: string };

/** From the first of the indexes that is short enough; undefined where none is, or none has what is asked for. */
async function readWhole(table: Table, query: ListQuery, { from, to }: Span): Promise<ReadRows | undefined> {
  const isAsked = ({ status }: WholeRow) =>
    status === undefined || !query.statuses || query.statuses.some((one) => one === status);
  for (const { partitions, ...question } of toWholes(query)) {
    const answers = await Promise.all(
      partitions.map((partition) => table.query<WholeRow>({ ...question, partition, limit: maxRows })),
    );
    if (answers.some(({ last }) => last)) continue;
    const found = answers.flatMap(({ rows }) => rows.filter(isAsked).map(toRow));
    const rows = [...new Map(found.map((row) => [row.pk, row])).values()]
      .filter(({ place }) => place >= from && place <= to)
      .toSorted((a, b) => (a.place < b.place ? 1 : -1));
    return async (before, limit) => {
      const behind = before === undefined ? rows : rows.filter(({ place }) => place < before);
      const next = behind.length > limit ? behind[limit - 1]?.place : undefined;
      return { rows: behind.slice(0, limit), ...(next === undefined ? {} : { next }) };
    };
  }
  return undefined;
}

function toWholes({ statuses, provider, region, vpnGatewayId, providerConnectionId }: ListQuery): Whole[] {
  if (providerConnectionId !== undefined) return [{ index: indexes.connection, partitions: [providerConnectionId] }];
  const ofGateway = vpnGatewayId === undefined ? [] : [{ index: indexes.gateway, partitions: [vpnGatewayId] }];
  // What ended otherwise is not all there.
  if (!statuses?.every((status) => !isFinal(status) || status === "unknown")) return ofGateway;
  // One that is unknown is unfinished too until its webhook has arrived.
  const kinds: AttentionKind[] = statuses.includes("unknown") ? ["open", "person"] : ["open"];
  const asked = Object.entries({ provider, region, vpnGatewayId });
  const filter = Object.fromEntries(asked.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
  return [...ofGateway, { index: indexes.attention, partitions: kinds, filter }];
}

/** The tenant stands before the place. */
function toRow({ pk, byTenant }: WholeRow): Row {
  return { pk, place: byTenant.slice(byTenant.indexOf("#") + 1) };
}
