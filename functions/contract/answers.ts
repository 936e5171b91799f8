import * as z from "zod";
import { apiKey, apiKeys, newApiKey } from "./schemas/api-key.ts";
import { attention } from "./schemas/attention.ts";
import { auditPage } from "./schemas/audit.ts";
import { connection, connectionPage } from "./schemas/connection.ts";
import { deliveries, delivery } from "./schemas/delivery.ts";
import { dryRun } from "./schemas/dry-run.ts";
import { errorDoc, errorDocs } from "./schemas/error-docs.ts";
import { problems } from "./schemas/problem.ts";
import { revealedKeys } from "./schemas/revealed-keys.ts";
import { changedTenant, newTenant, newWebhookSecret, tenant, tenants } from "./schemas/tenant.ts";
import { timeline } from "./schemas/timeline.ts";
import { webhookExample } from "./schemas/webhook-example.ts";

export type Route = `${"GET" | "POST" | "PUT"} /${string}`;
export type Answers = Readonly<Record<number, z.ZodType>>;

/** Of an answer without a body. */
export const noBody = z.undefined();

/** What is behind us may fail, and so may we. */
const faults = problems(500, 503);
/** Under `/v1` a caller must have a key, with the scope, and time; and no query that nobody reads. */
const called = { ...problems(400, 401, 403, 429), ...faults };
const calledById = { ...called, ...problems(404) };
const sent = { ...called, ...problems(413, 415) };
const sentById = { ...sent, ...problems(404) };
const changed = { ...sentById, ...problems(409) };

/**
 * Every answer of every route, by status. Error documents are JSON for who asks for it, and pages otherwise. `HEAD` is
 * answered like `GET`, less the body.
 */
export const answers: Readonly<Record<Route, Answers>> = {
  "GET /healthz": { 200: z.strictObject({ status: z.literal("ok") }), ...faults },
  "GET /docs/errors": { 200: errorDocs, ...faults },
  "GET /docs/errors/:code": { 200: errorDoc, ...problems(404), ...faults },
  "POST /v1/vpn-connections": { 202: connection, ...sent, ...problems(422) },
  "GET /v1/vpn-connections": { 200: connectionPage, ...called },
  "GET /v1/vpn-connections/:id": { 200: connection, 304: noBody, ...calledById },
  "GET /v1/vpn-connections/:id/events": { 200: timeline, ...calledById },
  "POST /v1/vpn-connections/:id/cancel": { 200: connection, ...changed },
  "POST /v1/vpn-connections/:id/redrive": { 202: connection, ...changed },
  "GET /v1/vpn-connections/:id/deliveries": { 200: deliveries, ...calledById },
  "POST /v1/vpn-connections/:id/deliveries/:deliveryId/resend": { 202: delivery, ...changed },
  "POST /v1/vpn-connections/:id/pre-shared-keys": { 200: revealedKeys, ...changed },
  "POST /v1/vpn-connections/dry-run": { 200: dryRun, ...sent },
  "POST /v1/webhooks/example": { 200: webhookExample, ...sent, ...problems(409) },
  "GET /v1/attention": { 200: attention, ...called },
  "GET /v1/admin/tenants": { 200: tenants, ...called },
  "GET /v1/admin/tenants/:tenant": { 200: tenant, ...calledById },
  "PUT /v1/admin/tenants/:tenant": { 200: changedTenant, 201: newTenant, ...sent, ...problems(409) },
  "POST /v1/admin/tenants/:tenant/webhook-secret/rotate": { 200: newWebhookSecret, ...sentById },
  "GET /v1/admin/tenants/:tenant/keys": { 200: apiKeys, ...calledById },
  "POST /v1/admin/tenants/:tenant/keys": { 201: newApiKey, ...changed },
  "POST /v1/admin/tenants/:tenant/keys/:keyId/rotate": { 201: newApiKey, ...changed },
  "POST /v1/admin/tenants/:tenant/keys/:keyId/revoke": { 200: apiKey, ...sentById },
  "GET /v1/admin/audit": { 200: auditPage, ...called },
};

/** What is answered where there is no route, or none of the method. */
export const answersElsewhere: Answers = { ...problems(401, 403, 404, 405, 429), ...faults };
