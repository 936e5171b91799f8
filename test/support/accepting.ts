import type { Actor } from "../../functions/domain/actor.ts";
import { acceptConnection, type AcceptDeps } from "../../functions/domain/connections/accept-connection.ts";
import type { CancelDeps } from "../../functions/domain/connections/cancel-connection.ts";
import { createGatewayQueues } from "../../functions/domain/connections/gateway-queues.ts";
import { createUnfinishedRequests } from "../../functions/domain/connections/unfinished-requests.ts";
import { createOneByOne } from "../../functions/domain/one-by-one.ts";
import type { ConnectionRecord } from "../../functions/domain/record/connection-record.ts";
import type { CreateRequest } from "../../functions/domain/request/create-request.ts";
import type { FingerprintKeys } from "../../functions/domain/request/pre-shared-keys.ts";
import type { TenantSettings } from "../../functions/domain/tenants/tenant.ts";
import { createFakeClock } from "../fakes/fake-clock.ts";
import { createMemoryAuditLog } from "../fakes/memory-audit-log.ts";
import { createMemoryConnectionStore } from "../fakes/memory-connection-store.ts";
import { createMemoryTallies } from "../fakes/memory-tallies.ts";
import { plainSealer } from "../fakes/plain-sealer.ts";
import { createRecordingLog } from "../fakes/recording-log.ts";
import { createRecordingWorkflows } from "../fakes/recording-workflows.ts";
import { validAlibabaRequest } from "./create-requests.ts";

const fingerprintKeys: FingerprintKeys = { current: "one", keys: { one: Buffer.from("first hmac key") } };

/** Somebody of the tenant `acme`. */
export const testActor: Actor = { tenant: "acme", keyId: "key_1", keyName: "tests", requestId: "request-0" };
/** A tenant that may touch every gateway. */
export const testSettings: TenantSettings = { gateways: ["*"], credentials: {}, maxUnfinishedRequests: 1000 };

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
    unfinishedRequests: createUnfinishedRequests({ store, clock, log }),
    gatewayQueues: createGatewayQueues(clock),
    oneByOne: createOneByOne(),
    audit: createMemoryAuditLog(),
    tallies: createMemoryTallies(),
    clock,
    log,
    lines,
  } satisfies AcceptDeps & CancelDeps & { lines: unknown };
}

/** The record of a request as it is right after it was accepted, with some members replaced. */
export async function createAcceptedRecord(
  request: CreateRequest = validAlibabaRequest(),
  patch: Partial<ConnectionRecord> = {},
): Promise<ConnectionRecord> {
  const { record } = await acceptConnection(createAcceptDeps(), { actor: testActor, settings: testSettings, request });
  return { ...record, ...patch };
}
