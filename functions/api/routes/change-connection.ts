import { zValidator } from "@hono/zod-validator";
import { Hono } from "hono";
import * as z from "zod";
import { cancelConnection } from "../../domain/cancel-connection.ts";
import { DomainError } from "../../domain/errors.ts";
import { redriveConnection } from "../../domain/redrive-connection.ts";
import type { ApiDeps, ApiEnv } from "../env.ts";
import { requireScope } from "../middleware/authenticate.ts";
import { limitBody, requireJson } from "../middleware/json-body.ts";
import { toFlaws } from "../middleware/validate.ts";
import { fromETag, sendConnection } from "../send-connection.ts";

const redriveBody = z.strictObject({
  reason: z.string("must be a text that says why").min(1, "must say why").max(500, "must have at most 500 characters"),
});

/** `POST …/{id}/cancel` and `…/{id}/redrive`; both take `If-Match` and may be sent twice. */
export function changeConnectionRoute(deps: ApiDeps) {
  const mayWrite = requireScope("connections:write");
  const redrive = zValidator("json", redriveBody, (result) => {
    if (!result.success)
      throw new DomainError("invalid_request", "the request is not valid; see errors", toFlaws(result.error));
  });
  return new Hono<ApiEnv>()
    .post("/:id/cancel", mayWrite, async (c) => {
      const input = { tenant: c.var.caller.tenant, id: c.req.param("id"), ...ifMatch(c.req.header("If-Match")) };
      return sendConnection(c, deps.clock, await cancelConnection(deps, input), 200);
    })
    .post("/:id/redrive", mayWrite, limitBody, requireJson, redrive, async (c) => {
      const { reason } = c.req.valid("json");
      const input = { tenant: c.var.caller.tenant, id: c.req.param("id"), ...ifMatch(c.req.header("If-Match")) };
      return sendConnection(c, deps.clock, await redriveConnection(deps, { ...input, reason }), 202);
    });
}

/** The revision that the caller decided on; a tag that is none of ours matches nothing. */
function ifMatch(header: string | undefined): { revision?: number } {
  return header === undefined || header.trim() === "*" ? {} : { revision: fromETag(header) ?? -1 };
}
