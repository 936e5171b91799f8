import type { ConnectionRecord } from "./connection-record.ts";
import { DomainError } from "./errors.ts";
import { getConnection } from "./get-connection.ts";
import { type ConnectionStore, StaleRecordError } from "./ports.ts";

export interface UserChange {
  tenant: string;
  id: string;
  /** The revision that the caller decided on (`If-Match`); absent = whatever it is. */
  revision?: number;
}

const mostTries = 5;

/**
 * Writes what a caller asked for. `decide` answers the changed record, or the very same one when there is nothing to
 * change, or throws the refusal; it decides anew when the workflow wrote in between. Throws `conflict` when the record
 * is not at the revision that the caller decided on.
 */
export async function changeForCaller(
  store: ConnectionStore,
  { tenant, id, revision }: UserChange,
  decide: (record: ConnectionRecord) => ConnectionRecord,
): Promise<{ record: ConnectionRecord; changed: boolean }> {
  for (let tries = 1; ; tries += 1) {
    const record = await getConnection({ store }, { tenant, id });
    const next = decide(record);
    if (next === record) return { record, changed: false };
    if (revision !== undefined && revision !== record.revision) {
      throw new DomainError("conflict", `the request has changed since: its revision is ${record.revision}`);
    }
    try {
      return { record: await store.save(next), changed: true };
    } catch (error) {
      if (!(error instanceof StaleRecordError) || tries === mostTries) throw error;
    }
  }
}
