import type { Clock } from "../domain/clock.ts";
import { StaleRecordError } from "../domain/errors.ts";
import { sweepSeconds } from "../domain/limits.ts";
import { type ConnectionStore, gatewayRows, type OpenRequest, type Reference } from "../domain/ports.ts";
import { capabilities } from "../domain/provider/capabilities.ts";
import type { AttentionKind } from "../domain/record/attention-kind.ts";
import { placeOf } from "../domain/record/place.ts";
import { isFinal } from "../domain/record/status.ts";
import { everyTenant } from "../domain/tenants/tenant.ts";
import { isUnchanged } from "./conditions.ts";
import { type Index, indexes } from "./indexes.ts";
import { gatewayPartition, isGone, type RecordItem, sweepPartition, sweepShards, toItem } from "./item.ts";
import { listEverybodys } from "./list-everybodys.ts";
import { listRecords, readRecords } from "./list-records.ts";
import { type Condition, createTable, type Question, type TableDeps } from "./table.ts";

/*
 * Every write is one conditional PutItem of the whole record:
 *
 *   create   |--- isNew ----> version 1 ---|
 *   save                                   |--- isUnchanged ----> version n+1 ---| …
 */
const isNew = (now: number): Condition => ({
  expression: "attribute_not_exists(pk) OR expiresAt < :now",
  values: { ":now": now },
});

/** Found by one id of a vendor's: a gateway has many. */
const mostFound = 20;
const mostOpen = 5000;
const wakeStepSeconds = 60;

export interface ConnectionStoreDeps extends TableDeps {
  clock: Clock;
  /** Shortens the quiet time as the local stack shortens all others; 1 without it. */
  timeScale?: number;
}

