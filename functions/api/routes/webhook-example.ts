import { sendWebhookExample } from "../../contract/routes/webhook-example.ts";
import { DomainError } from "../../domain/errors.ts";
import { callbackFlaws } from "../../domain/rules/callback.ts";
import type { ExampleApiDeps } from "../env.ts";
import { route } from "../route.ts";

export function webhookExampleRoute(deps: ExampleApiDeps) {
  return route(sendWebhookExample, async (c) => {
    const { status, url } = c.req.valid("json");
    const [detail] = url === undefined ? [] : callbackFlaws(url, deps);
    if (detail) throw new DomainError("invalid_request", `the url ${detail}`, [{ pointer: "/url", detail }]);
    return c.json(await deps.sendExample({ actor: c.var.actor, status, ...(url === undefined ? {} : { url }) }));
  });
}
