import { randomBytes } from "node:crypto";
import type { Opener, Sealer } from "../ports.ts";
import type { Tenant } from "./tenant.ts";

/** A signing secret of Standard Webhooks: `whsec_` and 32 random bytes in base64. */
export function createWebhookSecret(): string {
  return `whsec_${randomBytes(32).toString("base64")}`;
}

/** The tenant with a new secret; the current one goes on signing beside it for the grace time (seconds). */
export function replaceSecret(sealer: Sealer, tenant: Tenant, secret: string, graceSeconds: number, now: Date): Tenant {
  const graceEnd = new Date(now.getTime() + graceSeconds * 1000).toISOString();
  const [current] = tenant.webhookSecrets;
  const added = { sealed: sealer.seal(tenant.name, secret), createdAt: now.toISOString() };
  // Standard Webhooks lets a receiver hold two: of an earlier rotation nothing is left.
  const kept = current && graceSeconds > 0 ? [{ ...current, expiresAt: graceEnd }] : [];
  return { ...tenant, webhookSecrets: [added, ...kept] };
}

/** The secrets that sign now, the newest first. Throws when the tenant has none. */
export async function openWebhookSecrets(opener: Opener, tenant: Tenant | undefined, now: Date): Promise<string[]> {
  const valid = (tenant?.webhookSecrets ?? []).filter(({ expiresAt }) => !expiresAt || now < new Date(expiresAt));
  if (!tenant || valid.length === 0) throw new Error("the tenant has no webhook secret");
  return Promise.all(valid.map(({ sealed }) => opener.open(tenant.name, sealed)));
}
