import { createMiddleware } from "hono/factory";
import { DomainError } from "../../domain/errors.ts";
import type { Caller } from "../../domain/tenants/caller.ts";
import type { ApiEnv } from "../env.ts";

/** Throws `forbidden` for a caller whose tenant is suspended. */
export function requireActive({ suspended }: Pick<Caller, "suspended">): void {
  if (!suspended) return;
  throw new DomainError("forbidden", `this tenant is suspended since ${suspended.at}: ${suspended.reason}`);
}

/** Answers 403 to the keys of a suspended tenant, which may read and cancel and nothing else. */
export const requireActiveTenant = createMiddleware<ApiEnv>(async function requireActiveTenant(c, next) {
  requireActive(c.var.caller);
  await next();
});
