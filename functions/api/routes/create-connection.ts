import { createConnection } from "../../contract/routes/create-connection.ts";
import { acceptConnection } from "../../domain/connections/accept-connection.ts";
import { createRequestBody } from "../../domain/request/create-request-body.ts";
import type { ApiDeps } from "../env.ts";
import { withIdempotencyKey } from "../input/idempotency-key.ts";
import { sendConnection } from "../output/send-connection.ts";
import { route } from "../route.ts";

/** 202 with the resource, also when the same request comes again. */
export function createConnectionRoute(deps: ApiDeps) {
  return route({ ...createConnection, body: createRequestBody(deps) }, async (c) => {
    const { record, replayed } = await acceptConnection(deps, {
      actor: c.var.actor,
      settings: c.var.caller.settings,
      request: withIdempotencyKey(c.req.valid("json"), c.req.header("Idempotency-Key")),
    });
    c.header("Location", `/v1/vpn-connections/${record.id}`);
    if (replayed) c.header("Idempotent-Replayed", "true");
    return sendConnection(c, deps, record, 202);
  });
}
