import type { RequestError } from "../domain/errors.ts";
import type { ConnectionRecord } from "../domain/record/connection-record.ts";
import { failJob } from "../domain/record/create-attempt.ts";
import { type Run, toProviderConnectionName } from "../domain/record/ids.ts";
import { noteReport } from "../domain/record/note-report.ts";
import { enter, explain } from "../domain/record/timeline.ts";
import { StepError } from "../domain/step-error.ts";
import { lookAtLeftover } from "./look-at-leftover.ts";
import { connectFor, type ProviderDeps, readProvider } from "./provider.ts";
import { learn, loadRun, requireTime } from "./run.ts";

/** One look at the vendor's own job. "Not yet" is the error `StillProvisioning`, which the workflow waits on. */
export async function awaitProvisioned(deps: ProviderDeps, run: Run): Promise<void> {
  const record = await loadRun(deps, run);
  requireTime(deps, record);
  const { providerConnectionId: connectionId, providerTaskId: taskId, create } = record;
  if (!connectionId) throw new StepError("Undecidable", "there is no connection to wait for");
  if (record.leftover) throw await lookAtLeftover(deps, record, connectionId);
  const connected = await connectFor(deps, record);
  const { vpnGatewayId } = record.request;
  // The time of the question counts: an answer can be older than it arrives.
  const asked = deps.clock.now();
  const found = await readProvider(deps, record, connected.calls, () =>
    connected.provider.provisioning({ connectionId, vpnGatewayId, ...(taskId ? { taskId } : {}) }),
  );
  const learned = { deps, record, ...connected };
  // A vendor's lists lag behind: right after the create, a connection that is not there is one that is not there yet.
  const early = found.state === "gone" && asked < new Date(create?.settledAt ?? 0);
  if (found.state === "ready") {
    await learn(learned, (current, now) => noteReport(current, now, found.reported));
    return;
  }
  if (found.state === "pending" || early) {
    const lags = early && !found.gateway;
    const reason = lags ? `${found.detail}, which a list that lags would explain` : found.detail;
    await learn(learned, (current, now) => noteProgress(current, now, reason));
    throw new StepError("StillProvisioning", found.detail);
  }
  const about = { connectionId, connectionName: toProviderConnectionName(record.request.name, record.id) };
  const failure =
    found.state === "gone"
      ? toGone(about, found)
      : toFailedJob({ ...about, ...(taskId ? { taskId } : {}) }, found.detail);
  const flags = found.state === "gone" && !found.gateway ? { gone: true as const } : {};
  await learn(learned, (current, now) => failJob(current, now, failure, flags));
  throw new StepError("JobFailed", failure.message);
}

/** A redriven request, too, is provisioning from the first look that finds its connection under way. */
function noteProgress(record: ConnectionRecord, at: Date, reason: string): ConnectionRecord {
  return record.status === "provisioning" ? explain(record, at, reason) : enter(record, at, "provisioning", reason);
}

interface About {
  connectionId: string;
  connectionName: string;
  taskId?: string;
}

function toGone(
  { connectionId, connectionName }: About,
  { detail, gateway }: { detail: string; gateway?: true },
): RequestError {
  if (gateway) {
    const message = `${connectionId} was accepted, and now ${detail}`;
    const advice = `Look at the gateway, and for ${connectionId} (${connectionName}); a connection on another gateway takes a new request.`;
    return { code: "provider_not_found", message, retryable: false, advice };
  }
  const message = `${connectionId} was accepted, and the vendor does not show it: ${detail}`;
  const advice = `Look for ${connectionId} (${connectionName}): the vendor's job failed, somebody deleted it, or its lists lag. A redrive makes it anew if it is gone.`;
  return { code: "provider_internal", message, retryable: true, advice };
}

function toFailedJob({ connectionId, connectionName, taskId }: About, detail: string): RequestError {
  return {
    code: "provider_internal",
    message: `the vendor's job for ${connectionId} failed: ${detail}`,
    retryable: true,
    advice: `Look at ${connectionId} (${connectionName}) in the vendor's console for the reason, delete what is left of it, then redrive.`,
    ...(taskId ? { providerRequestId: taskId } : {}),
  };
}
