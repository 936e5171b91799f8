import * as z from "zod";
import type { toKeyResource } from "../../domain/tenants/tenant-resource.ts";
import { schemaOf } from "./schema-of.ts";
import { keyId, listOf, scope, sentence, time } from "./values.ts";

export const apiKey = schemaOf<ReturnType<typeof toKeyResource>>()(
  z.strictObject({
    id: keyId,
    name: sentence,
    scopes: z.array(scope).min(1),
    createdAt: time,
    expiresAt: time.exactOptional(),
    replacedBy: keyId.exactOptional(),
    revokedAt: time.exactOptional(),
    rateLimit: z
      .strictObject({ perSecond: z.int().min(1), burst: z.int().min(1) })
      .meta({ id: "RateLimit" })
      .exactOptional(),
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
