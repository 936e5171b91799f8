import { Hono } from "hono";
import * as z from "zod";
import { perhapsReason, reason } from "../../contract/schemas/fields.ts";
import { cancelConnection } from "../../domain/connections/cancel-connection.ts";
import { redriveConnection } from "../../domain/connections/redrive-connection.ts";
import type { ApiDeps, ApiEnv } from "../env.ts";
import { limitBody, readBody } from "../input/json-body.ts";
import { noQuery } from "../input/validate.ts";
import { requireScope } from "../middleware/authenticate.ts";
import { fromIfMatch, sendConnection } from "../output/send-connection.ts";

const redriveBody = z.strictObject({ reason });

/** `POST …/{id}/cancel` and `…/{id}/redrive`; both take `If-Match` and may be sent twice. */
export function changeConnectionRoute(deps: ApiDeps) {
  const mayWrite = requireScope("connections:write");
  return new Hono<ApiEnv>()
    .post("/:id/cancel", mayWrite, noQuery(), limitBody, async (c) => {
      const input = { actor: c.var.actor, id: c.req.param("id"), ...ifMatch(c.req.header("If-Match")) };
      const record = await cancelConnection(deps, { ...input, ...(await readBody(c, perhapsReason)) });
      return sendConnection(c, deps.clock, record, 200);
    })
    .post("/:id/redrive", mayWrite, noQuery(), limitBody, async (c) => {
      const input = { actor: c.var.actor, id: c.req.param("id"), ...ifMatch(c.req.header("If-Match")) };
      const { settings } = c.var.caller;
      const record = await redriveConnection(deps, { ...input, ...(await readBody(c, redriveBody)), settings });
      return sendConnection(c, deps.clock, record, 202);
    });
}

function ifMatch(header: string | undefined): { revision?: number } {
  const revision = fromIfMatch(header);
  return revision === undefined ? {} : { revision };
}
