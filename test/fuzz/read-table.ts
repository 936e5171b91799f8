import type { AuditEntry } from "../../functions/domain/audit.ts";
import type { ConnectionRecord } from "../../functions/domain/record/connection-record.ts";
import type { TestStack } from "../support/local-stack.ts";
import { readItems } from "../support/read-items.ts";

/** What the table holds, by what it is about. */
export interface TableContents {
  connections: ConnectionRecord[];
  audit: AuditEntry[];
  tenants: string[];
  keyHashes: string[];
  /** Keys of items of any other kind, less the gateways' turns, what is under way, and what the broker keeps for itself. */
  others: string[];
}

const own = new Set(["turn", "quota", "stats", "upgrade"]);

export async function readTable(stack: TestStack): Promise<TableContents> {
  const contents: TableContents = { connections: [], audit: [], tenants: [], keyHashes: [], others: [] };
  for (const [key, item] of await readItems(stack)) {
    const [kind = "", rest = ""] = key.split("#", 2);
    if (kind === "audit") contents.audit.push((item as { entry: AuditEntry }).entry);
    else if (kind === "tenant") contents.tenants.push(rest);
    else if (kind === "key") contents.keyHashes.push(rest);
    else if (/^[a-z2-7]{26}$/.test(kind)) contents.connections.push((item as { data: ConnectionRecord }).data);
    else if (!own.has(kind)) contents.others.push(key);
  }
  return contents;
}
