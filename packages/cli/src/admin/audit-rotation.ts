import { createAuditLog } from "../../../../functions/aws/audit-log.ts";
import { createBootstrapActor } from "../../../../functions/domain/actor.ts";
import { audit } from "../../../../functions/domain/audit.ts";
import { withTable } from "./aws.ts";

/** Writes down, in a table of DynamoDB, that HMAC keys are about to be rotated; never a key. Throws `Failure` when it cannot. */
export function auditRotation(
  table: string,
  {
    tenant,
    reason,
    current,
    count,
    now,
  }: {
    tenant: string;
    reason: string | undefined;
    /** Id of the new key. */
    current: string;
    count: number;
    now: () => Date;
  },
): Promise<void> {
  const by = createBootstrapActor(tenant);
  const details = { current, keys: count };
  const about = reason === undefined ? { details } : { details, reason };
  return withTable(table, (client) => {
    const clock = { now };
    const log = createAuditLog({ client, table });
    return audit({ audit: log, clock }, { action: "fingerprint_keys.rotate", tenant, by, ...about });
  });
}
