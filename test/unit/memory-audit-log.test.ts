import { beforeEach } from "vitest";
import { describeAuditLog } from "../conformance/audit-log.ts";
import { createMemoryAuditLog } from "../fakes/memory-audit-log.ts";

// Other tests stand on it, so it must keep to what the real one keeps to.
let log = createMemoryAuditLog();
beforeEach(() => {
  log = createMemoryAuditLog();
});
describeAuditLog("in memory", () => log);
