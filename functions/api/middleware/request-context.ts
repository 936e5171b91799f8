import { createMiddleware } from "hono/factory";
import type { ApiEnv, ShellDeps } from "../env.ts";

/** Gives every request an id, which goes out in a header, in problem documents and in the log. */
export function requestContext(deps: Pick<ShellDeps, "createRequestId" | "log">) {
  return createMiddleware<ApiEnv>(async function requestContext(c, next) {
    c.set("requestId", deps.createRequestId());
    c.set("log", deps.log);
    await next();
    c.header("X-Request-Id", c.var.requestId);
    c.header("X-Content-Type-Options", "nosniff");
    c.header("Cache-Control", "no-store");
  });
}
