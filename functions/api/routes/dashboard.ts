import { Hono } from "hono";
import { createMiddleware } from "hono/factory";
import { DomainError } from "../../domain/errors.ts";
import type { ApiDeps, ApiEnv } from "../env.ts";
import { problemResponse } from "../output/problem.ts";
import { openAsset } from "../output/send-asset.ts";

const notBuilt = "the dashboard has not been built here: npm start or npm run build makes it";

/** The ops dashboard, as scripts/dashboard made it: public files, which show nothing before somebody gives them a key. */
export function dashboardPages({ readAsset }: Pick<ApiDeps, "readAsset">) {
  const dashboard = openAsset(readAsset, "dashboard");
  const serve = createMiddleware<ApiEnv>(async function serve(c, next) {
    const { path, method } = c.req;
    if (method !== "GET" && method !== "HEAD") {
      if (!(await dashboard.has(path))) return next();
      c.header("Allow", "GET, HEAD");
      return problemResponse(c, "method_not_allowed", "this path answers GET, HEAD");
    }
    if (path === "/dashboard/") return c.redirect("../dashboard", 308);
    if ((await dashboard.has(path)) === undefined) throw new DomainError("not_found", notBuilt);
    return (await dashboard.send(c, path)) ?? next();
  });
  return new Hono<ApiEnv>().use("/dashboard/*", serve);
}
