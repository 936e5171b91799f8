import { Hono } from "hono";
import * as z from "zod";
import { limit, tenantName } from "../../contract/schemas/fields.ts";
import type { ApiDeps, ApiEnv } from "../env.ts";
import { validateQuery } from "../input/validate.ts";

const query = z.strictObject({ tenant: tenantName.optional(), limit, cursor: z.string().max(256).optional() });

/** `GET /v1/admin/audit`: who did what, when, from where and why, newest first. */
export function adminAuditRoute(deps: ApiDeps) {
  return new Hono<ApiEnv>().get("/", validateQuery(query), async (c) => {
    const { tenant, cursor, limit: most } = c.req.valid("query");
    const found = await deps.audit.list({
      limit: most,
      ...(tenant === undefined ? {} : { tenant }),
      ...(cursor === undefined ? {} : { cursor }),
    });
    return c.json(found);
  });
}
