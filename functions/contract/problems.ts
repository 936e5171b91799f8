import type { ProblemCode } from "../domain/errors.ts";
import type { ErrorMeaning } from "./error-meaning.ts";

/**
 * Every code that a problem document (RFC 9457) can have: its HTTP status and title, and what it tells a caller. One code has
 * one status, and one status one code.
 */
export const problems = {
  invalid_request: {
    status: 400,
    title: "The request is not valid",
    meaning:
      "The body, the query or a header is not what the route takes. Nothing was recorded and no vendor was asked.",
    retry: "useless",
    fix: "Correct every place that errors points at (JSON pointers into the body), then send it again with the same clientToken.",
  },
  unauthenticated: {
    status: 401,
    title: "No valid API key",
    meaning: "There is no API key in the call, or none that the broker knows.",
    retry: "useless",
    fix: "Send a valid key in the header Authorization: Bearer <api key>.",
  },
  forbidden: {
    status: 403,
    title: "Not allowed",
    meaning:
      "The API key is valid, and either lacks the scope that the route asks for, which detail names, its tenant may not touch a gateway, to which errors points, or an operator has suspended the tenant, for the reason in detail: its keys then read and cancel only.",
    retry: "useless",
    fix: "Use a key that has the scope, or ask an operator to allow the gateway or to resume the tenant.",
  },
  not_found: {
    status: 404,
    title: "Not found",
    meaning: "There is nothing at this path, or this tenant has no request of this id.",
    retry: "useless",
    fix: "Compare the path with the documentation, and the id with the Location of the answer that accepted the request.",
  },
  method_not_allowed: {
    status: 405,
    title: "Method not allowed",
    meaning: "The path exists and does not answer this method.",
    retry: "useless",
    fix: "Use one of the methods in the header Allow.",
  },
  conflict: {
    status: 409,
    title: "Not possible in the current state",
    meaning:
      "The request is in a state that does not permit this, such as a cancel after the vendor was asked, or it has changed since the revision in If-Match, or too many wrong secrets were sent with its clientToken.",
    retry: "useless",
    fix: "Read the request again, and decide by its current status and revision.",
  },
  payload_too_large: {
    status: 413,
    title: "The body is too large",
    meaning: "The body is larger than the broker takes; it was not read.",
    retry: "useless",
    fix: "Send a body within the limit that detail names: merge networks, shorten tags.",
  },
  unsupported_media_type: {
    status: 415,
    title: "The body is not JSON",
    meaning: "The body does not say that it is JSON.",
    retry: "useless",
    fix: "Send JSON, with the header Content-Type: application/json.",
  },
  idempotency_mismatch: {
    status: 422,
    title: "The clientToken was used for another request",
    meaning:
      "The clientToken stands for another request of this tenant already; errors names the fields that differ. That request is not touched, and no second one was made.",
    retry: "useless",
    fix: "Send the first request's own body to read its state, or take a new clientToken for a new connection.",
  },
  rate_limited: {
    status: 429,
    title: "Too many requests",
    meaning:
      "This API key has sent more calls than its limit allows, or its tenant has as much under way as it may; detail says which. The call was not carried out.",
    retry: "safe",
    fix: "Wait as long as Retry-After says, then send it again with the same clientToken.",
  },
  internal: {
    status: 500,
    title: "Internal error",
    meaning:
      "Something went wrong inside the broker; it is logged under the requestId. A create may have been accepted.",
    retry: "safe",
    fix: "Send it again with the same clientToken, which never makes a second connection; if it stays so, tell the broker's operators the requestId.",
  },
  unavailable: {
    status: 503,
    title: "Not available at the moment",
    meaning:
      'Something the broker stands on did not answer, others changed the same thing at that moment, or too many calls were under way. A create may have been accepted; where detail begins with "too many calls at once", nothing was carried out.',
    retry: "safe",
    fix: "Wait as long as Retry-After says, then send it again with the same clientToken, which never makes a second connection.",
  },
} as const satisfies Record<ProblemCode, ErrorMeaning & { status: number; title: string }>;
