import type { AuditEntry, AuditLog } from "../../functions/domain/audit.ts";

/** The audit log's port in memory, without the entries of accepted requests. */
export interface MemoryAuditLog extends AuditLog {
  entries: AuditEntry[];
}

export function createMemoryAuditLog(): MemoryAuditLog {
  const entries: AuditEntry[] = [];
  return {
    entries,
    async append(entry) {
      entries.push(structuredClone(entry));
    },
    async list({ limit, tenant }) {
      const found = entries.filter((entry) => tenant === undefined || entry.tenant === tenant);
      return { items: found.toReversed().slice(0, limit) };
    },
  };
}
