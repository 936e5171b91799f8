import { StaleRecordError } from "../../functions/domain/errors.ts";
import { sweepSeconds } from "../../functions/domain/limits.ts";
import {
  type ConnectionStore,
  gatewayRows,
  type ListQuery,
  type OpenRequest,
  type Page,
  type Reference,
} from "../../functions/domain/ports.ts";
import { attentionKindOf } from "../../functions/domain/record/attention-kind.ts";
import type { ConnectionRecord } from "../../functions/domain/record/connection-record.ts";
import { toOperationId } from "../../functions/domain/record/ids.ts";
import { placeOf } from "../../functions/domain/record/place.ts";
import { revealableUntil } from "../../functions/domain/record/revealable-until.ts";
import { isUnfinished, needsSweep, needsWork } from "../../functions/domain/record/transitions.ts";
import { mayHaveConnection, needsTurn, queuedAt, toGatewayKey } from "../../functions/domain/record/turn.ts";
import { everyTenant } from "../../functions/domain/tenants/tenant.ts";

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

    async getMany(ids) {
      return ids.flatMap((id) => structuredClone(records.get(id)) ?? []);
    },

    async list(query) {
      const found = newestFirst([...records.values()].filter((record) => matches(record, query)));
      return toPage(found, query.limit, placeOf);
    },

    async find(reference, value, tenant) {
      const found = [...records.values()].filter((one) => isOf(one, tenant) && referenceOf(one, reference) === value);
      return newestFirst(found).slice(0, 20);
    },

    async listAttention({ tenant, kind, limit, before }) {
      const rest = [...records.values()].filter(
        (one) => isOf(one, tenant) && attentionKindOf(one) === kind && (before === undefined || ownPlace(one) < before),
      );
      const sorted = rest.toSorted((a, b) => compare(ownPlace(b), ownPlace(a)));
      return toPage(structuredClone(sorted), limit, ownPlace);
    },

    async listOpen(tenant) {
      const found = [...records.values()].filter(
        (one) => isOf(one, tenant) && (isUnfinished(one) || one.delivery?.failingHost !== undefined),
      );
      const requests = found.toSorted((a, b) => compare(ownPlace(a), ownPlace(b))).map(toOpenRequest);
      return { requests, isWhole: true };
    },

    async countOwnAhead(record) {
      const isAhead = (one: ConnectionRecord) =>
        one.tenant === record.tenant &&
        one.request.vpnGatewayId === record.request.vpnGatewayId &&
        needsTurn(one) &&
        placeOf(one) < placeOf(record);
      return [...records.values()].filter(isAhead).length;
    },

    async countUnfinished(tenant) {
      return [...records.values()].filter((record) => record.tenant === tenant && isUnfinished(record)).length;
    },

    async listGateway(gateway, kind) {
      const isKind = (record: ConnectionRecord) =>
        kind === "waiting" ? needsTurn(record) : !needsTurn(record) && mayHaveConnection(record);
      const found = [...records.values()].filter(
        (record) => toGatewayKey(record.request) === gateway && isKind(record),
      );
      const queuePlace = (one: ConnectionRecord) => (kind === "waiting" ? `${queuedAt(one)}#${one.id}` : placeOf(one));
      const sorted = found.toSorted((a, b) => compare(queuePlace(a), queuePlace(b)));
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
const newestFirst = (some: readonly ConnectionRecord[]) =>
  structuredClone(some.toSorted((a, b) => compare(placeOf(b), placeOf(a))));
const ownPlace = (record: ConnectionRecord) => `${record.tenant}#${placeOf(record)}`;
const isOf = (record: ConnectionRecord, tenant: string) => tenant === everyTenant || record.tenant === tenant;

function toPage(
  found: readonly ConnectionRecord[],
  limit: number,
  toPlace: (record: ConnectionRecord) => string,
): Page {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return found.length > items.length && last ? { items, next: toPlace(last) } : { items };
}

function referenceOf(record: ConnectionRecord, reference: Reference): string | undefined {
  switch (reference) {
    case "operationId":
      return toOperationId(record.id);
    case "vpnGatewayId":
      return record.request.vpnGatewayId;
    case "providerConnectionId":
    case "createRequestId":
      return record[reference];
  }
}

function toOpenRequest({ id, tenant, createdAt, status, request, delivery }: ConnectionRecord): OpenRequest {
  const { provider, region, vpnGatewayId } = request;
  const webhookHost = delivery?.failingHost;
  return { id, tenant, createdAt, status, provider, region, vpnGatewayId, ...(webhookHost ? { webhookHost } : {}) };
}

function matches(record: ConnectionRecord, query: ListQuery): boolean {
  const { provider, region, vpnGatewayId } = record.request;
  const is = (wanted: string | undefined, value: string | undefined) => wanted === undefined || wanted === value;
  return (
    isOf(record, query.tenant) &&
    (!query.statuses || query.statuses.includes(record.status)) &&
    is(query.provider, provider) &&
    is(query.region, region) &&
    is(query.vpnGatewayId, vpnGatewayId) &&
    is(query.clientToken, record.clientToken) &&
    is(query.providerConnectionId, record.providerConnectionId) &&
    is(query.errorCode, record.error?.code) &&
    (query.before === undefined || placeOf(record) < query.before) &&
    (query.createdAfter === undefined || record.createdAt > query.createdAfter) &&
    (query.createdBefore === undefined || record.createdAt < query.createdBefore)
  );
}
