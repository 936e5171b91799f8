import { createMiddleware } from "hono/factory";
import { DomainError } from "../../domain/errors.ts";
import { authenticateCaller } from "../../domain/tenants/caller.ts";
import type { Scope } from "../../domain/tenants/tenant.ts";
import type { ApiEnv, ShellDeps } from "../env.ts";

/** Finds the caller of the API key, or answers 401. */
export function authenticate(deps: Pick<ShellDeps, "keys" | "clock" | "addressOf">) {
  return createMiddleware<ApiEnv>(async function authenticate(c, next) {
    const caller = await authenticateCaller(deps, c.req.header("Authorization"));
    const address = deps.addressOf(c.env);
    c.set("caller", caller);
    c.set("actor", {
      tenant: caller.tenant,
      keyId: caller.key.id,
      keyName: caller.key.name,
      ...(address === undefined ? {} : { address }),
      requestId: c.var.requestId,
    });
    await next();
  });
}

/** Answers 403 unless the caller's key has the scope. */
export function requireScope(scope: Scope) {
  return createMiddleware<ApiEnv>(async function requireScope(c, next) {
    if (!c.var.caller.scopes.includes(scope)) {
      throw new DomainError("forbidden", `this API key lacks the scope ${scope}`);
    }
    await next();
  });
}
