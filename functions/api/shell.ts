import { Hono } from "hono";
import type { ApiEnv, ShellDeps } from "./env.ts";
import { authenticate } from "./middleware/authenticate.ts";
import { requestContext } from "./middleware/request-context.ts";
import { problemResponse, toProblemResponse } from "./problem.ts";

/** Methods by path, for an honest 405. */
const allowed: [RegExp, string][] = [
  [/^\/v1\/vpn-connections\/dry-run$/, "POST"],
  [/^\/v1\/vpn-connections$/, "GET, POST"],
  [/^\/v1\/vpn-connections\/[^/]+(\/events)?$/, "GET"],
  [/^\/v1\/vpn-connections\/[^/]+\/(cancel|redrive)$/, "POST"],
  [/^\/(healthz|v1\/attention|docs\/errors(\/[^/]+)?)$/, "GET"],
];

/** What every app of the API has around its routes: request ids, problem documents, and callers under `/v1`. */
export function createShell(deps: ShellDeps) {
  const app = new Hono<ApiEnv>();
  app.use(requestContext(deps));
  app.onError(toProblemResponse);
  app.notFound((c) => {
    const methods = allowed.find(([path]) => path.test(c.req.path))?.[1];
    if (!methods) return problemResponse(c, "not_found", "there is nothing at this path");
    c.header("Allow", methods);
    return problemResponse(c, "method_not_allowed", `this path answers ${methods}`);
  });
  app.use("/v1/*", authenticate(deps));
  return app;
}
