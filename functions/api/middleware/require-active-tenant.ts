import { createMiddleware } from "hono/factory";
import { DomainError } from "../../domain/errors.ts";
import type { ApiEnv } from "../env.ts";

/** Answers 403 to the keys of a suspended tenant, which may read and cancel and nothing else. */
export const requireActiveTenant = createMiddleware<ApiEnv>(async function requireActiveTenant(c, next) {
  const { suspended } = c.var.caller;
  if (suspended) {
    throw new DomainError("forbidden", `this tenant is suspended since ${suspended.at}: ${suspended.reason}`);
  }
  await next();
});
