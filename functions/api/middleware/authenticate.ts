import { createMiddleware } from "hono/factory";
import { authenticateCaller } from "../../domain/authenticate-caller.ts";
import { DomainError } from "../../domain/errors.ts";
import type { ApiEnv, ShellDeps } from "../env.ts";

/** Finds the caller of the API key, or answers 401. */
export function authenticate(deps: Pick<ShellDeps, "callers">) {
  return createMiddleware<ApiEnv>(async function authenticate(c, next) {
    c.set("caller", await authenticateCaller(deps, c.req.header("Authorization")));
    await next();
  });
}

/** Answers 403 unless the caller's key has the scope. */
export function requireScope(scope: string) {
  return createMiddleware<ApiEnv>(async function requireScope(c, next) {
    if (!c.var.caller.scopes.includes(scope)) {
      throw new DomainError("forbidden", `this API key lacks the scope ${scope}`);
    }
    await next();
  });
}
