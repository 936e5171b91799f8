import type { AuditEntry, AuditLog, AuditQuery } from "../domain/audit.ts";
import { providers } from "../domain/values.ts";
import { isNew } from "./conditions.ts";
import { indexes } from "./indexes.ts";
import {
  allEntries,
  allRequests,
  type AuditItem,
  auditPartition,
  partitionOf,
  type RecordItem,
  toAuditItem,
} from "./item.ts";
import { readNewest, type Source } from "./read-newest.ts";
import { createTable, type TableDeps } from "./table.ts";

/** The audit log: entries of its own and, where a request was accepted, the record itself, by time. */
export function createAuditLog(deps: TableDeps): AuditLog {
  const table = createTable(deps);

  return {
    async append(entry) {
      // Ids are random: an item that is in the way is this very one.
      await table.putIf(toAuditItem(entry), isNew);
    },

    async list({ limit, before, tenant }: AuditQuery) {
      const { rows, next } = await readNewest(table, toSource(tenant), { from: "!", to: "~", before, limit });
      const items = await table.readMany<AuditItem | RecordItem>(rows.map(({ pk }) => pk));
      const entries = new Map(items.map((item) => [item.pk, toEntry(item)]));
      return { items: rows.flatMap(({ pk }) => entries.get(pk) ?? []), ...(next === undefined ? {} : { next }) };
    },
  };
}

function toSource(tenant: string | undefined): Source {
  if (tenant === undefined) return { index: indexes.everything, partitions: [allEntries, allRequests] };
  const requests = providers.map((vendor) => partitionOf(tenant, vendor));
  return { index: indexes.tenant, partitions: [auditPartition(tenant), ...requests] };
}

function toEntry(item: AuditItem | RecordItem): AuditEntry {
  if ("entry" in item) return item.entry;
  const { id, tenant, createdAt, createdBy } = item.data;
  return { id: `audit_${id}`, at: createdAt, action: "connection.create", tenant, target: id, by: createdBy };
}
