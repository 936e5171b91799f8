import { isUnchanged } from "./conditions.ts";
import { type AuditItem, type RecordItem, type TenantItem, toAuditItem, toItem, toTenantItem } from "./item.ts";
import { kindOf } from "./schema.ts";
import type { Condition } from "./table.ts";

/** An item with the keys that today's indexes want, and what must hold for it to be written. */
export interface Rekeyed {
  item: { pk: string } & object;
  condition: Condition;
}

/** Of an item that is up to date in itself; undefined for one that is in no index. When it counts as quiet stays. */
export function rekey(item: { pk: string } & object): Rekeyed | undefined {
  const kind = kindOf(item.pk);
  switch (kind) {
    case "record": {
      const { data, version, gsi2sk } = item as RecordItem;
      return { item: toItem(data, gsi2sk?.split("#")[0] ?? data.updatedAt), condition: isUnchanged(version) };
    }
    case "tenant": {
      const { data, version } = item as TenantItem;
      return { item: toTenantItem(data), condition: isUnchanged(version) };
    }
    case "audit":
      return { item: toAuditItem((item as AuditItem).entry), condition: { expression: "attribute_exists(pk)" } };
    case undefined:
      return undefined;
  }
}
