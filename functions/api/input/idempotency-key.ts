import { DomainError } from "../../domain/errors.ts";
import type { CreateRequest } from "../../domain/request/create-request.ts";
import { toInvalidBody } from "./json-body.ts";

const tokenPattern = /^[\x21-\x7e]{1,64}$/;
/** A string as RFC 8941 (3.3.3) has it, from its first character to its last. */
const quotedPattern = /^"(?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\])*"$/;

/**
 * The request with the token of the `Idempotency-Key` header in it. The token may stand in both places but must then be the
 * same. Throws `invalid_request`.
 */
export function withIdempotencyKey(request: CreateRequest, header: string | undefined): CreateRequest {
  if (header === undefined) return request;
  const key = fromHeader(header);
  if (request.clientToken !== undefined && request.clientToken !== key) {
    throw toInvalidBody([{ pointer: "/clientToken", detail: "differs from the header Idempotency-Key" }]);
  }
  return { ...request, clientToken: key };
}

/**
 * The token, in quotes, as draft-ietf-httpapi-idempotency-key-header has it, or without. No comma, in quotes neither: a server
 * in front joins repeated headers by one, and then there is no telling which was meant.
 */
function fromHeader(header: string): string {
  if (header.includes(",")) throw refusal("must stand once and have no comma in it");
  const isQuoted = quotedPattern.test(header);
  const key = isQuoted ? header.slice(1, -1).replaceAll(/\\(["\\])/g, "$1") : header;
  if (tokenPattern.test(key) && (isQuoted || !header.startsWith('"'))) return key;
  throw refusal("must be 1 to 64 characters from ! to ~, as they are or as a string in quotes");
}

function refusal(detail: string): DomainError {
  const errors = [{ pointer: "/Idempotency-Key", detail }];
  return new DomainError("invalid_request", `the header Idempotency-Key ${detail}`, errors);
}
