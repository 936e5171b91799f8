import type { AcceptDeps } from "../../functions/domain/accept-connection.ts";
import { acceptConnection } from "../../functions/domain/accept-connection.ts";
import type { ConnectionRecord } from "../../functions/domain/connection-record.ts";
import type { CreateRequest } from "../../functions/domain/create-request.ts";
import type { FingerprintKeys } from "../../functions/domain/pre-shared-keys.ts";
import { createOpenRequests } from "../../functions/domain/open-requests.ts";
import type { TenantSettings } from "../../functions/domain/tenants/tenant.ts";
import type { Actor } from "../../functions/domain/audit.ts";
import { createMemoryAuditLog } from "./memory-audit-log.ts";
import { createFakeClock } from "./fake-clock.ts";
import { createMemoryConnectionStore } from "./memory-connection-store.ts";
import { plainSealer } from "./plain-sealer.ts";
import { createRecordingLog } from "./recording-log.ts";
import { createRecordingWorkflows } from "./recording-workflows.ts";
import { validAlibabaRequest } from "./create-requests.ts";

const fingerprintKeys: FingerprintKeys = { current: "one", keys: { one: Buffer.from("first hmac key") } };

/** Somebody of the tenant `acme`. */
export const testActor: Actor = { tenant: "acme", keyId: "key_1", keyName: "tests", requestId: "request-0" };
/** A tenant that may touch every gateway. */
export const testSettings: TenantSettings = { gateways: ["*"], credentials: {}, mostOpenRequests: 1000 };

/** All that accepting needs, in memory. */
export function createAcceptDeps() {
  const { log, lines } = createRecordingLog();
  const store = createMemoryConnectionStore();
  const clock = createFakeClock();
  return {
    store,
    workflows: createRecordingWorkflows(),
    sealer: plainSealer,
    fingerprintKeys,
    openRequests: createOpenRequests({ store, clock, log }),
    audit: createMemoryAuditLog(),
    clock,
    log,
    lines,
  } satisfies AcceptDeps & { audit: unknown; lines: unknown };
}

/** The record of a request as it is right after it was accepted, with some members replaced. */
export async function createAcceptedRecord(
  request: CreateRequest = validAlibabaRequest(),
  patch: Partial<ConnectionRecord> = {},
): Promise<ConnectionRecord> {
  const { record } = await acceptConnection(createAcceptDeps(), { actor: testActor, settings: testSettings, request });
  return { ...record, ...patch };
}
