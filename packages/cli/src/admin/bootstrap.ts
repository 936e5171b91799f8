import { createBootstrapActor } from "../../../../functions/domain/actor.ts";
import { audit, type AuditAction, type AuditLog } from "../../../../functions/domain/audit.ts";
import type { Clock } from "../../../../functions/domain/clock.ts";
import { StaleRecordError } from "../../../../functions/domain/errors.ts";
import type { TenantStore } from "../../../../functions/domain/ports.ts";
import { addKey, createApiKey, hashApiKey } from "../../../../functions/domain/tenants/api-keys.ts";
import {
  type ApiKey,
  createTenant,
  isValid,
  scopes,
  type Tenant,
} from "../../../../functions/domain/tenants/tenant.ts";
import { Failure } from "../failure.ts";

interface BootstrapDeps {
  tenants: TenantStore;
  audit: AuditLog;
  clock: Clock;
}

/**
 * A key with every scope for a tenant, which is made if there is none: nobody is there yet who could ask the API for it.
 * Tenant and key are one write, so that of two who do this at once one is refused. Throws `Failure`.
 */
export async function bootstrap(
  deps: BootstrapDeps,
  input: { tenant: string; keyName: string; force: boolean },
): Promise<{ tenant: Tenant; key: ApiKey; secret: string; made: boolean }> {
  const now = deps.clock.now();
  const known = await deps.tenants.get(input.tenant);
  const admin = known?.keys.find((key) => key.scopes.includes("admin") && isValid(key, now));
  if (admin && !input.force) {
    const detail = `has a valid admin key already, ${admin.id} (${admin.name})`;
    throw new Failure(`The tenant ${input.tenant} ${detail}: use that one, or say --force.`);
  }
  const secret = createApiKey();
  const before = known ?? createTenant(input.tenant, now);
  const { tenant, added } = addKey(before, secret, { name: input.keyName, scopes: [...scopes] }, now);

  const by = createBootstrapActor(input.tenant);
  const write = (action: AuditAction, about = {}) => audit(deps, { action, tenant: input.tenant, by, ...about });
  await deps.tenants.claim(hashApiKey(secret), input.tenant);
  if (!known) await write("tenant.set");
  await write("api_key.create", { target: added.id, details: { name: added.name, scopes: added.scopes } });
  try {
    return { tenant: await deps.tenants.save(tenant), key: added, secret, made: !known };
  } catch (error) {
    if (!(error instanceof StaleRecordError)) throw error;
    throw new Failure(`Somebody else has just changed the tenant ${input.tenant}; look, then try again.`);
  }
}
