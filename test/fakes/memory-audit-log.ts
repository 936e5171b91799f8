import type { AuditEntry, AuditLog } from "../../functions/domain/audit.ts";

/** The audit log's port in memory, without the entries of accepted requests. */
export interface MemoryAuditLog extends AuditLog {
  /** In the order in which they were appended. */
  entries: AuditEntry[];
}

export function createMemoryAuditLog(): MemoryAuditLog {
  const entries: AuditEntry[] = [];
  return {
    entries,
    async append(entry) {
      if (!entries.some(({ id }) => id === entry.id)) entries.push(structuredClone(entry));
    },
    async list({ limit, before, tenant }) {
      const found = entries
        .filter((entry) => tenant === undefined || entry.tenant === tenant)
        .filter((entry) => before === undefined || placeOf(entry) < before)
        .toSorted((a, b) => (placeOf(a) < placeOf(b) ? 1 : -1));
      const items = structuredClone(found.slice(0, limit));
      const last = items.at(-1);
      if (found.length <= limit || !last) return { items };
      return { items, next: placeOf(last) };
    },
  };
}

const placeOf = ({ at, id }: AuditEntry) => `${at}#${id}`;
