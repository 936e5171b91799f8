import { Hono } from "hono";
import * as z from "zod";
import { DomainError } from "../../domain/errors.ts";
import { callbackUrl } from "../../domain/request/create-request.ts";
import { callbackFlaws } from "../../domain/rules/callback.ts";
import type { ApiEnv, SecretsApiDeps } from "../env.ts";
import { limitBody, readBody } from "../input/json-body.ts";
import { noQuery } from "../input/validate.ts";
import { requireScope } from "../middleware/authenticate.ts";

const endings = ["succeeded", "failed", "canceled", "unknown"] as const;
const exampleBody = z.strictObject({
  /** How the example ended. */
  status: z.enum(endings, `must be one of ${endings.join(", ")}`).default("succeeded"),
  url: callbackUrl.exactOptional(),
});

/** `POST /v1/webhooks/example`: sends a signed example, to the tenant's own endpoint or a URL, and says what came of it. */
export function webhookExampleRoute(deps: SecretsApiDeps) {
  const mayWrite = requireScope("connections:write");
  return new Hono<ApiEnv>().post("/example", mayWrite, noQuery(), limitBody, async (c) => {
    const { status, url } = await readBody(c, exampleBody);
    const [detail] = url === undefined ? [] : callbackFlaws(url, deps);
    if (detail) throw new DomainError("invalid_request", `the url ${detail}`, [{ pointer: "/url", detail }]);
    return c.json(await deps.sendExample({ actor: c.var.actor, status, ...(url === undefined ? {} : { url }) }));
  });
}
