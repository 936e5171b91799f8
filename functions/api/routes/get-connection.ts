import { Hono } from "hono";
import * as z from "zod";
import { waitForChange } from "../../domain/wait-for-change.ts";
import type { ApiDeps, ApiEnv } from "../env.ts";
import { requireScope } from "../middleware/authenticate.ts";
import { validateQuery } from "../middleware/validate.ts";
import { fromETag, sendConnection, toETag } from "../send-connection.ts";

const query = z.strictObject({
  wait: z.coerce
    .number("must be 0 to 20 seconds")
    .min(0, "must be 0 to 20 seconds")
    .max(20, "must be 0 to 20 seconds")
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
    if (record.revision === revision) return c.body(null, 304, { ETag: toETag(record) });
    return sendConnection(c, deps.clock, record, 200);
  });
}
