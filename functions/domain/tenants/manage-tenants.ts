import type { Actor } from "../actor.ts";
import { audit, type AuditAction, type AuditEntry, type AuditLog } from "../audit.ts";
import type { Clock } from "../clock.ts";
import { DomainError } from "../errors.ts";
import type { Sealer, TenantStore } from "../ports.ts";
import { saveAnew } from "../save-anew.ts";
import { addKey, createApiKey, hashApiKey, type NewKey, replaceKey, retireKey } from "./api-keys.ts";
import { type ApiKey, createTenant, isValid, type Tenant, tenantNamePattern, type TenantSettings } from "./tenant.ts";
import { createWebhookSecret, replaceSecret } from "./webhook-secrets.ts";

export interface ManageDeps {
  tenants: TenantStore;
  sealer: Sealer;
  audit: AuditLog;
  clock: Clock;
}

/** Who manages which tenant, and why. */
export interface ManageInput {
  actor: Actor;
  tenant: string;
  reason?: string;
}

/** The tenant. Throws `not_found`. */
export async function getTenant(deps: { tenants: TenantStore }, name: string): Promise<Tenant> {
  return required(await findTenant(deps, name));
}

/** A text that can be no name leads to no tenant, and to no key that the store would refuse. */
async function findTenant(deps: { tenants: TenantStore }, name: string): Promise<Tenant | undefined> {
  return tenantNamePattern.test(name) ? deps.tenants.get(name) : undefined;
}

/**
 * Makes a tenant or replaces its settings; its keys and secrets stay. One that has no webhook secret gets it, which is told
 * this once. With `version`, throws `conflict` unless the tenant is at it.
 */
export async function setTenant(
  deps: ManageDeps,
  input: ManageInput & { settings: TenantSettings; version?: number },
): Promise<{ tenant: Tenant; created: boolean; webhookSecret?: string }> {
  const { tenant: name, settings, version } = input;
  const secret = createWebhookSecret();
  const about = () => ({ details: toDetails(settings) });
  const { tenant, before } = await change(deps, "tenant.set", { ...input, about }, (known, now) => {
    if (version !== undefined && version !== (known?.version ?? 0)) {
      throw new DomainError("conflict", "the tenant has changed since; read it again");
    }
    const next = { ...withoutSettings(known ?? createTenant(name, now)), ...settings };
    return next.webhookSecrets.length > 0 ? next : replaceSecret(deps.sealer, next, secret, 0, now);
  });
  const told = before?.webhookSecrets.length ? {} : { webhookSecret: secret };
  return { tenant, created: before === undefined, ...told };
}

/**
 * Cuts a tenant off: from now on nothing is sent for it. Said again, the first reason stays. Throws `conflict` for the
 * tenant of the operator's own key, which could not take it back.
 */
export async function suspendTenant(deps: ManageDeps, input: ManageInput & { reason: string }): Promise<Tenant> {
  const { actor, tenant: name, reason } = input;
  if (actor.tenant === name) throw new DomainError("conflict", "this is the tenant of the API key that asks");
  const { tenant } = await change(deps, "tenant.suspend", input, (known, now) => {
    const current = required(known);
    return current.suspended ? current : { ...current, suspended: { at: now.toISOString(), reason } };
  });
  return tenant;
}

/** Takes that back; what ended meanwhile stays ended, and can be redriven. */
export async function resumeTenant(deps: ManageDeps, input: ManageInput): Promise<Tenant> {
  const { tenant } = await change(deps, "tenant.resume", input, (known) => {
    const { suspended, ...resumed } = required(known);
    return suspended ? resumed : required(known);
  });
  return tenant;
}

/** Settings are replaced, not merged: one that is not named any more is gone. */
function withoutSettings(tenant: Tenant): Omit<Tenant, keyof TenantSettings> {
  const { gateways: _1, credentials: _2, maxUnfinishedRequests: _3, webhookUrl: _4, ...rest } = tenant;
  return rest;
}

/** Settings as the audit log shows them; a path or a query of a URL can be a secret. */
function toDetails({
  gateways,
  credentials,
  maxUnfinishedRequests,
  webhookUrl,
}: TenantSettings): AuditEntry["details"] {
  const named = Object.entries(credentials).map(([provider, reference]) => `${provider}=${reference}`);
  const origin = webhookUrl === undefined ? {} : { webhookOrigin: new URL(webhookUrl).origin };
  return { gateways, credentials: named, maxUnfinishedRequests, ...origin };
}

/** Makes a new webhook secret, told this once; the one before signs beside it for the grace time (seconds). */
export async function rotateWebhookSecret(
  deps: ManageDeps,
  input: ManageInput & { graceSeconds: number },
): Promise<{ webhookSecret: string; previousValidUntil?: string }> {
  const webhookSecret = createWebhookSecret();
  const { tenant } = await change(deps, "webhook_secret.rotate", input, (known, now) =>
    replaceSecret(deps.sealer, required(known), webhookSecret, input.graceSeconds, now),
  );
  const previousValidUntil = tenant.webhookSecrets[1]?.expiresAt;
  return { webhookSecret, ...(previousValidUntil === undefined ? {} : { previousValidUntil }) };
}

