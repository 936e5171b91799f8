import type { ProviderName } from "../values.ts";

/**
 * What a key may do. `operations` is for every tenant's requests and what is done to them, and never a secret; `admin`
 * manages tenants and keys of everybody, and reads the audit log.
 */
export const scopes = ["connections:write", "connections:read", "secrets:read", "operations", "admin"] as const;
export type Scope = (typeof scopes)[number];

/** Requests of one key: that many a second for long, `burst` of them at once. */
export interface RateLimit {
  perSecond: number;
  burst: number;
}

/** An API key as it is kept: the key itself is told once, when it is made, and never stored. Times are RFC 3339. */
export interface ApiKey {
  id: string;
  name: string;
  /** SHA-256 of the key, hex. */
  hash: string;
  scopes: Scope[];
  createdAt: string;
  /** Absent = never. */
  expiresAt?: string;
  /** The key that was made in its place; it is valid until `expiresAt` all the same. */
  replacedBy?: string;
  revokedAt?: string;
  /** Absent = the default. */
  rateLimit?: RateLimit;
}

/** Stands for all tenants where one is named; none can be called so. */
export const everyTenant = "*";

/** What a tenant can be called. */
export const tenantNamePattern = /^[a-z0-9][a-z0-9-]{0,62}$/;

/** A webhook signing secret, sealed with the tenant's name as context; with `expiresAt` one that is being replaced. */
export interface WebhookSecret {
  sealed: string;
  createdAt: string;
  expiresAt?: string;
}

/** What an operator decides about a tenant. */
export interface TenantSettings {
  /** Gateways it may touch, as patterns; none = none. */
  gateways: string[];
  /** Names of the vendor credentials that it uses, never the credentials; absent = the broker's own. */
  credentials: Partial<Record<ProviderName, string>>;
  /** How many requests it may have at a time that are unfinished, or whose webhook is under way. */
  maxUnfinishedRequests: number;
  /** Where its webhooks go when a request names no callback. */
  webhookUrl?: string;
}

/** What an operator has cut a tenant off with. */
export interface Suspension {
  /** RFC 3339. */
  at: string;
  /** As the operator gave it; the tenant is told. */
  reason: string;
}

/** A team that uses the broker, with its keys and secrets: one item in the table. */
export interface Tenant extends TenantSettings {
  name: string;
  /** Nothing is sent for it, and its keys only read; absent = it is not suspended. */
  suspended?: Suspension;
  /** Grows with each write; what the store compares. 0 = not written yet. */
  version: number;
  keys: ApiKey[];
  webhookSecrets: WebhookSecret[];
  createdAt: string;
  updatedAt: string;
}

export const defaultRateLimit: RateLimit = { perSecond: 100, burst: 200 };
export const defaultMaxUnfinishedRequests = 1000;

/** A tenant that may touch nothing yet, not written. */
export function createTenant(name: string, now: Date): Tenant {
  const at = now.toISOString();
  return {
    name,
    version: 0,
    gateways: [],
    credentials: {},
    maxUnfinishedRequests: defaultMaxUnfinishedRequests,
    keys: [],
    webhookSecrets: [],
    createdAt: at,
    updatedAt: at,
  };
}

/** Whether a key works at this time. */
export function isValid(key: ApiKey, now: Date): boolean {
  return key.revokedAt === undefined && (key.expiresAt === undefined || now < new Date(key.expiresAt));
}
