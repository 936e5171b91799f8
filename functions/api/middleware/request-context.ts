import { createMiddleware } from "hono/factory";
import { matchedRoutes } from "hono/route";
import { isConnectionId } from "../../domain/record/ids.ts";
import type { ApiEnv, BaseDeps } from "../env.ts";

/** The id in a path; undefined for a path without one, and for one that is none of ours. */
function connectionIn(path: string): string | undefined {
  const [, id] = /^\/v1\/vpn-connections\/([^/]+)/.exec(path) ?? [];
  return id !== undefined && isConnectionId(id) ? id : undefined;
}

/** Gives every request an id, which goes out in a header, in problem documents and in the log, and logs its end. */
export function requestContext({ createRequestId, log, clock }: Pick<BaseDeps, "createRequestId" | "log" | "clock">) {
  return createMiddleware<ApiEnv>(async function requestContext(c, next) {
    const started = clock.now().getTime();
    c.set("requestId", createRequestId());
    c.set("log", log);
    await next();
    c.header("X-Request-Id", c.var.requestId);
    const caller = c.get("caller") as ApiEnv["Variables"]["caller"] | undefined;
    log("request", {
      requestId: c.var.requestId,
      tenant: caller?.tenant,
      keyId: caller?.key.id,
      connectionId: connectionIn(c.res.headers.get("Location") ?? c.req.path),
      method: c.req.method,
      // The pattern, never the path: what a stranger writes there is not ours to log.
      route: matchedRoutes(c).findLast(({ method }) => method !== "ALL")?.path,
      status: c.res.status,
      durationMilliseconds: clock.now().getTime() - started,
    });
  });
}
