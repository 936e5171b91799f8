import { listAudit } from "../../contract/routes/admin-audit.ts";
import type { AuditLog } from "../../domain/audit.ts";
import { route } from "../route.ts";

export const adminAuditRoute = (deps: { audit: AuditLog }) =>
  route(listAudit, async (c) => c.json(await deps.audit.list(c.req.valid("query"))));
