import * as z from "zod";
import type { toCurrentKey, toKeyResource } from "../../domain/tenants/tenant-resource.ts";
import { tenantName } from "./fields.ts";
import { schemaOf } from "./schema-of.ts";
import { keyId, listOf, scope, sentence, time } from "./values.ts";

const rateLimit = z.strictObject({ perSecond: z.int().min(1), burst: z.int().min(1) }).meta({ id: "RateLimit" });

export const apiKey = schemaOf<ReturnType<typeof toKeyResource>>()(
  z.strictObject({
    id: keyId,
    name: sentence,
    scopes: z.array(scope).min(1),
    createdAt: time,
    expiresAt: time.exactOptional(),
    replacedBy: keyId.exactOptional(),
    revokedAt: time.exactOptional(),
    rateLimit: rateLimit.exactOptional(),
    valid: z.boolean(),
  }),
).meta({ id: "ApiKey" });

export const apiKeys = listOf(apiKey).meta({ id: "ApiKeys" });

/** With its text, which is told once, and until when the one that it replaces goes on working. */
export const newApiKey = z
  .strictObject({
    ...apiKey.shape,
    key: z.string().regex(/^vpb_[\w-]{43}$/),
    previousValidUntil: time.exactOptional(),
  })
  .meta({ id: "NewApiKey" });

/** The one that asks. */
export const currentKey = schemaOf<ReturnType<typeof toCurrentKey>>()(
  z.strictObject({
    tenant: tenantName,
    id: keyId,
    name: sentence,
    scopes: z.array(scope).min(1),
    gateways: z.array(sentence),
    rateLimit,
    expiresAt: time.exactOptional(),
  }),
).meta({ id: "CurrentKey" });
