import { Hono } from "hono";
import * as z from "zod";
import { readTenantName, reason, rotation } from "../../contract/schemas/fields.ts";
import { DomainError } from "../../domain/errors.ts";
import { callbackUrl } from "../../domain/request/create-request.ts";
import { callbackFlaws } from "../../domain/rules/callback.ts";
import { gatewayPattern } from "../../domain/tenants/gateway-pattern.ts";
import { getTenant, rotateWebhookSecret, setTenant } from "../../domain/tenants/manage-tenants.ts";
import { toTenantResource } from "../../domain/tenants/tenant-resource.ts";
import { defaultMaxUnfinishedRequests } from "../../domain/tenants/tenant.ts";
import { credentialsReferencePattern } from "../../domain/values.ts";
import type { ApiDeps, ApiEnv } from "../env.ts";
import { limitBody, readBody } from "../input/json-body.ts";
import { noQuery } from "../input/validate.ts";
import { fromIfMatch } from "../output/send-connection.ts";

const reference = z
  .string()
  .regex(credentialsReferencePattern, "must be the name of stored credentials: 1 to 63 of a-z, 0-9 and hyphens");

const settings = z.strictObject({
  gateways: z
    .array(z.string().regex(gatewayPattern, "must be * or provider/region/gateway, with up to three * in a part"))
    .max(100),
  credentials: z.strictObject({ alibaba: reference.exactOptional(), tencent: reference.exactOptional() }).default({}),
  maxUnfinishedRequests: z.int().min(1).max(100_000).default(defaultMaxUnfinishedRequests),
  webhookUrl: callbackUrl.exactOptional(),
  reason: reason.exactOptional(),
});

/** `/v1/admin/tenants`: what each team may do. Webhook secrets are told once, when they are made. */
export function adminTenantsRoute(deps: ApiDeps) {
  return new Hono<ApiEnv>()
    .get("/", noQuery(), async (c) => c.json({ items: (await deps.tenants.list()).map(toTenantResource) }))
    .get("/:tenant", noQuery(), async (c) => {
      const tenant = await getTenant(deps, c.req.param("tenant"));
      c.header("ETag", `"${tenant.version}"`);
      return c.json(toTenantResource(tenant));
    })
    .put("/:tenant", noQuery(), limitBody, async (c) => {
      const tenant = readTenantName(c.req.param("tenant"));
      const { reason, ...given } = await readBody(c, settings);
      const [detail] = given.webhookUrl === undefined ? [] : callbackFlaws(given.webhookUrl, deps);
      if (detail) {
        throw new DomainError("invalid_request", `the webhookUrl ${detail}`, [{ pointer: "/webhookUrl", detail }]);
      }
      const version = fromIfMatch(c.req.header("If-Match"));
      const input = {
        actor: c.var.actor,
        tenant,
        settings: given,
        ...(version === undefined ? {} : { version }),
        ...(reason ? { reason } : {}),
      };
      const { tenant: set, made, webhookSecret } = await setTenant(deps, input);
      c.header("ETag", `"${set.version}"`);
      const told = webhookSecret === undefined ? {} : { webhookSecret };
      return c.json({ ...toTenantResource(set), ...told }, made ? 201 : 200);
    })
    .post("/:tenant/webhook-secret/rotate", noQuery(), limitBody, async (c) => {
      const input = { actor: c.var.actor, tenant: c.req.param("tenant"), ...(await readBody(c, rotation)) };
      return c.json(await rotateWebhookSecret(deps, input));
    });
}
