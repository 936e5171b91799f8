import { StaleRecordError } from "../errors.ts";
import type { ConnectionStore } from "../ports.ts";
import type { ConnectionRecord } from "../record/connection-record.ts";

const maxTries = 5;

/**
 * Writes what was learned outside (a vendor's answer, a receiver's), which must not be lost to a write that came
 * between: the change is then made anew on what `reread` answers, or not at all when `reread` throws.
 */
export async function saveAnew(
  store: ConnectionStore,
  record: ConnectionRecord,
  change: (record: ConnectionRecord) => ConnectionRecord,
  reread: () => Promise<ConnectionRecord>,
): Promise<ConnectionRecord> {
  let current = record;
  for (let tries = 1; ; tries += 1) {
    try {
      return await store.save(change(current));
    } catch (error) {
      if (!(error instanceof StaleRecordError) || tries === maxTries) throw error;
      current = await reread();
    }
  }
}
