import { StaleRecordError } from "../domain/errors.ts";
import type { TenantStore } from "../domain/ports.ts";
import type { Tenant } from "../domain/tenants/tenant.ts";
import { type Condition, createTable, type TableDeps } from "./table.ts";

/** The item of a tenant; listed in gsi1 beside the tenants' requests, under a partition of its own. */
interface TenantItem {
  pk: string;
  data: Tenant;
  version: number;
  gsi1pk: string;
  gsi1sk: string;
}

const allTenants = "tenants";
const tenantKey = (name: string) => `tenant#${name}`;
const hashKey = (hash: string) => `key#${hash}`;

/*
 *   absent --- isNew ----> version 1 --- isUnchanged ----> version n+1 ---| …
 */
const isNew: Condition = { expression: "attribute_not_exists(pk)" };
const isUnchanged = (version: number): Condition => ({
  expression: "version = :version",
  values: { ":version": version },
});

/** Tenants with their keys, in the same table as the records. */
export function createTenantStore(deps: TableDeps): TenantStore {
  const table = createTable(deps);

  return {
    get: async (name) => (await table.get<TenantItem>(tenantKey(name)))?.data,

    async save(tenant) {
      const next = { ...tenant, version: tenant.version + 1 };
      const item: TenantItem = {
        pk: tenantKey(tenant.name),
        data: next,
        version: next.version,
        gsi1pk: allTenants,
        gsi1sk: tenant.name,
      };
      if (await table.putIf(item, tenant.version === 0 ? isNew : isUnchanged(tenant.version))) {
        throw new StaleRecordError("the tenant was written by somebody else");
      }
      return next;
    },

    async list() {
      const names: string[] = [];
      const pages = table.pages<{ gsi1sk: string }>({
        IndexName: "gsi1",
        KeyConditionExpression: "gsi1pk = :all",
        values: { ":all": allTenants },
      });
      for await (const { rows } of pages) names.push(...rows.map(({ gsi1sk }) => gsi1sk));
      const found = await table.readMany<TenantItem>(names.map(tenantKey));
      return found.map(({ data }) => data).toSorted((a, b) => (a.name < b.name ? -1 : 1));
    },

    claim: (hash, tenant) => table.put({ pk: hashKey(hash), tenant }),

    ownerOf: async (hash) => (await table.get<{ tenant: string }>(hashKey(hash)))?.tenant,
  };
}
