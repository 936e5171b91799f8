import * as z from "zod";
import { exampleId, exampleTime } from "../examples.ts";
import { defineRoute } from "../route.ts";
import { auditPage } from "../schemas/audit.ts";
import { cursor, limit, tenantName } from "../schemas/fields.ts";

const entry = {
  id: "audit_0123456789abcdef01234567",
  at: exampleTime,
  action: "connection.redrive",
  tenant: "acme",
  target: exampleId,
  by: { tenant: "acme", keyId: "key_0123456789abcdef01", keyName: "ci", address: "198.51.100.7", requestId: "5d0c" },
  reason: "the quota was raised",
};

export const listAudit = defineRoute({
  method: "GET",
  path: "/v1/admin/audit",
  app: "api",
  scope: "admin",
  summary: "Who did what, when, from where and why, newest first",
  query: z.strictObject({ tenant: tenantName.exactOptional(), limit, cursor }),
  answers: { 200: auditPage },
  examples: { query: { tenant: "acme" }, answers: { 200: { items: [entry] } } },
});
