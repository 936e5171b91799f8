import type { Context } from "hono";
import {
  getTenant,
  listTenants,
  resumeTenant,
  rotateWebhookSecret,
  setTenant,
  suspendTenant,
} from "../../contract/routes/admin-tenants.ts";
import { DomainError } from "../../domain/errors.ts";
import { callbackFlaws } from "../../domain/rules/callback.ts";
import { listTenants as list } from "../../domain/tenants/list-tenants.ts";
import * as verbs from "../../domain/tenants/manage-tenants.ts";
import { toTenantResource } from "../../domain/tenants/tenant-resource.ts";
import type { Tenant } from "../../domain/tenants/tenant.ts";
import type { ApiDeps, ApiEnv } from "../env.ts";
import { readTenantName } from "../input/tenant-name.ts";
import { fromIfMatch } from "../output/send-connection.ts";
import { route } from "../route.ts";

/** What each team may do. Webhook secrets are told once, when they are made. */
export function adminTenantsRoutes(deps: ApiDeps) {
  return [
    route(listTenants, async (c) => {
      const { items, ...page } = await list(deps, c.req.valid("query"));
      return c.json({ items: items.map(toTenantResource), ...page });
    }),
    route(getTenant, async (c) => {
      return sendTenant(c, await verbs.getTenant(deps, c.req.param("tenant")));
    }),
    route(setTenant, async (c) => {
      const name = readTenantName(c.req.param("tenant"));
      const { reason, ...settings } = c.req.valid("json");
      const [detail] = settings.webhookUrl === undefined ? [] : callbackFlaws(settings.webhookUrl, deps);
      if (detail) {
        throw new DomainError("invalid_request", `the webhookUrl ${detail}`, [{ pointer: "/webhookUrl", detail }]);
      }
      const version = fromIfMatch(c.req.header("If-Match"));
      const { tenant, created, webhookSecret } = await verbs.setTenant(deps, {
        actor: c.var.actor,
        tenant: name,
        settings,
        ...(version === undefined ? {} : { version }),
        ...(reason ? { reason } : {}),
      });
      c.header("ETag", `"${tenant.version}"`);
      const told = webhookSecret === undefined ? {} : { webhookSecret };
      return c.json({ ...toTenantResource(tenant), ...told }, created ? 201 : 200);
    }),
    route(suspendTenant, async (c) => {
      const input = { actor: c.var.actor, tenant: c.req.param("tenant"), ...c.req.valid("json") };
      return sendTenant(c, await verbs.suspendTenant(deps, input));
    }),
    route(resumeTenant, async (c) => {
      const input = { actor: c.var.actor, tenant: c.req.param("tenant"), ...c.req.valid("json") };
      return sendTenant(c, await verbs.resumeTenant(deps, input));
    }),
    route(rotateWebhookSecret, async (c) => {
      const input = { actor: c.var.actor, tenant: c.req.param("tenant"), ...c.req.valid("json") };
      return c.json(await verbs.rotateWebhookSecret(deps, input));
    }),
  ];
}

function sendTenant(c: Context<ApiEnv>, tenant: Tenant): Response {
  c.header("ETag", `"${tenant.version}"`);
  return c.json(toTenantResource(tenant));
}
