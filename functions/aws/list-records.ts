import type { ListQuery, Page } from "../domain/ports.ts";
import type { ConnectionRecord } from "../domain/record/connection-record.ts";
import { toConnectionId } from "../domain/record/ids.ts";
import { placeOf } from "../domain/record/place.ts";
import { providers } from "../domain/values.ts";
import { indexes } from "./indexes.ts";
import { isGone, partitionOf, type RecordItem } from "./item.ts";
import { readNewest, type Source } from "./read-newest.ts";
import type { Table } from "./table.ts";

/** `#` sorts before and `~` after every character of a time, so these bound the place `<createdAt>#<id>`. */
const after = (time: string | undefined) => (time === undefined ? "0" : `${time}~`);
const before = (time: string | undefined) => time ?? "~";

/**
 * A page from the narrowest index that answers the query, by a query for each vendor and status that is asked for and a
 * consistent read of what they show; `now` in epoch seconds. What an index should say no more is left out.
 */
export async function listRecords(table: Table, query: ListQuery, now: number): Promise<Page> {
  if (query.clientToken !== undefined) {
    const id = toConnectionId(query.tenant, query.clientToken);
    return { items: await readMatching(table, [id], query, now) };
  }
  const span = { from: after(query.createdAfter), to: before(query.createdBefore), before: query.before };
  // DynamoDB refuses bounds that cross.
  if (span.from > span.to || span.from > before(query.before)) return { items: [] };
  const { rows, next } = await readNewest(table, toSource(query), { ...span, limit: query.limit });
  const ids = rows.map(({ pk }) => pk);
  return { items: await readMatching(table, ids, query, now), ...(next === undefined ? {} : { next }) };
}

function toSource(query: ListQuery): Source {
  const { tenant, statuses, region, vpnGatewayId, providerConnectionId, errorCode } = query;
  const vendors = query.provider ? [query.provider] : providers;
  const partitions = (...values: string[]) => vendors.map((vendor) => partitionOf(tenant, vendor, ...values));
  const prefix = `${tenant}#`;
  if (providerConnectionId !== undefined)
    return { index: indexes.connection, partitions: [providerConnectionId], prefix };
  if (vpnGatewayId !== undefined) return { index: indexes.gateway, partitions: [vpnGatewayId], prefix };
  const filter = region === undefined ? {} : { filter: { region } };
  if (errorCode !== undefined) return { index: indexes.errorCode, partitions: partitions(errorCode), ...filter };
  // Most requests succeed: in a region these are looked for there, and all others by how they stand.
  if (statuses && !(region !== undefined && statuses.includes("succeeded")))
    return { index: indexes.status, partitions: [...new Set(statuses)].flatMap((one) => partitions(one)), ...filter };
  if (region !== undefined) return { index: indexes.region, partitions: partitions(region) };
  return { index: indexes.tenant, partitions: partitions() };
}

async function readMatching(
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
    record.tenant === query.tenant &&
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
