import type { CallOptions } from "./options.ts";
import { readPages } from "./pages.ts";
import { path } from "./path.ts";
import type { Call, Transport } from "./transport.ts";
import type {
  ApiKey,
  ApiKeys,
  AuditEntry,
  ChangedTenant,
  KeySettings,
  ListAuditQuery,
  NewApiKey,
  NewTenant,
  NewWebhookSecret,
  OptionalReason,
  Reason,
  Revocation,
  Rotation,
  Tenant,
  TenantSettings,
} from "./types.ts";

export interface ChangeOptions extends CallOptions {
  /** The revision that the change was decided on; at another one it is a `conflict`. */
  ifMatch?: number;
}

/**
 * Tenants, their keys, and who did what; for keys with the scope `admin`. What makes a key or a secret is sent again only
 * after 429: after a `NoAnswerError`, look before you repeat it.
 */
export interface AdminClient {
  tenants: {
    list: (options?: CallOptions) => AsyncGenerator<Tenant, void, undefined>;
    get: (tenant: string, options?: CallOptions) => Promise<Tenant>;
    /** Makes a tenant, or replaces all of its settings; the first webhook secret is in this answer only. */
    set: (tenant: string, settings: TenantSettings, options?: ChangeOptions) => Promise<ChangedTenant | NewTenant>;
    suspend: (tenant: string, body: Reason, options?: CallOptions) => Promise<Tenant>;
    resume: (tenant: string, body?: OptionalReason, options?: CallOptions) => Promise<Tenant>;
    rotateWebhookSecret: (tenant: string, body?: Rotation, options?: CallOptions) => Promise<NewWebhookSecret>;
  };
  keys: {
    list: (tenant: string, options?: CallOptions) => Promise<ApiKey[]>;
    /** The key's text is in this answer only. */
    create: (tenant: string, settings: KeySettings, options?: CallOptions) => Promise<NewApiKey>;
    rotate: (tenant: string, keyId: string, body?: Rotation, options?: CallOptions) => Promise<NewApiKey>;
    revoke: (tenant: string, keyId: string, body?: Revocation, options?: CallOptions) => Promise<ApiKey>;
  };
  /** The audit log, newest first. */
  audit: (query?: ListAuditQuery, options?: CallOptions) => AsyncGenerator<AuditEntry, void, undefined>;
}

export function createAdminClient(transport: Transport): AdminClient {
  const ask = async <Body>(call: Call) => (await transport<Body>(call)).body as Body;
  const all = "/v1/admin/tenants";
  return {
    tenants: {
      list: (options = {}) => readPages(transport, all, {}, options),
      get: (tenant, { signal } = {}) => ask({ path: path`/v1/admin/tenants/${tenant}`, signal }),
      set: (tenant, body, { signal, ifMatch } = {}) =>
        ask({ method: "PUT", path: path`/v1/admin/tenants/${tenant}`, body, ifMatch, once: true, signal }),
      suspend: (tenant, body, { signal } = {}) =>
        ask({ method: "POST", path: path`/v1/admin/tenants/${tenant}/suspend`, body, signal }),
      resume: (tenant, body = {}, { signal } = {}) =>
        ask({ method: "POST", path: path`/v1/admin/tenants/${tenant}/resume`, body, signal }),
      rotateWebhookSecret: (tenant, body = {}, { signal } = {}) =>
        ask({
          method: "POST",
          path: path`/v1/admin/tenants/${tenant}/webhook-secret/rotate`,
          body,
          once: true,
          signal,
        }),
    },
    keys: {
      list: async (tenant, { signal } = {}) =>
        (await ask<ApiKeys>({ path: path`/v1/admin/tenants/${tenant}/keys`, signal })).items,
      create: (tenant, body, { signal } = {}) =>
        ask({ method: "POST", path: path`/v1/admin/tenants/${tenant}/keys`, body, once: true, signal }),
      rotate: (tenant, keyId, body = {}, { signal } = {}) =>
        ask({ method: "POST", path: path`/v1/admin/tenants/${tenant}/keys/${keyId}/rotate`, body, once: true, signal }),
      revoke: (tenant, keyId, body = {}, { signal } = {}) =>
        ask({ method: "POST", path: path`/v1/admin/tenants/${tenant}/keys/${keyId}/revoke`, body, signal }),
    },
    audit: (query = {}, options = {}) => readPages(transport, "/v1/admin/audit", { ...query }, options),
  };
}
