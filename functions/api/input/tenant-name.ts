import { tenantName } from "../../contract/schemas/fields.ts";
import { DomainError } from "../../domain/errors.ts";

/** The name of a tenant in a path. Throws `invalid_request`. */
export function readTenantName(text: string): string {
  const parsed = tenantName.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new DomainError("invalid_request", `the tenant's name ${parsed.error.issues[0]?.message ?? "is not valid"}`);
}
