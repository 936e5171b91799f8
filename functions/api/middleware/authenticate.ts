import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import { DomainError } from "../../domain/errors.ts";
import { authenticateCaller } from "../../domain/tenants/caller.ts";
import type { Scope } from "../../domain/tenants/tenant.ts";
import type { ApiEnv, BaseDeps } from "../env.ts";

/** Finds the caller of the API key, or answers 401. */
export function authenticate(deps: Pick<BaseDeps, "keys" | "clock" | "addressOf">) {
  return createMiddleware<ApiEnv>(async function authenticate(c, next) {
    const caller = await authenticateCaller(deps, c.req.header("Authorization"));
    const address = deps.addressOf(c.env);
    c.set("caller", caller);
    c.set("askAnew", () => authenticateCaller(deps, c.req.header("Authorization"), { fresh: true }));
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

/** With these a key that is remembered for a minute could give itself an heir, or read what it may not any more. */
const neverRemembered: ReadonlySet<Scope> = new Set(["admin", "secrets:read"]);

/**
 * Answers 403 unless the caller's key has the scope, or with `operators` the scope `operations`; 401 when it has been
 * revoked by now and the scope is a strong one. What of an operator's key is used is asked anew where it is.
 */
export function requireScope(scope: Scope, { operators }: { operators?: true | undefined } = {}) {
  return createMiddleware<ApiEnv>(async function requireScope(c, next) {
    const remembered = c.var.caller.scopes.includes(scope);
    if (remembered && neverRemembered.has(scope)) c.set("caller", await c.var.askAnew());
    checkScope(c, scope, operators);
    await next();
  });
}

/**
 * For an answer that was long in coming: throws unless the caller's key is still valid, of the same tenant and of this scope, as
 * the table has it now.
 */
export async function requireStill(c: Context<ApiEnv>, scope: Scope, operators?: true): Promise<void> {
  const { tenant } = c.var.caller;
  c.set("caller", await c.var.askAnew());
  if (c.var.caller.tenant !== tenant) throw new DomainError("unauthenticated", "this API key is not valid");
  checkScope(c, scope, operators);
}

function checkScope(c: Context<ApiEnv>, scope: Scope, operators: true | undefined): void {
  const { scopes } = c.var.caller;
  if (scopes.includes(scope) || (operators && scopes.includes("operations"))) return;
  throw new DomainError("forbidden", `this API key lacks the scope ${scope}`);
}
