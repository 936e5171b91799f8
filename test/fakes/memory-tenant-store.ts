import { StaleRecordError } from "../../functions/domain/errors.ts";
import type { TenantStore } from "../../functions/domain/ports.ts";
import { hashApiKey } from "../../functions/domain/tenants/api-keys.ts";
import type { ApiKey, Scope, Tenant } from "../../functions/domain/tenants/tenant.ts";
import { sealWebhookSecret } from "../../functions/domain/tenants/webhook-secrets.ts";
import { plainSealer } from "./plain-sealer.ts";

const madeAt = "2026-01-01T00:00:00.000Z";

/** An API key as it is stored; its id is `key_` and its text. */
export function testKey(text: string, scopes: Scope[], patch: Partial<ApiKey> = {}): ApiKey {
  return { id: `key_${text}`, name: text, hash: hashApiKey(text), scopes, createdAt: madeAt, ...patch };
}

/** A tenant that may touch every gateway, with one webhook secret. */
export function testTenant(name: string, patch: Partial<Tenant> = {}): Tenant {
  const secret = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
  return {
    name,
    version: 1,
    gateways: ["*"],
    credentials: {},
    maxUnfinishedRequests: 1000,
    keys: [],
    webhookSecrets: [sealWebhookSecret(plainSealer, { name }, secret, new Date(madeAt))],
    createdAt: madeAt,
    updatedAt: madeAt,
    ...patch,
  };
}

/** The tenants' port in memory. Tenants go in and come out as copies, like from a table. */
export function createMemoryTenantStore(...initial: readonly Tenant[]): TenantStore {
  const tenants = new Map<string, Tenant>();
  const owners = new Map<string, string>();
  for (const tenant of initial) {
    tenants.set(tenant.name, structuredClone(tenant));
    for (const { hash } of tenant.keys) owners.set(hash, tenant.name);
  }
  return {
    get: async (name) => structuredClone(tenants.get(name)),
    async save(tenant) {
      if ((tenants.get(tenant.name)?.version ?? 0) !== tenant.version) {
        throw new StaleRecordError("the tenant was written by somebody else");
      }
      const next = { ...tenant, version: tenant.version + 1 };
      tenants.set(tenant.name, structuredClone(next));
      return next;
    },
    list: async () => structuredClone([...tenants.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1))),
    names: async () => [...tenants.keys()].toSorted(),
    async claim(hash, tenant) {
      owners.set(hash, tenant);
    },
    ownerOf: async (hash) => owners.get(hash),
  };
}
