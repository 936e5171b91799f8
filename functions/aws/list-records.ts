import type { ListQuery, Page } from "../domain/ports.ts";
import type { ConnectionRecord } from "../domain/record/connection-record.ts";
import { toConnectionId } from "../domain/record/ids.ts";
import { placeOf } from "../domain/record/place.ts";
import { everyTenant } from "../domain/tenants/tenant.ts";
import { providers } from "../domain/values.ts";
import { indexes } from "./indexes.ts";
import { isGone, partitionOf, type RecordItem } from "./item.ts";
import { type Newest, readNewest, type Source, type Span } from "./read-newest.ts";
import type { Table } from "./table.ts";

/** `#` sorts before and `~` after every character of a time, so these bound the place `<createdAt>#<id>`. */
const after = (time: string | undefined) => (time === undefined ? "0" : `${time}~`);
const before = (time: string | undefined) => time ?? "~";

/**
 * A page of one tenant's from the narrowest index that answers the query, by a query for each vendor and status that is asked for and a
 * consistent read of what they show; `now` in epoch seconds. What an index should say no more is left out. Where most of it
 * is not what is asked for, the indexes of the other filters are asked too, and the one that leads furthest is read.
 */
export async function listRecords(table: Table, query: ListQuery, now: number): Promise<Page> {
  if (query.clientToken !== undefined) {
    const id = toConnectionId(query.tenant, query.clientToken);
    return { items: await readMatching(table, [id], query, now) };
  }
  const { limit } = query;
  const span = toSpan(query);
  if (!span) return { items: [] };
  const toPage = async ({ rows, next }: Newest): Promise<Page> => {
    const ids = rows.map(({ pk }) => pk);
    return { items: await readMatching(table, ids, query, now), ...(next === undefined ? {} : { next }) };
  };
  const [narrowest, ...others] = toSources(query);
  const newest = await readNewest(table, narrowest, span);
  const page = await toPage(newest);
  if (newest.next === undefined || page.items.length * 2 >= limit || others.length === 0) return page;
  const answers = await Promise.all(others.map((source) => readNewest(table, source, span)));
  const furthest = answers.reduce((best, answer) => (leadsFurther(answer, best) ? answer : best), newest);
  return furthest === newest ? page : toPage(furthest);
}

/** Where the query's rows are in an index by time; undefined where the bounds cross, which DynamoDB refuses. */
export function toSpan(query: ListQuery): Span | undefined {
  const span = { from: after(query.createdAfter), to: before(query.createdBefore), limit: query.limit };
  if (span.from > span.to || span.from > before(query.before)) return undefined;
  return { ...span, before: query.before };
}

/** Each is told whole down to its `next`. */
function leadsFurther(one: Newest, other: Newest): boolean {
  return other.next !== undefined && (one.next === undefined || one.next < other.next);
}

/** Indexes that each have everything that matches, those first in which there is likely to be the least beside it. */
function toSources(query: ListQuery): [Source, ...Source[]] {
  const { tenant, statuses, region, vpnGatewayId, providerConnectionId, errorCode } = query;
  const vendors = query.provider ? [query.provider] : providers;
  const partitions = (...values: string[]) => vendors.map((vendor) => partitionOf(tenant, vendor, ...values));
  const prefix = `${tenant}#`;
  if (providerConnectionId !== undefined)
    return [{ index: indexes.connection, partitions: [providerConnectionId], prefix }];
  const place = {
    ...(region === undefined ? {} : { region }),
    ...(vpnGatewayId === undefined ? {} : { vpnGatewayId }),
  };
  const filter = Object.keys(place).length > 0 ? { filter: place } : {};
  const ofRegion: Source[] = region === undefined ? [] : [{ index: indexes.region, partitions: partitions(region) }];
  const ofPlace: Source[] =
    vpnGatewayId === undefined ? ofRegion : [{ index: indexes.gateway, partitions: [vpnGatewayId], prefix }];
  const ofCode: Source[] =
    errorCode === undefined ? [] : [{ index: indexes.errorCode, partitions: partitions(errorCode), ...filter }];
  const ofStatus: Source[] = statuses
    ? [{ index: indexes.status, partitions: [...new Set(statuses)].flatMap((one) => partitions(one)), ...filter }]
    : [];
  // Most requests succeed: in a region these are looked for there, and all others by how they stand.
  const isPlaceFirst = vpnGatewayId !== undefined || (statuses?.includes("succeeded") && errorCode === undefined);
  const [first, ...others] = isPlaceFirst ? [...ofPlace, ...ofCode, ...ofStatus] : [...ofCode, ...ofStatus, ...ofPlace];
  return first ? [first, ...others] : [{ index: indexes.tenant, partitions: partitions() }];
}

/** The records of these ids that are asked for, in their order. */
export async function readMatching(
  table: Table,
  ids: readonly string[],
  query: ListQuery,
  now: number,
): Promise<ConnectionRecord[]> {
  const records = await readRecords(table, ids, now);
  return records.filter((record) => matches(record, query));
}

/** The records of these ids in their order, less those that are gone; `now` in epoch seconds. */
export async function readRecords(table: Table, ids: readonly string[], now: number): Promise<ConnectionRecord[]> {
  const items = await table.readMany<RecordItem>(ids);
  const found = items.filter((item) => !isGone(item, now));
  const records = new Map(found.map(({ data }) => [data.id, data]));
  return ids.flatMap((id) => records.get(id) ?? []);
}

function matches(record: ConnectionRecord, query: ListQuery): boolean {
  const { provider, region, vpnGatewayId } = record.request;
  const is = (wanted: string | undefined, value: string | undefined) => wanted === undefined || wanted === value;
  const place = placeOf(record);
  return (
    (query.tenant === everyTenant || record.tenant === query.tenant) &&
    (!query.statuses || query.statuses.includes(record.status)) &&
    is(query.provider, provider) &&
    is(query.region, region) &&
    is(query.vpnGatewayId, vpnGatewayId) &&
    is(query.providerConnectionId, record.providerConnectionId) &&
    is(query.errorCode, record.error?.code) &&
    (query.before === undefined || place < query.before) &&
    (query.createdAfter === undefined || record.createdAt > query.createdAfter) &&
    (query.createdBefore === undefined || record.createdAt < query.createdBefore)
  );
}
