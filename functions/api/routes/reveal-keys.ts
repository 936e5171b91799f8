import { Hono } from "hono";
import { revealKeys } from "../../domain/reveal-keys.ts";
import type { ApiEnv, SecretsApiDeps } from "../env.ts";
import { requireScope } from "../middleware/authenticate.ts";
import { limitBody, readBody } from "../middleware/json-body.ts";
import { noQuery } from "../middleware/validate.ts";
import { perhapsReason } from "../schemas/fields.ts";

/** `POST /v1/vpn-connections/{id}/pre-shared-keys`: the keys that the broker made, each reading audited. */
export function revealKeysRoute(deps: SecretsApiDeps) {
  const mayRead = requireScope("secrets:read");
  return new Hono<ApiEnv>().post("/:id/pre-shared-keys", mayRead, noQuery(), limitBody, async (c) => {
    const input = { actor: c.var.actor, id: c.req.param("id"), ...(await readBody(c, perhapsReason)) };
    return c.json({ items: await revealKeys(deps, input) });
  });
}
