import { fromCursor, toCursor } from "../cursor.ts";
import { cutPage } from "../cut-page.ts";
import type { TenantStore } from "../ports.ts";
import { toTenantResource } from "./tenant-resource.ts";
import { type Tenant, tenantNamePattern } from "./tenant.ts";

const asked = { list: "tenants" };

/** Every tenant by name, as many as an answer holds. Throws `DomainError` for a cursor that is not of this list. */
export async function listTenants(
  { tenants }: { tenants: Pick<TenantStore, "list"> },
  { cursor }: { cursor?: string },
): Promise<{ items: Tenant[]; nextCursor?: string }> {
  const after = cursor === undefined ? "" : fromCursor(asked, cursor, tenantNamePattern);
  const rest = (await tenants.list()).filter(({ name }) => name > after);
  const items = cutPage(rest, toTenantResource);
  const last = items.length < rest.length ? items.at(-1) : undefined;
  return { items, ...(last ? { nextCursor: toCursor(asked, last.name) } : {}) };
}
