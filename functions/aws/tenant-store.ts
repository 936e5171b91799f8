import { StaleRecordError } from "../domain/errors.ts";
import type { TenantStore } from "../domain/ports.ts";
import { isNew, isUnchanged } from "./conditions.ts";
import { indexes } from "./indexes.ts";
import { allTenants, type TenantItem, toTenantItem } from "./item.ts";
import { createTable, type Table, type TableDeps } from "./table.ts";

const tenantKey = (name: string) => `tenant#${name}`;
const hashKey = (hash: string) => `key#${hash}`;

/** Tenants with their keys, in the same table as the records. */
export function createTenantStore(deps: TableDeps): TenantStore {
  const table = createTable(deps);

  const names = () => readTenantNames(table);

  return {
    get: async (name) => (await table.get<TenantItem>(tenantKey(name)))?.data,

    async save(tenant) {
      const next = { ...tenant, version: tenant.version + 1 };
      if (await table.putIf(toTenantItem(next), tenant.version === 0 ? isNew : isUnchanged(tenant.version))) {
        throw new StaleRecordError("the tenant was written by somebody else");
      }
      return next;
    },

    names,

    async list() {
      const found = await table.readMany<TenantItem>((await names()).map(tenantKey));
      return found.map(({ data }) => data).toSorted((a, b) => (a.name < b.name ? -1 : 1));
    },

    claim: (hash, tenant) => table.put({ pk: hashKey(hash), tenant }),

    ownerOf: async (hash) => (await table.get<{ tenant: string }>(hashKey(hash)))?.tenant,
  };
}

/** All of them, in their order; the index that is asked may lag. */
export async function readTenantNames(table: Table): Promise<string[]> {
  const found: string[] = [];
  for await (const { rows } of table.pages<{ byTime: string }>({ index: indexes.tenant, partition: allTenants }))
    found.push(...rows.map(({ byTime }) => byTime));
  return found;
}
