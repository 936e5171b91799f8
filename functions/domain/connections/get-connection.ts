import { DomainError } from "../errors.ts";
import type { ConnectionStore } from "../ports.ts";
import type { ConnectionRecord } from "../record/connection-record.ts";
import { isConnectionId } from "../record/ids.ts";
import { everyTenant } from "../tenants/tenant.ts";

/** A record of this tenant, or of any for `everyTenant`. Throws `not_found` also for another's, so that ids tell nothing. */
export async function getConnection(
  deps: { store: ConnectionStore },
  input: { tenant: string; id: string },
): Promise<ConnectionRecord> {
  const { tenant, id } = input;
  const read = () => (tenant === everyTenant ? deps.store.get(id) : deps.store.getOwn(tenant, id));
  const record = isConnectionId(id) ? await read() : undefined;
  if (record && (tenant === everyTenant || record.tenant === tenant)) return record;
  throw new DomainError("not_found", "there is no connection request of this id");
}
