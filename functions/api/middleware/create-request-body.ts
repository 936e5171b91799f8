import { zValidator } from "@hono/zod-validator";
import * as z from "zod";
import type { CreateRequest } from "../../domain/create-request.ts";
import { DomainError, type Flaw } from "../../domain/errors.ts";
import { parseCreateRequest, type ParseOptions } from "../../domain/parse-create-request.ts";
import { limitBody, requireJson } from "./json-body.ts";
import { noQuery } from "./validate.ts";

const tokenPattern = /^[\x21-\x7e]{1,64}$/;

/** Reads a JSON body of bounded size; `readCreateRequest` then says what is wrong with it. */
export const createRequestBody = [noQuery(), limitBody, requireJson, zValidator("json", z.unknown())] as const;

/** The checked request, with the token of the `Idempotency-Key` header in it. Throws `invalid_request` with every flaw. */
export function readCreateRequest(body: unknown, key: string | undefined, options: ParseOptions): CreateRequest {
  const parsed = parseCreateRequest(withToken(body, key), options);
  if ("flaws" in parsed) throw invalid(parsed.flaws);
  return parsed.request;
}

/** The token may stand in both places but must then be the same. */
function withToken(body: unknown, key: string | undefined): unknown {
  if (key === undefined) return body;
  if (!tokenPattern.test(key)) {
    throw new DomainError("invalid_request", "the header Idempotency-Key must be 1 to 64 characters from ! to ~");
  }
  if (typeof body !== "object" || body === null || Array.isArray(body)) return body;
  if ("clientToken" in body && body.clientToken !== key) {
    throw invalid([{ pointer: "/clientToken", detail: "differs from the header Idempotency-Key" }]);
  }
  return { ...body, clientToken: key };
}

function invalid(flaws: readonly Flaw[]): DomainError {
  const count = flaws.length === 1 ? "one problem" : `${flaws.length} problems`;
  return new DomainError("invalid_request", `the request has ${count}; see errors`, flaws);
}
