import { DomainError, StaleRecordError } from "../../functions/domain/errors.ts";
import { sweepSeconds } from "../../functions/domain/limits.ts";
import { type ConnectionStore, gatewayRows, type ListQuery } from "../../functions/domain/ports.ts";
import type { ConnectionRecord } from "../../functions/domain/record/connection-record.ts";
import { revealableUntil } from "../../functions/domain/record/revealable-until.ts";
import { isUnfinished, needsSweep, needsWork } from "../../functions/domain/record/transitions.ts";
import { mayHaveConnection, needsTurn, queuedAt, toGatewayKey } from "../../functions/domain/record/turn.ts";

/** The store's port in memory. Records go in and come out as copies, like from a table. */
export interface MemoryConnectionStore extends ConnectionStore {
  /** Puts a record there without any check. */
  put(record: ConnectionRecord): void;
  /** How many consistent reads by id there were. */
  reads(): number;
}

const quietMilliseconds = sweepSeconds * 1000;

export function createMemoryConnectionStore(...initial: readonly ConnectionRecord[]): MemoryConnectionStore {
  const records = new Map<string, ConnectionRecord>();
  let reads = 0;
  const put = (record: ConnectionRecord) => void records.set(record.id, structuredClone(record));
  for (const record of initial) put(record);

  return {
    put,
    reads: () => reads,

    async create(record) {
      const existing = records.get(record.id);
      if (existing) return structuredClone(existing);
      put(record);
      return undefined;
    },

    async get(id) {
      reads += 1;
      return structuredClone(records.get(id));
    },

    async getOwn(tenant, id) {
      reads += 1;
      const record = records.get(id);
      return record?.tenant === tenant ? structuredClone(record) : undefined;
    },

    async save(record) {
      if (records.get(record.id)?.version !== record.version) {
        throw new StaleRecordError("the record was written by somebody else");
      }
      const next = { ...record, version: record.version + 1 };
      put(next);
      return structuredClone(next);
    },

    async list(query) {
      const sorted = [...records.values()].toSorted((a, b) => compare(sortKey(b), sortKey(a)));
      const after = query.cursor === undefined ? undefined : fromCursor(query.cursor);
      const rest = sorted.filter(
        (record) => matches(record, query) && (after === undefined || sortKey(record) < after),
      );
      const items = rest.slice(0, query.limit).map((record) => structuredClone(record));
      const last = items.at(-1);
      return rest.length > items.length && last ? { items, nextCursor: toCursor(last) } : { items };
    },

    async countUnfinished(tenant) {
      return [...records.values()].filter((record) => record.tenant === tenant && isUnfinished(record)).length;
    },

    async listFound(tenant) {
      const found = [...records.values()].filter((one) => one.tenant === tenant && one.lastLook === "found");
      return found.toSorted((a, b) => compare(sortKey(b), sortKey(a))).map((record) => structuredClone(record));
    },

    async listGateway(gateway, kind) {
      const isKind = (record: ConnectionRecord) =>
        kind === "waiting" ? needsTurn(record) : !needsTurn(record) && mayHaveConnection(record);
      const found = [...records.values()].filter(
        (record) => toGatewayKey(record.request) === gateway && isKind(record),
      );
      const placeOf = (one: ConnectionRecord) => (kind === "waiting" ? `${queuedAt(one)}#${one.id}` : sortKey(one));
      const sorted = found.toSorted((a, b) => compare(placeOf(a), placeOf(b)));
      return sorted.slice(0, kind === "waiting" ? gatewayRows : sorted.length).map(({ id }) => id);
    },

    async *listForSweep(wokenBefore) {
      const quiet = (record: ConnectionRecord) => wokenBefore === undefined || wakesAt(record) < wokenBefore.getTime();
      const open = [...records.values()].filter((record) => needsSweep(record) && quiet(record));
      yield* open.toSorted((a, b) => compare(a.updatedAt, b.updatedAt)).map(({ id }) => id);
    },
  };
}

/** A workflow writes often while there is work; keys wait for the end of the time in which they can be read. */
function wakesAt(record: ConnectionRecord): number {
  const until = revealableUntil(record);
  if (needsWork(record) || until === undefined) return Date.parse(record.updatedAt) + quietMilliseconds;
  return Date.parse(until);
}

const compare = (a: string, b: string) => (a < b ? -1 : Number(a > b));
const sortKey = (record: ConnectionRecord) => `${record.createdAt}#${record.id}`;
const toCursor = (record: ConnectionRecord) => Buffer.from(sortKey(record)).toString("base64url");

function fromCursor(cursor: string): string {
  const key = Buffer.from(cursor, "base64url").toString();
  if (/^[^#]+#[a-z2-7]{26}$/.test(key)) return key;
  const detail = "is not a cursor of this list";
  throw new DomainError("invalid_request", detail, [{ pointer: "/cursor", detail }]);
}

function matches(record: ConnectionRecord, query: ListQuery): boolean {
  const { provider, region, vpnGatewayId } = record.request;
  const is = (wanted: string | undefined, value: string | undefined) => wanted === undefined || wanted === value;
  return (
    record.tenant === query.tenant &&
    (!query.statuses || query.statuses.includes(record.status)) &&
    is(query.provider, provider) &&
    is(query.region, region) &&
    is(query.vpnGatewayId, vpnGatewayId) &&
    is(query.clientToken, record.clientToken) &&
    is(query.providerConnectionId, record.providerConnectionId) &&
    is(query.errorCode, record.error?.code) &&
    (query.createdAfter === undefined || record.createdAt > query.createdAfter) &&
    (query.createdBefore === undefined || record.createdAt < query.createdBefore)
  );
}
