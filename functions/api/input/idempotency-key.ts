import { DomainError } from "../../domain/errors.ts";
import type { CreateRequest } from "../../domain/request/create-request.ts";
import { toInvalidBody } from "./json-body.ts";

const tokenPattern = /^[\x21-\x7e]{1,64}$/;

/**
 * The request with the token of the `Idempotency-Key` header in it. The token may stand in both places but must then be the
 * same. Throws `invalid_request`.
 */
export function withIdempotencyKey(request: CreateRequest, key: string | undefined): CreateRequest {
  if (key === undefined) return request;
  if (!tokenPattern.test(key)) {
    throw new DomainError("invalid_request", "the header Idempotency-Key must be 1 to 64 characters from ! to ~");
  }
  if (request.clientToken !== undefined && request.clientToken !== key) {
    throw toInvalidBody([{ pointer: "/clientToken", detail: "differs from the header Idempotency-Key" }]);
  }
  return { ...request, clientToken: key };
}
