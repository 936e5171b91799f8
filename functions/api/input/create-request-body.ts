import type { Context } from "hono";
import { DomainError, type Flaw } from "../../domain/errors.ts";
import type { CreateRequest } from "../../domain/request/create-request.ts";
import { parseCreateRequest, type ParseOptions } from "../../domain/request/parse-create-request.ts";
import type { ApiEnv } from "../env.ts";
import { readJson } from "./json-body.ts";

const tokenPattern = /^[\x21-\x7e]{1,64}$/;

/** The checked request, with the token of the `Idempotency-Key` header in it. Throws `invalid_request` with every flaw. */
export async function readCreateRequest(c: Context<ApiEnv>, options: ParseOptions): Promise<CreateRequest> {
  const parsed = parseCreateRequest(withToken(await readJson(c), c.req.header("Idempotency-Key")), options);
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
