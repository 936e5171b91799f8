import { createHash } from "node:crypto";
import { createBootstrapActor } from "../functions/domain/actor.ts";
import type { AuditLog } from "../functions/domain/audit.ts";
import type { Clock } from "../functions/domain/clock.ts";

const tenant = "local";

/**
 * Writes down, once, that another HMAC key took the place of the first. A local stack's keys are rotated in its folder, while the
 * table is held by nobody or by another process: so the start that takes the key up is what can be audited.
 */
export async function auditRotation(
  { audit, clock }: { audit: AuditLog; clock: Clock },
  { current, keys }: { current: string; keys: Readonly<Record<string, string>> },
): Promise<void> {
  const count = Object.keys(keys).length;
  if (count < 2) return;
  await audit.append({
    // Of the key's id, so that the next start finds it there.
    id: `audit_${createHash("sha256").update(`fingerprint-key ${current}`).digest("hex").slice(0, 24)}`,
    at: clock.now().toISOString(),
    action: "fingerprint_keys.rotate",
    tenant,
    by: createBootstrapActor(tenant),
    details: { current, keys: count },
  });
}
