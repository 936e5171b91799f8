import * as z from "zod";
import { scopes } from "../../domain/tenants/tenant.ts";
import { exampleReason, exampleTime } from "../examples.ts";
import { defineRoute } from "../route.ts";
import { apiKey, apiKeys, newApiKey } from "../schemas/api-key.ts";
import { keyName, optionalReason, reason, rotation } from "../schemas/fields.ts";

const newKey = z
  .strictObject({
    name: keyName,
    scopes: z
      .array(z.enum(scopes))
      .min(1)
      .max(scopes.length)
      .refine((given) => new Set(given).size === given.length, "must not name a scope twice")
      .meta({ uniqueItems: true }),
    /** Seconds from now, a minute to ten years; absent = it does not end by itself. */
    expiresInSeconds: z.int().min(60).max(315_360_000).exactOptional(),
    rateLimit: z
      .strictObject({ perSecond: z.int().min(1).max(10_000), burst: z.int().min(1).max(20_000) })
      .meta({ id: "RateLimitSettings" })
      .exactOptional(),
    reason: reason.exactOptional(),
  })
  .meta({ id: "KeySettings" });

const exampleKey = {
  id: "key_0123456789abcdef01",
  name: "ci",
  scopes: ["connections:write"],
  createdAt: exampleTime,
  valid: true,
};
const newExampleKey = { ...exampleKey, key: `vpb_${"A".repeat(43)}` };

export const listKeys = defineRoute({
  method: "GET",
  path: "/v1/admin/tenants/:tenant/keys",
  app: "api",
  scope: "admin",
  summary: "A tenant's API keys, less their texts",
  answers: { 200: apiKeys },
  problems: [404],
  examples: { answers: { 200: { items: [exampleKey] } } },
});

export const createKey = defineRoute({
  method: "POST",
  path: "/v1/admin/tenants/:tenant/keys",
  app: "api",
  scope: "admin",
  summary: "Create an API key, whose text is told this once",
  body: newKey,
  answers: { 201: newApiKey },
  problems: [404, 409],
  examples: { body: { name: "ci", scopes: ["connections:write"] }, answers: { 201: newExampleKey } },
});

export const rotateKey = defineRoute({
  method: "POST",
  path: "/v1/admin/tenants/:tenant/keys/:keyId/rotate",
  app: "api",
  scope: "admin",
  summary: "Create a key in place of another, which stays valid for the grace time",
  body: rotation,
  answers: { 201: newApiKey },
  problems: [404, 409],
  examples: {
    body: { graceSeconds: 3600 },
    answers: { 201: { ...newExampleKey, previousValidUntil: "2026-11-20T09:30:00.000Z" } },
  },
});

export const revokeKey = defineRoute({
  method: "POST",
  path: "/v1/admin/tenants/:tenant/keys/:keyId/revoke",
  app: "api",
  scope: "admin",
  summary: "End a key: at once where it is read, within a minute where it is remembered",
  body: z
    .strictObject({
      ...optionalReason.shape,
      /** Also when no other admin key is left that goes on working; only `bootstrap` makes one then. */
      force: z.boolean().exactOptional(),
    })
    .meta({ id: "Revocation" }),
  answers: { 200: apiKey },
  problems: [404, 409],
  examples: { body: exampleReason, answers: { 200: { ...exampleKey, revokedAt: exampleTime, valid: false } } },
});
