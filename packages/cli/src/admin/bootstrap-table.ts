import { createAuditLog } from "../../../../functions/aws/audit-log.ts";
import { createTenantStore } from "../../../../functions/aws/tenant-store.ts";
import { withTable } from "./aws.ts";
import { bootstrap } from "./bootstrap.ts";

/** `bootstrap` in a table of DynamoDB. */
export function bootstrapTable(
  table: string,
  { now, ...input }: Parameters<typeof bootstrap>[1] & { now: () => Date },
): ReturnType<typeof bootstrap> {
  return withTable(table, (client) => {
    const storage = { client, table, clock: { now } };
    return bootstrap({ tenants: createTenantStore(storage), audit: createAuditLog(storage), clock: { now } }, input);
  });
}