/** Records in one DynamoDB table, one item each. */
export function createConnectionStore(deps: ConnectionStoreDeps): ConnectionStore {
  const { clock } = deps;
  const table = createTable(deps);
  const timeScale = deps.timeScale ?? 1;
  /** In whole steps, so that not every write of a record changes its row. */
  const wakeAt = (writtenAt = clock.now()) => {
    const step = wakeStepSeconds * 1000 * timeScale;
    const quietAt = writtenAt.getTime() + sweepSeconds * 1000 * timeScale;
    return new Date(Math.ceil(quietAt / step) * step).toISOString();
  };
  const epochSeconds = () => Math.floor(clock.now().getTime() / 1000);

  async function get(id: string) {
    const item = await table.get<RecordItem>(id);
    return item && !isGone(item, epochSeconds()) ? item.data : undefined;
  }

  /** So many rows are looked at, whatever is in them: what needs a person is kept for good. */
  async function firstOf(question: Question): Promise<{ rows: AttentionRow[]; isWhole: boolean }> {
    const found: AttentionRow[] = [];
    for await (const { rows, last } of table.pages<AttentionRow>(question)) {
      found.push(...rows);
      if (found.length >= mostOpen)
        return { rows: found.slice(0, mostOpen), isWhole: !last && found.length === mostOpen };
    }
    return { rows: found, isWhole: true };
  }

  return {
    async create(record) {
      const blocked = await table.putIf(toItem(record, wakeAt()), isNew(epochSeconds()));
      if (!blocked) return undefined;
      if (!blocked.by) throw new StaleRecordError("the record went away while it was being compared");
      return blocked.by.data;
    },

    get,

    // A tenant owns a record for good, so that two reads are as good as one.
    getOwn: async (tenant, id) => ((await table.getAttribute(id, "tenant")) === tenant ? get(id) : undefined),

    getMany: (ids) => readRecords(table, ids, epochSeconds()),

    async save(record, options) {
      const next = { ...record, version: record.version + 1 };
      const quietFrom = options && new Date(options.asQuietAs);
      if (await table.putIf(toItem(next, wakeAt(quietFrom)), isUnchanged(record.version))) {
        throw new StaleRecordError("the record was written by somebody else");
      }
      return next;
    },

    list: (query) => (query.tenant === everyTenant ? listEverybodys : listRecords)(table, query, epochSeconds()),

    async find(reference, value, tenant) {
      const span = { index: references[reference], partition: value, newestFirst: true as const, ...spanOf(tenant) };
      const { rows } = await table.query<{ pk: string }>({ ...span, limit: mostFound });
      return readRecords(
        table,
        rows.map(({ pk }) => pk),
        epochSeconds(),
      );
    },

    async listAttention({ tenant, kind, limit, before }) {
      // The place is a caller's word: it leads out of its tenant's span no more than out of the index.
      const { from = "", to = "~" } = spanOf(tenant);
      if (before !== undefined && before < from) return { items: [] };
      const { rows, last } = await table.query<AttentionRow>({
        index: indexes.attention,
        partition: kind,
        newestFirst: true,
        ...spanOf(tenant),
        ...(before === undefined || before > to ? {} : { to: before }),
        limit: limit + 1,
      });
      const shown = rows.filter(({ byTenant }) => byTenant !== before).slice(0, limit);
      const ids = shown.map(({ pk }) => pk);
      const next = last || rows.length > limit ? shown.at(-1)?.byTenant : undefined;
      return { items: await readRecords(table, ids, epochSeconds()), ...(next ? { next } : {}) };
    },

    async listOpen(tenant) {
      const question = { index: indexes.attention, ...spanOf(tenant) };
      const [open, given] = await Promise.all([
        firstOf({ ...question, partition: "open" satisfies AttentionKind }),
        firstOf({ ...question, partition: "person" satisfies AttentionKind, newestFirst: true }),
      ]);
      const requests = [...open.rows, ...given.rows.filter(({ webhookHost }) => webhookHost)];
      return { requests: requests.map(toOpenRequest), isWhole: open.isWhole };
    },

    async countOwnAhead({ tenant, createdAt, id, request: { vpnGatewayId } }) {
      const [from, to] = [`${tenant}#`, `${tenant}#${placeOf({ createdAt, id })}`];
      const question = { index: indexes.attention, partition: "open" satisfies AttentionKind, from, to };
      let count = 0;
      for await (const { rows } of table.pages<AttentionRow>({ ...question, filter: { vpnGatewayId } }))
        count += rows.filter((row) => row.pk !== id && mayNeedTurn(row)).length;
      return count;
    },

    async countUnfinished(tenant) {
      let count = 0;
      const question = { index: indexes.attention, partition: "open" satisfies AttentionKind, ...spanOf(tenant) };
      for await (const page of table.pages({ ...question, countOnly: true })) count += page.count;
      return count;
    },

    async listGateway(gateway, kind) {
      const question = {
        index: indexes.queue,
        partition: gatewayPartition(gateway),
        from: `${kind}#`,
        to: `${kind}#~`,
        limit: gatewayRows,
      };
      const ids: string[] = [];
      for await (const { rows } of table.pages<{ pk: string }>(question)) {
        ids.push(...rows.map(({ pk }) => pk));
        if (kind === "waiting") break;
      }
      return ids;
    },

    async *listForSweep(wokenBefore) {
      // Each minute from another: a sweep that runs out of time must not always leave the same ones behind.
      const first = Math.floor(clock.now().getTime() / 60_000) % sweepShards;
      for (let n = 0; n < sweepShards; n += 1) {
        const pages = table.pages<{ pk: string }>({
          index: indexes.sweep,
          partition: sweepPartition((first + n) % sweepShards),
          // Rows have an id behind the time, so that those of this very time come after it.
          ...(wokenBefore ? { to: wokenBefore.toISOString() } : {}),
        });
        for await (const { rows } of pages) yield* rows.map(({ pk }) => pk);
      }
    },
  };
}

const references: Record<Reference, Index> = {
  operationId: indexes.operation,
  providerConnectionId: indexes.connection,
  createRequestId: indexes.createRequest,
  vpnGatewayId: indexes.gateway,
};

/** Of an index whose sort key begins with the tenant. */
function spanOf(tenant: string): { from?: string; to?: string } {
  return tenant === everyTenant ? {} : { from: `${tenant}#`, to: `${tenant}#~` };
}

/** What a row tells of it. */
function mayNeedTurn({ status, provider }: Pick<OpenRequest, "status" | "provider">): boolean {
  if (status === "provisioning") return capabilities[provider].turnEnds === "provisioned";
  return !isFinal(status);
}

type AttentionRow = Omit<OpenRequest, "id" | "tenant" | "createdAt"> & { pk: string; byTenant: string };

function toOpenRequest({ pk, byTenant, ...row }: AttentionRow): OpenRequest {
  const [tenant = "", createdAt = ""] = byTenant.split("#");
  const { status, provider, region, vpnGatewayId, webhookHost } = row;
  return {
    id: pk,
    tenant,
    createdAt,
    status,
    provider,
    region,
    vpnGatewayId,
    ...(webhookHost === undefined ? {} : { webhookHost }),
  };
}
