import type { Clock } from "../functions/domain/clock.ts";
import type { Opener, Sealer, TenantStore } from "../functions/domain/ports.ts";
import { hashApiKey } from "../functions/domain/tenants/api-keys.ts";
import { type ApiKey, createTenant, isValid, scopes, type Tenant } from "../functions/domain/tenants/tenant.ts";
import { openWebhookSecrets, sealWebhookSecret } from "../functions/domain/tenants/webhook-secrets.ts";

const name = "local";

interface TenantDeps {
  tenants: TenantStore;
  sealer: Sealer;
  opener: Opener;
  clock: Clock;
}

/**
 * The local stack's first tenant, which may do everything. Its API key works, whatever became of it before; its webhook
 * secret is the one asked for, or else the one it has. What operators changed stays. Answers the secret that signs.
 */
export async function ensureTenant(
  deps: TenantDeps,
  given: { apiKey: string; webhookSecret?: string; firstWebhookSecret: string },
): Promise<{ webhookSecret: string }> {
  const { tenants, clock } = deps;
  const now = clock.now();
  const at = now.toISOString();
  const known = await tenants.get(name);
  const tenant = withKey(known ?? { ...createTenant(name, now), gateways: ["*"] }, given.apiKey, now);
  const current = known && (await openSecret(deps.opener, known, now));
  const webhookSecret = given.webhookSecret ?? current ?? given.firstWebhookSecret;
  const sealed = sealWebhookSecret(deps.sealer, { name }, webhookSecret, now);
  const next = webhookSecret === current ? tenant : { ...tenant, webhookSecrets: [sealed] };
  await tenants.claim(hashApiKey(given.apiKey), name);
  if (next !== known) await tenants.save({ ...next, updatedAt: at });
  return { webhookSecret };
}

/** Throws a sentence when it was sealed with the key pair of another folder. */
async function openSecret(opener: Opener, tenant: Tenant, now: Date): Promise<string | undefined> {
  try {
    return (await openWebhookSecrets(opener, tenant, now))[0];
  } catch (error) {
    if (!String((error as NodeJS.ErrnoException).code).startsWith("ERR_OSSL")) throw error;
    const what = "the table was written with another secrets.json than the one in DATA_DIR";
    throw new Error(`${what}; put that file back, or start with an empty table`, { cause: error });
  }
}

/** There is one first key: one that an earlier start was given does not work any more. */
function withKey(tenant: Tenant, apiKey: string, now: Date): Tenant {
  const hash = hashApiKey(apiKey);
  const id = "key_first";
  const isWhole = (key: ApiKey) =>
    key.hash === hash && isValid(key, now) && scopes.every((one) => key.scopes.includes(one));
  if (tenant.keys.some((key) => key.id === id && isWhole(key))) return tenant;
  const others = tenant.keys.filter((key) => key.id !== id);
  const key = { id, name: "first key", hash, scopes: [...scopes], createdAt: now.toISOString() };
  return { ...tenant, keys: [...others, key] };
}
