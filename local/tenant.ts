import { createBootstrapActor } from "../functions/domain/actor.ts";
import { audit, type AuditLog } from "../functions/domain/audit.ts";
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
  audit: AuditLog;
  clock: Clock;
}

/**
 * The local stack's first tenant, which may do everything, with its first key. One that was revoked, or whose time is over,
 * stays so: `replaceApiKey` makes another; without it, throws a sentence. Its webhook secret is the one asked for, or else
 * the one it has. What operators changed stays. Answers the key that works and the secret that signs.
 */
export async function ensureTenant(
  deps: TenantDeps,
  given: { apiKey: string; replaceApiKey?: () => string; webhookSecret?: string; firstWebhookSecret: string },
): Promise<{ apiKey: string; webhookSecret: string }> {
  const { tenants, clock } = deps;
  const now = clock.now();
  const at = now.toISOString();
  const known = await tenants.get(name);
  const apiKey = known && isDead(known, given.apiKey, now) ? makeAnother(given.replaceApiKey) : given.apiKey;
  const tenant = withKey(known ?? { ...createTenant(name, now), gateways: ["*"] }, apiKey, now);
  const current = known && (await openSecret(deps.opener, known, now));
  const webhookSecret = given.webhookSecret ?? current ?? given.firstWebhookSecret;
  const sealed = sealWebhookSecret(deps.sealer, { name }, webhookSecret, now);
  const next = webhookSecret === current ? tenant : { ...tenant, webhookSecrets: [sealed] };
  await tenants.claim(hashApiKey(apiKey), name);
  const key = tenant.keys.at(-1);
  if (known && tenant !== known && key) {
    const by = createBootstrapActor(name);
    const about = { target: key.id, details: { name: key.name, scopes: key.scopes } };
    await audit(deps, { action: "api_key.create", tenant: name, by, ...about });
  }
  if (next !== known) await tenants.save({ ...next, updatedAt: at });
  return { apiKey, webhookSecret };
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

function isDead({ keys }: Tenant, apiKey: string, now: Date): boolean {
  const hash = hashApiKey(apiKey);
  return keys.some((key) => key.hash === hash && !isValid(key, now));
}

function makeAnother(replaceApiKey?: () => string): string {
  if (replaceApiKey) return replaceApiKey();
  throw new Error(
    "VPN_BROKER_API_KEY is a key that was revoked, or whose time is over; leave it out, or set another one",
  );
}

/** There is one first key that works; those that were revoked are kept, so that they stay so. */
function withKey(tenant: Tenant, apiKey: string, now: Date): Tenant {
  const hash = hashApiKey(apiKey);
  const isFirst = ({ id }: ApiKey) => /^key_first\d*$/.test(id);
  const isWhole = (key: ApiKey) =>
    key.hash === hash && isValid(key, now) && scopes.every((one) => key.scopes.includes(one));
  if (tenant.keys.some((key) => isFirst(key) && isWhole(key))) return tenant;
  const kept = tenant.keys.filter((key) => !isFirst(key) || !isValid(key, now));
  const number = Math.max(0, ...kept.filter(isFirst).map((one) => Number(one.id.slice("key_first".length) || 1))) + 1;
  const id = number === 1 ? "key_first" : `key_first${number}`;
  const key = { id, name: "first key", hash, scopes: [...scopes], createdAt: now.toISOString() };
  return { ...tenant, keys: [...kept, key] };
}
