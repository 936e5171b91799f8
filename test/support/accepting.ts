import type { AcceptDeps } from "../../functions/domain/accept-connection.ts";
import { acceptConnection } from "../../functions/domain/accept-connection.ts";
import type { ConnectionRecord } from "../../functions/domain/connection-record.ts";
import type { CreateRequest } from "../../functions/domain/create-request.ts";
import type { FingerprintKeys } from "../../functions/domain/pre-shared-keys.ts";
import { createFakeClock } from "./fake-clock.ts";
import { createMemoryConnectionStore } from "./memory-connection-store.ts";
import { plainSealer } from "./plain-sealer.ts";
import { createRecordingLog } from "./recording-log.ts";
import { createRecordingWorkflows } from "./recording-workflows.ts";
import { validAlibabaRequest } from "./create-requests.ts";

const fingerprintKeys: FingerprintKeys = { current: "one", keys: { one: Buffer.from("first hmac key") } };

/** All that accepting needs, in memory. */
export function createAcceptDeps() {
  const { log, lines } = createRecordingLog();
  return {
    store: createMemoryConnectionStore(),
    workflows: createRecordingWorkflows(),
    sealer: plainSealer,
    fingerprintKeys,
    clock: createFakeClock(),
    log,
    lines,
  } satisfies AcceptDeps & { lines: unknown };
}

/** The record of a request as it is right after it was accepted, with some members replaced. */
export async function createAcceptedRecord(
  request: CreateRequest = validAlibabaRequest(),
  patch: Partial<ConnectionRecord> = {},
): Promise<ConnectionRecord> {
  const { record } = await acceptConnection(createAcceptDeps(), { tenant: "acme", request });
  return { ...record, ...patch };
}
