import { revealKeys } from "../../contract/routes/reveal-keys.ts";
import { revealKeys as reveal } from "../../domain/connections/reveal-keys.ts";
import { keySubject, takeRate } from "../../domain/quotas.ts";
import type { SecretsApiDeps } from "../env.ts";
import { route } from "../route.ts";

export function revealKeysRoute(deps: SecretsApiDeps) {
  return route(revealKeys, async (c) => {
    await takeRate(deps, "revealRate", keySubject(c.var.actor));
    const input = { actor: c.var.actor, id: c.req.param("id"), ...c.req.valid("json") };
    return c.json({ items: await reveal(deps, input) });
  });
}
