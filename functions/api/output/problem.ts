import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { DomainError, type Flaw, type ProblemCode, StaleRecordError } from "../../domain/errors.ts";
import type { ApiEnv } from "../env.ts";

/** Every problem code with its HTTP status and title; the type checker sees that none is missing. */
const problems: Record<ProblemCode, { status: ContentfulStatusCode; title: string }> = {
  invalid_request: { status: 400, title: "The request is not valid" },
  unauthenticated: { status: 401, title: "No valid API key" },
  forbidden: { status: 403, title: "Not allowed" },
  not_found: { status: 404, title: "Not found" },
  method_not_allowed: { status: 405, title: "Method not allowed" },
  conflict: { status: 409, title: "Not possible in the current state" },
  payload_too_large: { status: 413, title: "The body is too large" },
  unsupported_media_type: { status: 415, title: "The body is not JSON" },
  idempotency_mismatch: { status: 422, title: "The clientToken was used for another request" },
  rate_limited: { status: 429, title: "Too many requests" },
  internal: { status: 500, title: "Internal error" },
  unavailable: { status: 503, title: "Not available at the moment" },
};

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
  const wait = retryAfterSeconds ?? (code === "unavailable" ? 2 : undefined);
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
