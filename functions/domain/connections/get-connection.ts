import { DomainError } from "../errors.ts";
import type { ConnectionStore } from "../ports.ts";
import type { ConnectionRecord } from "../record/connection-record.ts";
import { isConnectionId } from "../record/ids.ts";

/** The tenant's own record. Throws `not_found` also for another tenant's, so that ids tell nothing. */
export async function getConnection(
  deps: { store: ConnectionStore },
  input: { tenant: string; id: string },
): Promise<ConnectionRecord> {
  const record = isConnectionId(input.id) ? await deps.store.getOwn(input.tenant, input.id) : undefined;
  if (record?.tenant !== input.tenant) throw new DomainError("not_found", "there is no connection request of this id");
  return record;
}
