import { DomainError } from "../domain/errors.ts";
import type { ListQuery, Page } from "../domain/ports.ts";
import { type RecordItem, tenantPartition } from "./item.ts";
import type { Table } from "./table.ts";

/** Rows of the index looked at per page when a filter drops some of them. */
const rowsPerFilteredPage = 100;
/** `#` sorts before and `~` after every character of a time, so these bound the sort key `<createdAt>#<id>`. */
const after = (time: string | undefined) => (time ? `${time}~` : "0");
const before = (time: string | undefined) => time ?? "~";

/** A page from the index by tenant, each record then read by id, consistently. */
export async function listRecords(table: Table, query: ListQuery): Promise<Page> {
  const filters = toFilters(query);
  const [from, to] = [after(query.createdAfter), before(query.createdBefore)];
  const place = query.cursor === undefined ? undefined : fromCursor(query.cursor);
  // DynamoDB refuses bounds that cross, and a start outside of them.
  if (from > to || (place !== undefined && place < from)) return { items: [] };
  const start = place !== undefined && place <= to ? place : undefined;
  const { rows, last } = await table.query<{ gsi1sk: string }>({
    IndexName: "gsi1",
    ScanIndexForward: false,
    Limit: filters.expression ? Math.max(query.limit, rowsPerFilteredPage) : query.limit,
    KeyConditionExpression: "gsi1pk = :tenant AND gsi1sk BETWEEN :after AND :before",
    ...(filters.expression ? { FilterExpression: filters.expression, ExpressionAttributeNames: filters.names } : {}),
    values: { ":tenant": tenantPartition(query.tenant), ":after": from, ":before": to, ...filters.values },
    ...(start === undefined ? {} : { after: toKey(start, query.tenant) }),
  });
  const keys = rows.map(({ gsi1sk }) => gsi1sk);
  const shown = keys.slice(0, query.limit);
  const found = await table.readMany<RecordItem>(shown.map(idOf));
  const records = new Map(found.map(({ data }) => [data.id, data]));
  const end = keys.length > shown.length ? shown.at(-1) : last?.gsi1sk;
  return {
    items: shown
      .flatMap((key) => records.get(idOf(key)) ?? [])
      .filter((record) => !query.statuses || query.statuses.includes(record.status)),
    ...(end ? { nextCursor: Buffer.from(end).toString("base64url") } : {}),
  };
}

function toFilters(query: ListQuery) {
  const equal = {
    provider: query.provider,
    region: query.region,
    vpnGatewayId: query.vpnGatewayId,
    clientToken: query.clientToken,
    providerConnectionId: query.providerConnectionId,
    errorCode: query.errorCode,
  };
  const given = Object.entries(equal).filter(([, value]) => value !== undefined);
  const statuses = [...new Set(query.statuses)].map((status, index) => [`:status${index}`, status] as const);
  const clauses = given.map(([name]) => `#${name} = :${name}`);
  if (statuses.length > 0) clauses.push(`#status IN (${statuses.map(([name]) => name).join(", ")})`);
  const names = [...given.map(([name]) => name), ...(statuses.length > 0 ? ["status"] : [])];
  return {
    expression: clauses.join(" AND "),
    names: Object.fromEntries(names.map((name) => [`#${name}`, name])),
    values: Object.fromEntries([...given.map(([name, value]) => [`:${name}`, value]), ...statuses]),
  };
}

function idOf(sortKey: string): string {
  return sortKey.slice(sortKey.indexOf("#") + 1);
}

/** A cursor holds only the place in the tenant's own list, so that it leads nowhere else. */
function fromCursor(cursor: string): string {
  const sortKey = Buffer.from(cursor, "base64url").toString();
  if (/^\d{4}-\d\d-\d\dT[\d:.]+Z#[a-z2-7]{26}$/.test(sortKey)) return sortKey;
  const detail = "is not one of ours";
  throw new DomainError("invalid_request", `the cursor ${detail}`, [{ pointer: "/cursor", detail }]);
}

function toKey(sortKey: string, tenant: string) {
  return { pk: idOf(sortKey), gsi1pk: tenantPartition(tenant), gsi1sk: sortKey };
}
