import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import { problems } from "../../contract/problems.ts";
import { DomainError, type Flaw, type ProblemCode, SchemaVersionError, StaleRecordError } from "../../domain/errors.ts";
import type { ApiEnv } from "../env.ts";

/** An RFC 9457 problem document. */
export function problemResponse(
  c: Context<ApiEnv>,
  code: ProblemCode,
  detail: string,
  errors: readonly Flaw[] = [],
  retryAfterSeconds?: number,
): Response {
  const { status, title } = problems[code];
  const body = {
    type: `/docs/errors/${code}`,
    title,
    status,
    detail,
    code,
    requestId: c.var.requestId,
    ...(errors.length > 0 ? { errors } : {}),
  };
  if (code === "unauthenticated") c.header("WWW-Authenticate", "Bearer");
  const wait = retryAfterSeconds ?? (code === "unavailable" || code === "rate_limited" ? 2 : undefined);
  if (wait !== undefined) c.header("Retry-After", String(wait));
  return c.body(JSON.stringify(body), status, { "Content-Type": "application/problem+json" });
}

/** The answer to anything thrown on the way. An error that is none of ours leaves as an opaque body with the request id. */
export function toProblemResponse(error: unknown, c: Context<ApiEnv>): Response {
  if (error instanceof DomainError) {
    return problemResponse(c, error.code, error.message, error.errors, error.retryAfterSeconds);
  }
  if (error instanceof HTTPException && error.status === 400) {
    const detail = "the body is not valid JSON";
    return problemResponse(c, "invalid_request", detail, [{ pointer: "", detail }]);
  }
  if (error instanceof StaleRecordError) {
    c.var.log("contended", { requestId: c.var.requestId, method: c.req.method });
    return problemResponse(c, "unavailable", "others change the same thing at this moment; send it again", [], 1);
  }
  if (error instanceof SchemaVersionError) {
    const { requestId, log } = c.var;
    log("schema_version", { requestId, method: c.req.method, item: error.key, schemaVersion: error.found });
    return problemResponse(
      c,
      "unavailable",
      "another release of the broker wrote this, and will read it once it is deployed; send it again",
    );
  }
  c.var.log("request_failed", {
    requestId: c.var.requestId,
    method: c.req.method,
    error: error instanceof Error ? error.name : "unknown",
  });
  return isStorageFault(error)
    ? problemResponse(c, "unavailable", "the broker's storage did not answer; nothing was lost, send it again")
    : problemResponse(c, "internal", "something went wrong on our side; it has been logged under this requestId");
}

/**
 * AWS SDK errors carry `$metadata`: what is behind us failed, not us. What AWS will refuse again, for want of a permission
 * as a rule, is ours.
 */
function isStorageFault(error: unknown): boolean {
  if (!(error instanceof Error) || !("$metadata" in error)) return false;
  const final = /^(AccessDenied|Validation|ResourceNotFound|InvalidCiphertext|IncorrectKey|NotFound|Disabled)/;
  return !final.test(error.name);
}
