import { timingSafeEqual } from "node:crypto";
import type { Clock } from "../clock.ts";
import { DomainError } from "../errors.ts";
import type { TenantStore } from "../ports.ts";
import { hashApiKey } from "./api-keys.ts";
import {
  type ApiKey,
  defaultRateLimit,
  isValid,
  type RateLimit,
  type Scope,
  type Suspension,
  type TenantSettings,
} from "./tenant.ts";

/** Who calls: made from the API key, never from the request. */
export interface Caller {
  tenant: string;
  key: Pick<ApiKey, "id" | "name" | "expiresAt">;
  scopes: readonly Scope[];
  rateLimit: RateLimit;
  settings: TenantSettings;
  /** The tenant's; absent = it is not suspended. */
  suspended?: Suspension;
}

/** A key that was found, with its tenant as it was then; whether it is valid is asked at each use. */
export interface KnownKey {
  key: ApiKey;
  tenant: { name: string; suspended?: Suspension } & TenantSettings;
}

export interface KeyDirectory {
  /** The key with this SHA-256 (hex), valid or not; `fresh` as it is now, and not as it is remembered. */
  find(hash: string, options?: { fresh: boolean }): Promise<KnownKey | undefined>;
}

/** Keys by way of their tenants: an item that leads from the hash to the tenant, and the tenant, which decides. */
export function createKeyDirectory(tenants: TenantStore): KeyDirectory {
  return {
    async find(hash) {
      const name = await tenants.ownerOf(hash);
      const tenant = name === undefined ? undefined : await tenants.get(name);
      const key = tenant?.keys.find((one) => isSame(one.hash, hash));
      return key && tenant && { key, tenant };
    },
  };
}

function isSame(a: string, b: string): boolean {
  const [first, second] = [Buffer.from(a), Buffer.from(b)];
  return first.length === second.length && timingSafeEqual(first, second);
}

/** Who sends this `Authorization` header. Throws `unauthenticated` without telling which part was wrong. */
export async function authenticateCaller(
  deps: { keys: KeyDirectory; clock: Clock },
  authorization: string | undefined,
  options?: { fresh: boolean },
): Promise<Caller> {
  const text = /^Bearer +([\x21-\x7e]{1,200})$/i.exec(authorization ?? "")?.[1];
  if (!text) throw new DomainError("unauthenticated", "send an API key in the header 'Authorization: Bearer vpb_…'");
  const known = await deps.keys.find(hashApiKey(text), options);
  if (!known || !isValid(known.key, deps.clock.now())) {
    throw new DomainError("unauthenticated", "this API key is not valid");
  }
  const { key, tenant } = known;
  return {
    tenant: tenant.name,
    key: { id: key.id, name: key.name, ...(key.expiresAt === undefined ? {} : { expiresAt: key.expiresAt }) },
    scopes: key.scopes,
    rateLimit: key.rateLimit ?? defaultRateLimit,
    settings: tenant,
    ...(tenant.suspended === undefined ? {} : { suspended: tenant.suspended }),
  };
}

const keepMilliseconds = 60_000;
const maxEntries = 1000;

/**
 * Remembers keys for a minute, so that a busy caller costs no read per request; a change of a key or of its tenant is
 * seen as late. Strangers are not remembered: a key made just now must work at once.
 */
export function rememberKeys(directory: KeyDirectory, clock: Clock): KeyDirectory {
  const known = new Map<string, { found: Promise<KnownKey | undefined>; until: number }>();
  return {
    async find(hash, options) {
      const now = clock.now().getTime();
      const entry = options?.fresh ? undefined : known.get(hash);
      if (entry && entry.until > now) return entry.found;
      if (known.size >= maxEntries) known.clear();
      const found = directory.find(hash);
      known.set(hash, { found, until: now + keepMilliseconds });
      try {
        const key = await found;
        if (!key) known.delete(hash);
        return key;
      } catch (error) {
        known.delete(hash);
        throw error;
      }
    },
  };
}
