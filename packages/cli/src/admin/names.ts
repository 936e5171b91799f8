import { tenantName } from "../../../../functions/contract/schemas/fields.ts";
import { UsageError } from "./failure.ts";

/** The path of a tenant. Throws `UsageError` for what is no tenant's name: in a path it could lead elsewhere. */
export function tenantPath(name: string | undefined): string {
  return `/tenants/${checkTenant(name)}`;
}

/** The name itself. Throws `UsageError`. */
export function checkTenant(name: string | undefined): string {
  const parsed = tenantName.safeParse(name);
  if (parsed.success) return parsed.data;
  throw new UsageError(`a tenant's name ${parsed.error.issues[0]?.message ?? "is needed"}`);
}

/** The path of a key of a tenant. Throws `UsageError` for what is no key's id, without repeating it. */
export function keyPath(tenant: string | undefined, keyId: string | undefined): string {
  if (keyId && /^key_\w{1,64}$/.test(keyId)) return `${tenantPath(tenant)}/keys/${keyId}`;
  throw new UsageError("a key is named by its id, key_ and more, as `keys <tenant>` lists it; never by its text");
}
