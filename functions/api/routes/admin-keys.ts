import { Hono } from "hono";
import * as z from "zod";
import { keyName, perhapsReason, reason, rotation } from "../../contract/schemas/fields.ts";
import { type CreatedKey, createKey, getTenant, revokeKey, rotateKey } from "../../domain/tenants/manage-tenants.ts";
import { toKeyResource } from "../../domain/tenants/tenant-resource.ts";
import { scopes } from "../../domain/tenants/tenant.ts";
import type { ApiDeps, ApiEnv } from "../env.ts";
import { limitBody, readBody } from "../input/json-body.ts";
import { noQuery } from "../input/validate.ts";

const newKey = z.strictObject({
  name: keyName,
  scopes: z
    .array(z.enum(scopes, `must be one of ${scopes.join(", ")}`))
    .min(1, "must name a scope")
    .max(scopes.length)
    .refine((given) => new Set(given).size === given.length, "must not name a scope twice"),
  /** Seconds from now, a minute to ten years; absent = it does not end by itself. */
  expiresInSeconds: z.int().min(60).max(315_360_000).exactOptional(),
  rateLimit: z
    .strictObject({ perSecond: z.int().min(1).max(10_000), burst: z.int().min(1).max(20_000) })
    .exactOptional(),
  reason: reason.exactOptional(),
});

/** `/v1/admin/tenants/{tenant}/keys`: make, list, rotate and revoke API keys. A key's text is told once, when it is made. */
export function adminKeysRoute(deps: ApiDeps) {
  const told = ({ added, secret, replaced }: CreatedKey) => ({
    ...toKeyResource(added, deps.clock.now()),
    key: secret,
    ...(replaced?.expiresAt ? { previousValidUntil: replaced.expiresAt } : {}),
  });
  return new Hono<ApiEnv>()
    .get("/:tenant/keys", noQuery(), async (c) => {
      const { keys } = await getTenant(deps, c.req.param("tenant"));
      return c.json({ items: keys.map((key) => toKeyResource(key, deps.clock.now())) });
    })
    .post("/:tenant/keys", noQuery(), limitBody, async (c) => {
      const { reason, expiresInSeconds: seconds, ...given } = await readBody(c, newKey);
      const expiry = seconds === undefined ? undefined : new Date(deps.clock.now().getTime() + seconds * 1000);
      const key = { ...given, ...(expiry ? { expiresAt: expiry.toISOString() } : {}) };
      const input = { actor: c.var.actor, tenant: c.req.param("tenant"), key, ...(reason ? { reason } : {}) };
      return c.json(told(await createKey(deps, input)), 201);
    })
    .post("/:tenant/keys/:keyId/rotate", noQuery(), limitBody, async (c) => {
      const input = { actor: c.var.actor, ...c.req.param(), ...(await readBody(c, rotation)) };
      return c.json(told(await rotateKey(deps, input)), 201);
    })
    .post("/:tenant/keys/:keyId/revoke", noQuery(), limitBody, async (c) => {
      const input = { actor: c.var.actor, ...c.req.param(), ...(await readBody(c, perhapsReason)) };
      return c.json(toKeyResource(await revokeKey(deps, input), deps.clock.now()));
    });
}
