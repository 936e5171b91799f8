import { Hono } from "hono";
import * as z from "zod";
import { limit } from "../../contract/schemas/fields.ts";
import { statuses } from "../../domain/record/status.ts";
import { toResource } from "../../domain/record/to-resource.ts";
import { providers } from "../../domain/values.ts";
import type { ApiDeps, ApiEnv } from "../env.ts";
import { validateQuery } from "../input/validate.ts";
import { requireScope } from "../middleware/authenticate.ts";

const text = z.string().min(1).max(128);
const time = z.iso
  .datetime({ offset: true, error: "must be an RFC 3339 time" })
  .transform((at) => new Date(at).toISOString())
  // In UTC the first and the last day of these can be of a year that does not sort among the others.
  .refine((at) => /^\d{4}-/.test(at), "must be in the years 0000 to 9999");
const status = z.enum(statuses, `must be one of ${statuses.join(", ")}`);

const query = z.strictObject({
  status: z
    .union([status.transform((one) => [one]), z.array(status)], `must be one of ${statuses.join(", ")}`)
    .optional(),
  provider: z.enum(providers, `must be one of ${providers.join(", ")}`).optional(),
  region: text.optional(),
  vpnGatewayId: text.optional(),
  clientToken: text.optional(),
  providerConnectionId: text.optional(),
  errorCode: text.optional(),
  createdAfter: time.optional(),
  createdBefore: time.optional(),
  limit,
  cursor: z.string().max(256).optional(),
});

/** `GET /v1/vpn-connections`: the tenant's requests, newest first, a page at a time. */
export function listConnectionsRoute(deps: ApiDeps) {
  return new Hono<ApiEnv>().get("/", requireScope("connections:read"), validateQuery(query), async (c) => {
    const { status: wanted, ...rest } = c.req.valid("query");
    const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
    const page = await deps.store.list({
      ...given,
      limit: rest.limit,
      tenant: c.var.caller.tenant,
      ...(wanted ? { statuses: wanted } : {}),
    });
    return c.json({ items: page.items.map(toResource), ...(page.nextCursor ? { nextCursor: page.nextCursor } : {}) });
  });
}
