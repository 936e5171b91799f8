import type { ConnectionRecord } from "./connection-record.ts";
import { DomainError } from "./errors.ts";
import { type ConnectionStore, StaleRecordError } from "./ports.ts";

/** Throws `conflict` when the caller decided on another revision than there is now (`If-Match`). */
export function requireRevision(record: ConnectionRecord, revision: number | undefined): void {
  if (revision === undefined || revision === record.revision) return;
  throw new DomainError("conflict", `the request has changed since: its revision is ${record.revision}`);
}

/** Writes a change that a caller asked for; throws `conflict` when the workflow was quicker. */
export async function saveOrRefuse(store: ConnectionStore, record: ConnectionRecord): Promise<ConnectionRecord> {
  try {
    return await store.save(record);
  } catch (error) {
    if (!(error instanceof StaleRecordError)) throw error;
    throw new DomainError("conflict", "the request changed at this very moment; look at it and decide again");
  }
}
