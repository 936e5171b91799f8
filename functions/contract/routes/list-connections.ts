import * as z from "zod";
import { requestErrorCodes } from "../../domain/errors.ts";
import { statuses } from "../../domain/record/status.ts";
import { providers } from "../../domain/values.ts";
import { succeededConnection } from "../examples.ts";
import { defineRoute } from "../route.ts";
import { connectionPage } from "../schemas/connection.ts";
import { anyTenant, cursor, limit } from "../schemas/fields.ts";

const text = z.string().min(1).max(128);
const time = z.iso
  .datetime({ offset: true, error: "must be an RFC 3339 time" })
  .transform((at) => new Date(at).toISOString())
  // In UTC the first and the last day of these can be of a year that does not sort among the others.
  .refine((at) => /^\d{4}-/.test(at), "must be in the years 0000 to 9999");
const status = z.enum(statuses);

const query = z.strictObject({
  tenant: anyTenant,
  status: z.union([status.transform((one) => [one]), z.array(status)]).exactOptional(),
  provider: z.enum(providers).exactOptional(),
  region: text.exactOptional(),
  vpnGatewayId: text.exactOptional(),
  clientToken: text.exactOptional(),
  providerConnectionId: text.exactOptional(),
  errorCode: z.enum(requestErrorCodes).exactOptional(),
  createdAfter: time.exactOptional(),
  createdBefore: time.exactOptional(),
  limit,
  cursor,
});

export const listConnections = defineRoute({
  method: "GET",
  path: "/v1/vpn-connections",
  app: "api",
  scope: "connections:read",
  operators: true,
  summary: "Requests, newest first, a page at a time",
  query,
  answers: { 200: connectionPage },
  examples: {
    query: { status: "succeeded", limit: "1" },
    answers: { 200: { items: [succeededConnection], nextCursor: "MjAyNi0xMS0yMFQwODozMDowMC4wMDBa" } },
  },
});
