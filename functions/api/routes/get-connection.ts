import { Hono } from "hono";
import * as z from "zod";
import { waitForChange } from "../../domain/connections/wait-for-change.ts";
import type { ApiDeps, ApiEnv } from "../env.ts";
import { validateQuery } from "../input/validate.ts";
import { requireScope } from "../middleware/authenticate.ts";
import { fromETag, sendConnection, sendUnchanged } from "../output/send-connection.ts";

const query = z.strictObject({
  wait: z
    .string("must be 0 to 20 seconds")
    .regex(/^(1?\d(\.\d+)?|20)$/, "must be 0 to 20 seconds")
    .transform(Number)
    .default(0),
});

/** `GET /v1/vpn-connections/{id}`: the resource, on `?wait=` as soon as it changes; 304 when it has not. */
export function getConnectionRoute(deps: ApiDeps) {
  return new Hono<ApiEnv>().get("/:id", requireScope("connections:read"), validateQuery(query), async (c) => {
    const revision = fromETag(c.req.header("If-None-Match"));
    const record = await waitForChange(deps, {
      tenant: c.var.caller.tenant,
      id: c.req.param("id"),
      waitSeconds: c.req.valid("query").wait,
      ...(revision === undefined ? {} : { revision }),
      signal: c.req.raw.signal,
    });
    if (record.revision === revision) return sendUnchanged(c, deps.clock, record);
    return sendConnection(c, deps.clock, record, 200);
  });
}