/** A key as it was made, with its text, which is told this once. */
export interface CreatedKey {
  added: ApiKey;
  secret: string;
  replaced?: ApiKey;
}

/** Makes an API key. Throws `conflict` when the tenant has too many. */
export async function createKey(deps: ManageDeps, input: ManageInput & { key: NewKey }): Promise<CreatedKey> {
  return makeWith(deps, "api_key.create", input, (tenant, secret, now) => addKey(tenant, secret, input.key, now));
}

/** Makes a key in place of another, which stays valid for the grace time (seconds). Throws `conflict`, `not_found`. */
export async function rotateKey(
  deps: ManageDeps,
  input: ManageInput & { keyId: string; graceSeconds: number },
): Promise<CreatedKey> {
  const { keyId, graceSeconds } = input;
  return makeWith(deps, "api_key.rotate", input, (tenant, secret, now) =>
    replaceKey(tenant, keyId, secret, graceSeconds, now),
  );
}

/**
 * Ends a key: at once where it is read, within a minute where it is remembered. Throws `not_found`, and without `force`
 * `conflict` when no admin key would be left that goes on working.
 */
export async function revokeKey(
  deps: ManageDeps,
  input: ManageInput & { keyId: string; force?: boolean },
): Promise<ApiKey> {
  const { keyId } = input;
  if (!input.force) await requireAnotherAdmin(deps, input);
  const about = () => ({ target: keyId });
  const { tenant } = await change(deps, "api_key.revoke", { ...input, about }, (known, now) =>
    retireKey(required(known), keyId, now),
  );
  const key = tenant.keys.find(({ id }) => id === keyId);
  if (!key) throw new DomainError("not_found", "this tenant has no key of this id");
  return key;
}

/** Two who revoke each other's key at the same moment are not seen. */
async function requireAnotherAdmin({ tenants, clock }: ManageDeps, { tenant, keyId }: ManageInput & { keyId: string }) {
  const now = clock.now();
  const admins = (await tenants.list()).flatMap(({ name, keys, suspended }) =>
    keys
      .filter((key) => key.scopes.includes("admin") && isValid(key, now))
      .map(({ id, replacedBy }) => ({
        isIt: name === tenant && id === keyId,
        // A suspended tenant's only read.
        goesOn: replacedBy === undefined && suspended === undefined,
      })),
  );
  if (!admins.some(({ isIt }) => isIt) || admins.some(({ isIt, goesOn }) => goesOn && !isIt)) return;
  const detail = "is needed to revoke the last admin key that works";
  throw new DomainError("conflict", "without this key nobody could manage tenants and keys", [
    { pointer: "/force", detail },
  ]);
}

/** The way from the hash to the tenant is laid first: alone it lets nobody in, and the key must work once it is told. */
async function makeWith(
  deps: ManageDeps,
  action: AuditAction,
  input: ManageInput,
  make: (tenant: Tenant, secret: string, now: Date) => { tenant: Tenant; added: ApiKey; replaced?: ApiKey },
): Promise<CreatedKey> {
  const secret = createApiKey();
  // What would be refused is refused before anything is written.
  make(await getTenant(deps, input.tenant), secret, deps.clock.now());
  await deps.tenants.claim(hashApiKey(secret), input.tenant);
  let made: ReturnType<typeof make> | undefined;
  const about = () => {
    const { added, replaced } = made ?? {};
    const expiry = added?.expiresAt === undefined ? {} : { expiresAt: added.expiresAt };
    const details = added && { name: added.name, scopes: added.scopes, ...expiry };
    return { target: added?.id, details: replaced ? { ...details, replaces: replaced.id } : details };
  };
  const decide: Decide = (known, now) => (made = make(required(known), secret, now)).tenant;
  await change(deps, action, { ...input, about }, decide);
  if (!made) throw new Error("nothing was made");
  return { added: made.added, secret, ...(made.replaced ? { replaced: made.replaced } : {}) };
}

function required(tenant: Tenant | undefined): Tenant {
  if (!tenant) throw new DomainError("not_found", "there is no tenant of this name");
  return tenant;
}

type Decide = (known: Tenant | undefined, now: Date) => Tenant;
type About = { [Member in "target" | "details"]?: AuditEntry[Member] | undefined };

/** Writes a tenant as `decide` would have it, audited before; decides anew when somebody wrote in between. */
async function change(
  deps: ManageDeps,
  action: AuditAction,
  { actor, tenant: name, about, reason }: ManageInput & { about?: () => About },
  decide: Decide,
): Promise<{ tenant: Tenant; before: Tenant | undefined }> {
  const read = () => findTenant(deps, name);
  const save = async (before: Tenant | undefined, tries: number) => {
    const now = deps.clock.now();
    const next = decide(before, now);
    if (next === before) return { tenant: before, before };
    if (tries === 1) {
      const { target, details } = about?.() ?? {};
      await audit(deps, {
        action,
        tenant: name,
        by: actor,
        ...(target === undefined ? {} : { target }),
        ...(reason === undefined ? {} : { reason }),
        ...(details === undefined ? {} : { details }),
      });
    }
    return { tenant: await deps.tenants.save({ ...next, updatedAt: now.toISOString() }), before };
  };
  return saveAnew(await read(), save, read);
}
