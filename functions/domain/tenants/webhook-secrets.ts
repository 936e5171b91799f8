import { randomBytes } from "node:crypto";
import type { Opener, Sealer } from "../ports.ts";
import type { Tenant, WebhookSecret } from "./tenant.ts";

/** A signing secret of Standard Webhooks: `whsec_` and 32 random bytes in base64. */
export function createWebhookSecret(): string {
  return `whsec_${randomBytes(32).toString("base64")}`;
}

/** Secrets that may sign at a time. */
const maxSecrets = 3;

/** What stands in a tenant's seals: no connection has such an id, so that neither opens in the other's place. */
const contextOf = ({ name }: Pick<Tenant, "name">) => `tenant:${name}`;

/** Seals a webhook secret for its tenant. */
export function sealWebhookSecret(sealer: Sealer, tenant: Pick<Tenant, "name">, secret: string, now: Date) {
  return { sealed: sealer.seal(contextOf(tenant), secret), createdAt: now.toISOString() };
}

/**
 * The tenant with a new secret; the current one signs beside it for the grace time (seconds). One whose grace time is not
 * over signs on as well: when the answer of a rotation was lost, receivers still know only that one.
 */
export function replaceSecret(sealer: Sealer, tenant: Tenant, secret: string, graceSeconds: number, now: Date): Tenant {
  const graceEnd = new Date(now.getTime() + graceSeconds * 1000).toISOString();
  const [current, ...earlier] = signing(tenant, now);
  const kept = current && graceSeconds > 0 ? [{ ...current, expiresAt: graceEnd }, ...earlier] : [];
  const webhookSecrets = [sealWebhookSecret(sealer, tenant, secret, now), ...kept].slice(0, maxSecrets);
  return { ...tenant, webhookSecrets };
}

/** The secrets that sign now, the newest first. Throws when the tenant has none. */
export async function openWebhookSecrets(opener: Opener, tenant: Tenant | undefined, now: Date): Promise<string[]> {
  const valid = tenant ? signing(tenant, now) : [];
  if (!tenant || valid.length === 0) throw new Error("the tenant has no webhook secret");
  return Promise.all(valid.map(({ sealed }) => opener.open(contextOf(tenant), sealed)));
}

function signing({ webhookSecrets }: Tenant, now: Date): WebhookSecret[] {
  return webhookSecrets.filter(({ expiresAt }) => !expiresAt || now < new Date(expiresAt));
}
