import type { RequestError } from "../domain/errors.ts";
import type { TenantStore } from "../domain/ports.ts";
import { refusalOfTenant } from "../domain/tenants/may-be-sent.ts";
import { type Learned, refuseUnsent, type RunDeps } from "./run.ts";

/** What is asked of operators' settings before anything is sent, each time anew. */
export interface PermissionDeps extends RunDeps {
  tenants: Pick<TenantStore, "get">;
}

type Asking = Learned & { deps: PermissionDeps };

/** Why nothing more may be sent for this request; its tenant is read for certain. */
export async function readRefusal({ deps, record }: Asking): Promise<RequestError | undefined> {
  return refusalOfTenant(await deps.tenants.get(record.tenant), record);
}

/** Ends a request of which the vendor can have nothing where an operator has taken its permission away. */
export async function requirePermission(asking: Asking): Promise<void> {
  const refusal = await readRefusal(asking);
  if (refusal) throw await refuseUnsent(asking, refusal);
}
