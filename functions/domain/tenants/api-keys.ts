import { createHash, randomBytes } from "node:crypto";
import { DomainError } from "../errors.ts";
import { type ApiKey, isValid, type RateLimit, type Scope, type Tenant } from "./tenant.ts";

/** What is stored of an API key. A key is 256 random bits, so a plain hash cannot be guessed back. */
export function hashApiKey(key: string): string {
  return createHash("sha256").update(key).digest("hex");
}

/** A new API key: `vpb_` and 32 random bytes in base64url. */
export function createApiKey(): string {
  return `vpb_${randomBytes(32).toString("base64url")}`;
}

/** A key's public name: 72 bits of its hash, which say nothing about the 256 of the key. */
const toKeyId = (hash: string) => `key_${hash.slice(0, 18)}`;

export interface NewKey {
  name: string;
  scopes: Scope[];
  expiresAt?: string;
  rateLimit?: RateLimit;
}

/** What is kept of dead keys, newest last, so that an item cannot grow without end. */
const maxDeadKeys = 50;
const maxValidKeys = 50;

/** The tenant with this key in addition. Throws `conflict` when it has too many. */
export function addKey(tenant: Tenant, key: string, made: NewKey, now: Date): { tenant: Tenant; added: ApiKey } {
  const valid = tenant.keys.filter((one) => isValid(one, now));
  // A key in its grace time does not count, so that a full tenant can rotate.
  const counted = valid.filter(({ replacedBy }) => !replacedBy);
  if (counted.length >= maxValidKeys) throw new DomainError("conflict", `a tenant has at most ${maxValidKeys} keys`);
  const dead = tenant.keys.filter((one) => !isValid(one, now)).slice(-maxDeadKeys);
  const hash = hashApiKey(key);
  const added: ApiKey = { id: toKeyId(hash), hash, createdAt: now.toISOString(), ...made };
  return { tenant: { ...tenant, keys: [...dead, ...valid, added] }, added };
}

/**
 * The tenant with a new key of the same name, scopes and lifetime, the old one ending after the grace time (seconds).
 * Throws `conflict` for a key that is not valid, or is being replaced already: two of a kind are valid at once, not three.
 */
export function replaceKey(
  tenant: Tenant,
  id: string,
  key: string,
  graceSeconds: number,
  now: Date,
): { tenant: Tenant; added: ApiKey; replaced: ApiKey } {
  const old = findKey(tenant, id);
  if (!isValid(old, now)) throw new DomainError("conflict", "this key is not valid any more; make a new one");
  if (old.replacedBy) throw new DomainError("conflict", `this key is being replaced already, by ${old.replacedBy}`);
  const before = tenant.keys.find((one) => one.replacedBy === id && isValid(one, now));
  if (before) throw new DomainError("conflict", `the key before it, ${before.id}, is still valid; revoke that first`);
  const { name, scopes, rateLimit, expiresAt, createdAt } = old;
  const lifetime = expiresAt === undefined ? undefined : Date.parse(expiresAt) - Date.parse(createdAt);
  const made: NewKey = {
    name,
    scopes,
    ...(rateLimit ? { rateLimit } : {}),
    ...(lifetime === undefined ? {} : { expiresAt: new Date(now.getTime() + lifetime).toISOString() }),
  };
  const graceEnd = new Date(now.getTime() + graceSeconds * 1000).toISOString();
  const replaced = {
    ...old,
    replacedBy: toKeyId(hashApiKey(key)),
    expiresAt: expiresAt !== undefined && expiresAt < graceEnd ? expiresAt : graceEnd,
  };
  return { ...addKey(withKey(tenant, replaced), key, made, now), replaced };
}

/** The tenant with this key dead at once; the very same when it was revoked before. */
export function retireKey(tenant: Tenant, id: string, now: Date): Tenant {
  const key = findKey(tenant, id);
  return key.revokedAt ? tenant : withKey(tenant, { ...key, revokedAt: now.toISOString() });
}

function withKey(tenant: Tenant, key: ApiKey): Tenant {
  return { ...tenant, keys: tenant.keys.map((one) => (one.id === key.id ? key : one)) };
}

function findKey(tenant: Tenant, id: string): ApiKey {
  const key = tenant.keys.find((one) => one.id === id);
  if (!key) throw new DomainError("not_found", "this tenant has no key of this id");
  return key;
}
