import type { RequestErrorCode } from "../errors.ts";
import type { ConnectionRecord } from "../record/connection-record.ts";
import { isFinal, type OutcomeStatus } from "../record/status.ts";
import { applyDefaults } from "../request/apply-defaults.ts";
import type { ProviderName } from "../values.ts";

/** What is counted of a run that has ended. */
export interface EndedRun {
  tenant: string;
  status: OutcomeStatus;
  provider: ProviderName;
  region: string;
  errorCode?: RequestErrorCode;
  /** From its acceptance to success, the queue included. */
  seconds?: number;
  /** From its turn at the gateway to success. */
  workSeconds?: number;
}

/** Undefined while the request has not ended. A leftover of a dry run is no request that anybody made. */
export function toEndedRun(record: ConnectionRecord): EndedRun | undefined {
  const { status, tenant, request, error, completedAt, leftover } = record;
  if (!isFinal(status) || completedAt === undefined || leftover) return undefined;
  return {
    tenant,
    status: status as OutcomeStatus,
    provider: request.provider,
    region: request.region,
    ...(error ? { errorCode: error.code } : {}),
    ...(status === "succeeded" ? toDurations(record, Date.parse(completedAt)) : {}),
  };
}

/** A request that was run again is measured from then on: nobody waited for the vendor in between. */
function toDurations({ request, queueDeadlineAt, deadlineAt }: ConnectionRecord, end: number) {
  const { queueTimeoutSeconds, timeoutSeconds } = applyDefaults(request);
  const since = (deadline: string, seconds: number) =>
    Math.max(0, Math.round((end - (Date.parse(deadline) - seconds * 1000)) / 100) / 10);
  return {
    seconds: since(queueDeadlineAt, queueTimeoutSeconds),
    ...(deadlineAt === undefined ? {} : { workSeconds: since(deadlineAt, timeoutSeconds) }),
  };
}
