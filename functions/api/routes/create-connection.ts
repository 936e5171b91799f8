import { zValidator } from "@hono/zod-validator";
import { Hono } from "hono";
import * as z from "zod";
import { acceptConnection } from "../../domain/accept-connection.ts";
import { DomainError, type Flaw } from "../../domain/errors.ts";
import { parseCreateRequest } from "../../domain/parse-create-request.ts";
import { requireScope } from "../middleware/authenticate.ts";
import { limitBody, requireJson } from "../middleware/json-body.ts";
import type { ApiDeps, ApiEnv } from "../env.ts";
import { sendConnection } from "../send-connection.ts";

const keyPattern = /^[\x21-\x7e]{1,64}$/;

/** `POST /v1/vpn-connections`: 202 with the resource, also when the same request comes again. */
export function createConnectionRoute(deps: ApiDeps) {
  const body = zValidator("json", z.unknown());
  return new Hono<ApiEnv>().post("/", requireScope("connections:write"), limitBody, requireJson, body, async (c) => {
    const parsed = parseCreateRequest(withToken(c.req.valid("json"), c.req.header("Idempotency-Key")), deps);
    if ("flaws" in parsed) throw invalid(parsed.flaws);
    const { record, replayed } = await acceptConnection(deps, { tenant: c.var.caller.tenant, ...parsed });
    c.header("Location", `/v1/vpn-connections/${record.id}`);
    if (replayed) c.header("Idempotent-Replayed", "true");
    return sendConnection(c, deps.clock, record, 202);
  });
}

/** The body with the token of the header, which may stand in both places but must then be the same. */
function withToken(body: unknown, key: string | undefined): unknown {
  if (key === undefined) return body;
  if (!keyPattern.test(key)) {
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
