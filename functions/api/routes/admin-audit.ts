import { listAudit } from "../../contract/routes/admin-audit.ts";
import { type AuditLog, listAudit as list } from "../../domain/audit.ts";
import { route } from "../route.ts";

export const adminAuditRoute = (deps: { audit: AuditLog }) =>
  route(listAudit, async (c) => c.json(await list(deps, c.req.valid("query"))));
