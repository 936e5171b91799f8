import * as z from "zod";
import { gatewayPattern } from "../../domain/tenants/gateway-pattern.ts";
import type { toTenantResource } from "../../domain/tenants/tenant-resource.ts";
import { credentialsReferencePattern } from "../../domain/values.ts";
import { perProvider, reason, tenantName } from "./fields.ts";
import { schemaOf } from "./schema-of.ts";
import { pageOf, time } from "./values.ts";

const reference = z.string().regex(credentialsReferencePattern).exactOptional();

export const tenant = schemaOf<ReturnType<typeof toTenantResource>>()(
  z.strictObject({
    name: tenantName,
    gateways: z.array(z.string().regex(gatewayPattern)),
    credentials: perProvider(reference).meta({ id: "TenantCredentials" }),
    maxUnfinishedRequests: z.int().min(1),
    webhookUrl: z.url().exactOptional(),
    suspended: z.strictObject({ at: time, reason }).meta({ id: "Suspension" }).exactOptional(),
    webhookSecrets: z.array(
      z.strictObject({ createdAt: time, expiresAt: time.exactOptional() }).meta({ id: "WebhookSecret" }),
    ),
    revision: z.int().min(1),
    createdAt: time,
    updatedAt: time,
  }),
).meta({ id: "Tenant" });

export const tenants = pageOf(tenant).meta({ id: "Tenants" });

/** Told once: in no other answer. */
const webhookSecret = z.string().regex(/^whsec_[A-Za-z0-9+/]{43}=$/);

/** With the secret where the tenant had none yet. */
export const changedTenant = z
  .strictObject({ ...tenant.shape, webhookSecret: webhookSecret.exactOptional() })
  .meta({ id: "ChangedTenant" });

export const newTenant = z.strictObject({ ...tenant.shape, webhookSecret }).meta({ id: "NewTenant" });

export const newWebhookSecret = z
  .strictObject({ webhookSecret, previousValidUntil: time.exactOptional() })
  .meta({ id: "NewWebhookSecret" });
