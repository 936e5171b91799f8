import { applyDefaults } from "../request/apply-defaults.ts";
import type { ConnectionRecord } from "./connection-record.ts";
import { adviseMeanwhile, describeProblem } from "./describe-problem.ts";
import { toProviderConnectionName } from "./ids.ts";
import { toReportedResource } from "./note-report.ts";
import type { ProviderProblem } from "./provider-problem.ts";

/**
 * The resource as callers see it: fields named one by one, so that nothing new in the record shows up by itself, and
 * absent where they have no value. When it is likely to end is not in the record: see estimate.ts.
 */
export function toResource(record: ConnectionRecord, estimatedCompletionAt?: Date) {
  const { provider, region, name, vpnGatewayId } = record.request;
  const request = applyDefaults(record.request);
  const reported = toReportedResource(record, request);
  return {
    id: record.id,
    clientToken: record.clientToken,
    provider,
    region,
    name,
    vpnGatewayId,
    status: record.status,
    ...toQueue(record),
    statusReason: record.providerProblem ? describeProblem(record, record.providerProblem) : record.statusReason,
    request,
    ...(record.providerConnectionId ? { providerConnectionId: record.providerConnectionId } : {}),
    providerConnectionName: toProviderConnectionName(name, record.id),
    ...(record.providerProblem ? { providerProblem: toShownProblem(record, record.providerProblem) } : {}),
    tunnels: record.tunnels,
    ...(reported ? { reported } : {}),
    ...(record.error ? { error: record.error } : {}),
    warnings: record.warnings,
    attempts: record.attempts,
    revision: record.revision,
    createdAt: record.createdAt,
    updatedAt: record.updatedAt,
    ...(record.completedAt ? { completedAt: record.completedAt } : {}),
    ...(estimatedCompletionAt ? { estimatedCompletionAt: estimatedCompletionAt.toISOString() } : {}),
  };
}

function toQueue({ status, position, ahead }: ConnectionRecord): { queue?: { position: number; ahead: number } } {
  return status === "queued" && position !== undefined && ahead !== undefined ? { queue: { position, ahead } } : {};
}

/** What a caller sees of the effect of its change where it may not read the resource. */
export function toReceipt({ id, clientToken, status, revision }: ConnectionRecord) {
  return { id, clientToken, status, revision };
}

function toShownProblem(record: ConnectionRecord, problem: ProviderProblem) {
  const { action, class: meaning, code, requestId, since, count } = problem;
  return {
    action,
    class: meaning,
    ...(code === undefined ? {} : { code }),
    advice: adviseMeanwhile(record, problem),
    ...(requestId === undefined ? {} : { requestId }),
    since,
    count,
  };
}

/** With `tenant` in answers to operators, whose requests are everybody's. */
export type ConnectionResource = ReturnType<typeof toResource> & { tenant?: string };
