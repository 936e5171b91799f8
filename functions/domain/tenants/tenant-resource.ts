import type { Caller } from "./caller.ts";
import { type ApiKey, isValid, type Tenant } from "./tenant.ts";

/** A tenant as operators see it: fields named one by one, so that no secret shows up by itself. */
export function toTenantResource(tenant: Tenant) {
  return {
    name: tenant.name,
    gateways: tenant.gateways,
    credentials: tenant.credentials,
    maxUnfinishedRequests: tenant.maxUnfinishedRequests,
    ...(tenant.webhookUrl === undefined ? {} : { webhookUrl: tenant.webhookUrl }),
    ...(tenant.suspended === undefined ? {} : { suspended: tenant.suspended }),
    webhookSecrets: tenant.webhookSecrets.map(({ createdAt, expiresAt }) => ({
      createdAt,
      ...(expiresAt === undefined ? {} : { expiresAt }),
    })),
    revision: tenant.version,
    createdAt: tenant.createdAt,
    updatedAt: tenant.updatedAt,
  };
}

/** A key as operators see it, less its hash. */
export function toKeyResource(key: ApiKey, now: Date) {
  const { hash: _hash, ...shown } = key;
  return { ...shown, valid: isValid(key, now) };
}

/** A key as whoever calls with it sees it. */
export function toCurrentKey({ tenant, key, scopes, settings, rateLimit }: Caller) {
  return {
    tenant,
    id: key.id,
    name: key.name,
    scopes: [...scopes],
    gateways: settings.gateways,
    rateLimit,
    ...(key.expiresAt === undefined ? {} : { expiresAt: key.expiresAt }),
  };
}
