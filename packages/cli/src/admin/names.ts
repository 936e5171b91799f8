import { tenantNamePattern } from "../../../../functions/domain/tenants/tenant.ts";
import { UsageError } from "../failure.ts";

/** The name itself. Throws `UsageError` for what cannot be one, without asking the broker. */
export function checkTenant(name: string): string {
  if (tenantNamePattern.test(name)) return name;
  throw new UsageError("a tenant's name must be 1 to 63 of a-z, 0-9 and hyphens");
}

/** A key's id. Throws `UsageError` for anything else, without repeating it: it may be the key's text. */
export function checkKeyId(id: string): string {
  if (/^key_\w{1,64}$/.test(id)) return id;
  throw new UsageError("a key is named by its id, key_ and more, as keys <tenant> lists it; never by its text");
}
