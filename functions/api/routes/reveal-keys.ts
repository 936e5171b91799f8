import { Hono } from "hono";
import { perhapsReason } from "../../contract/schemas/fields.ts";
import { revealKeys } from "../../domain/connections/reveal-keys.ts";
import type { ApiEnv, SecretsApiDeps } from "../env.ts";
import { limitBody, readBody } from "../input/json-body.ts";
import { noQuery } from "../input/validate.ts";
import { requireScope } from "../middleware/authenticate.ts";

/** `POST /v1/vpn-connections/{id}/pre-shared-keys`: the keys that the broker made, each reading audited. */
export function revealKeysRoute(deps: SecretsApiDeps) {
  const mayRead = requireScope("secrets:read");
  return new Hono<ApiEnv>().post("/:id/pre-shared-keys", mayRead, noQuery(), limitBody, async (c) => {
    const input = { actor: c.var.actor, id: c.req.param("id"), ...(await readBody(c, perhapsReason)) };
    return c.json({ items: await revealKeys(deps, input) });
  });
}
