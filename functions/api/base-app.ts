import { Hono } from "hono";
import { createMiddleware } from "hono/factory";
import { secureHeaders } from "hono/secure-headers";
import { toPattern } from "../contract/route.ts";
import type { ApiEnv, BaseDeps } from "./env.ts";
import { authenticate, requireScope } from "./middleware/authenticate.ts";
import { limitRate } from "./middleware/limit-rate.ts";
import { requestContext } from "./middleware/request-context.ts";
import { problemResponse, toProblemResponse } from "./output/problem.ts";

const headers = secureHeaders({
  strictTransportSecurity: "max-age=63072000; includeSubDomains",
  referrerPolicy: "no-referrer",
  xFrameOptions: "DENY",
  // For browsers that are gone.
  xDnsPrefetchControl: false,
  xDownloadOptions: false,
  xPermittedCrossDomainPolicies: false,
  xXssProtection: false,
});

/** An API's answers are no pages, belong in no frame and are not kept. A page has said otherwise by now. */
const strict = createMiddleware<ApiEnv>(async function strict(c, next) {
  await next();
  const defaults = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  };
  for (const [name, value] of Object.entries(defaults)) if (!c.res.headers.has(name)) c.header(name, value);
});

/** What every app of the API has around its routes: request ids, problem documents, and under `/v1` callers and limits. */
export function createBaseApp(deps: BaseDeps, routes: readonly Hono<ApiEnv>[]) {
  const app = new Hono<ApiEnv>();
  app.use(requestContext(deps), headers, strict);
  app.onError(toProblemResponse);
  app.notFound((c) => {
    const methods = methodsAt(app, c.req.path);
    if (methods.length === 0) return problemResponse(c, "not_found", "there is nothing at this path");
    c.header("Allow", methods.join(", "));
    return problemResponse(c, "method_not_allowed", `this path answers ${methods.join(", ")}`);
  });
  app.use("/v1/*", authenticate(deps), limitRate(deps));
  // As a whole, so that what is there is told to operators only.
  app.use("/v1/admin/*", requireScope("admin"));
  for (const route of routes) app.route("/", route);
  return app;
}

/** The methods that have a route at this path, for an honest 405. */
function methodsAt({ routes }: Hono<ApiEnv>, path: string): string[] {
  const here = routes.filter((route) => route.method !== "ALL" && toPattern(route.path).test(path));
  return [...new Set(here.map(({ method }) => method))].toSorted();
}
