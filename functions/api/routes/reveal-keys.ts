import { Hono } from "hono";
import * as z from "zod";
import { revealKeys } from "../../domain/reveal-keys.ts";
import type { ApiEnv, SecretsApiDeps } from "../env.ts";
import { requireScope } from "../middleware/authenticate.ts";
import { limitBody, readBody } from "../middleware/json-body.ts";
import { noQuery } from "../middleware/validate.ts";
import { reason } from "../schemas/fields.ts";

const revealBody = z.strictObject({ reason: reason.exactOptional() });

/** `POST /v1/vpn-connections/{id}/pre-shared-keys`: the keys that the broker made, each reading audited. */
export function revealKeysRoute(deps: SecretsApiDeps) {
  const mayRead = requireScope("secrets:read");
  return new Hono<ApiEnv>().post("/:id/pre-shared-keys", mayRead, noQuery(), limitBody, async (c) => {
    const input = { actor: c.var.actor, id: c.req.param("id"), ...(await readBody(c, revealBody)) };
    return c.json({ items: await revealKeys(deps, input) });
  });
}
