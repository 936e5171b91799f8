import { createKey, listKeys, revokeKey, rotateKey } from "../../contract/routes/admin-keys.ts";
import * as verbs from "../../domain/tenants/manage-tenants.ts";
import { toKeyResource } from "../../domain/tenants/tenant-resource.ts";
import type { ApiDeps } from "../env.ts";
import { route } from "../route.ts";

/** A key's text is told once, when it is made. */
export function adminKeysRoutes(deps: ApiDeps) {
  const told = ({ added, secret, replaced }: verbs.CreatedKey) => ({
    ...toKeyResource(added, deps.clock.now()),
    key: secret,
    ...(replaced?.expiresAt ? { previousValidUntil: replaced.expiresAt } : {}),
  });
  return [
    route(listKeys, async (c) => {
      const { keys } = await verbs.getTenant(deps, c.req.param("tenant"));
      return c.json({ items: keys.map((key) => toKeyResource(key, deps.clock.now())) });
    }),
    route(createKey, async (c) => {
      const { reason, expiresInSeconds: seconds, ...given } = c.req.valid("json");
      const expiry = seconds === undefined ? undefined : new Date(deps.clock.now().getTime() + seconds * 1000);
      const key = { ...given, ...(expiry ? { expiresAt: expiry.toISOString() } : {}) };
      const input = { actor: c.var.actor, tenant: c.req.param("tenant"), key, ...(reason ? { reason } : {}) };
      return c.json(told(await verbs.createKey(deps, input)), 201);
    }),
    route(rotateKey, async (c) => {
      const input = { actor: c.var.actor, ...c.req.param(), ...c.req.valid("json") };
      return c.json(told(await verbs.rotateKey(deps, input)), 201);
    }),
    route(revokeKey, async (c) => {
      const input = { actor: c.var.actor, ...c.req.param(), ...c.req.valid("json") };
      return c.json(toKeyResource(await verbs.revokeKey(deps, input), deps.clock.now()));
    }),
  ];
}
