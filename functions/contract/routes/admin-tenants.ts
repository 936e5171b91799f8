import * as z from "zod";
import { callbackUrl } from "../../domain/request/create-request.ts";
import { flawOfPattern, gatewayPattern } from "../../domain/tenants/gateway-pattern.ts";
import { defaultMaxUnfinishedRequests } from "../../domain/tenants/tenant.ts";
import { credentialsReferencePattern } from "../../domain/values.ts";
import { exampleTime } from "../examples.ts";
import { defineRoute } from "../route.ts";
import { cursor, optionalReason, perProvider, reason, requiredReason, rotation } from "../schemas/fields.ts";
import { changedTenant, newTenant, newWebhookSecret, tenant, tenants } from "../schemas/tenant.ts";

const reference = z
  .string()
  .regex(credentialsReferencePattern, "must be the name of stored credentials: 1 to 63 of a-z, 0-9 and hyphens");

const pattern = z
  .string()
  .regex(gatewayPattern, {
    error: "must be * or provider/region/gateway, with up to three * in a part",
    abort: true,
  })
  .check((context) => {
    const message = flawOfPattern(context.value);
    if (message) context.issues.push({ code: "custom", message, input: context.value });
  });

const settings = z
  .strictObject({
    gateways: z.array(pattern).max(100),
    credentials: perProvider(reference.exactOptional()).meta({ id: "CredentialsSettings" }).default({}),
    maxUnfinishedRequests: z.int().min(1).max(100_000).default(defaultMaxUnfinishedRequests),
    webhookUrl: callbackUrl.exactOptional(),
    reason: reason.exactOptional(),
  })
  .meta({ id: "TenantSettings" });

const exampleSettings = { gateways: ["alibaba/cn-shanghai/*"], credentials: {}, maxUnfinishedRequests: 1000 };
const exampleTenant = {
  name: "acme",
  ...exampleSettings,
  webhookSecrets: [{ createdAt: exampleTime }],
  revision: 1,
  createdAt: exampleTime,
  updatedAt: exampleTime,
};
const exampleSecret = `whsec_${"A".repeat(43)}=`;

export const listTenants = defineRoute({
  method: "GET",
  path: "/v1/admin/tenants",
  app: "api",
  scope: "admin",
  summary: "Every tenant, by name",
  query: z.strictObject({ cursor }),
  answers: { 200: tenants },
  examples: { answers: { 200: { items: [exampleTenant] } } },
});

export const getTenant = defineRoute({
  method: "GET",
  path: "/v1/admin/tenants/:tenant",
  app: "api",
  scope: "admin",
  summary: "What a team may do",
  answers: { 200: tenant },
  gives: { 200: ["ETag"] },
  problems: [404],
  examples: { answers: { 200: exampleTenant } },
});

export const setTenant = defineRoute({
  method: "PUT",
  path: "/v1/admin/tenants/:tenant",
  app: "api",
  scope: "admin",
  summary: "Make a tenant or replace its settings; keys and secrets stay. The first webhook secret is told this once",
  body: settings,
  takes: ["If-Match"],
  answers: { 200: changedTenant, 201: newTenant },
  gives: { 200: ["ETag"], 201: ["ETag"] },
  problems: [409],
  examples: {
    body: exampleSettings,
    answers: { 200: exampleTenant, 201: { ...exampleTenant, webhookSecret: exampleSecret } },
  },
});

export const suspendTenant = defineRoute({
  method: "POST",
  path: "/v1/admin/tenants/:tenant/suspend",
  app: "api",
  scope: "admin",
  summary: "Cut a tenant off: nothing more is sent for it, what it has queued ends, and its keys only read and cancel",
  body: requiredReason,
  answers: { 200: tenant },
  gives: { 200: ["ETag"] },
  problems: [404, 409],
  examples: {
    body: { reason: "its key has leaked" },
    answers: { 200: { ...exampleTenant, suspended: { at: exampleTime, reason: "its key has leaked" }, revision: 2 } },
  },
});

export const resumeTenant = defineRoute({
  method: "POST",
  path: "/v1/admin/tenants/:tenant/resume",
  app: "api",
  scope: "admin",
  summary: "Let a suspended tenant go on; what has ended meanwhile can be redriven",
  body: optionalReason,
  answers: { 200: tenant },
  gives: { 200: ["ETag"] },
  problems: [404],
  examples: { body: { reason: "it has a new key" }, answers: { 200: { ...exampleTenant, revision: 3 } } },
});

export const rotateWebhookSecret = defineRoute({
  method: "POST",
  path: "/v1/admin/tenants/:tenant/webhook-secret/rotate",
  app: "api",
  scope: "admin",
  summary: "Make a new webhook secret, told this once; the one before signs beside it for the grace time",
  body: rotation,
  answers: { 200: newWebhookSecret },
  problems: [404],
  examples: {
    body: { graceSeconds: 86_400 },
    answers: { 200: { webhookSecret: exampleSecret, previousValidUntil: "2026-11-21T08:30:00.000Z" } },
  },
});
