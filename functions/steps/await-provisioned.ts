import type { RequestError } from "../domain/errors.ts";
import { failJob } from "../domain/record/create-attempt.ts";
import type { Run } from "../domain/record/ids.ts";
import { connectFor, type ProviderDeps, readProvider } from "./provider.ts";
import { learn, loadRun, requireTime } from "./run.ts";
import { StepError } from "./step-error.ts";

/** One look at the vendor's own job. "Not yet" is the error `StillProvisioning`, which the workflow waits on. */
export async function awaitProvisioned(deps: ProviderDeps, run: Run): Promise<void> {
  const record = await loadRun(deps, run);
  requireTime(deps, record);
  const { providerConnectionId: connectionId, providerTaskId: taskId, create } = record;
  if (!connectionId) throw new StepError("Undecidable", "there is no connection to wait for");
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
  if (found.state === "ready" || found.state === "pending" || early) {
    await learn(learned);
    if (found.state === "ready") return;
    throw new StepError("StillProvisioning", found.detail);
  }
  const failure = found.state === "gone" ? toGone(connectionId, found.detail) : toFailedJob(connectionId, found.detail);
  await learn(learned, (current, now) => failJob(current, now, failure));
  throw new StepError("JobFailed", failure.message);
}

function toGone(connectionId: string, detail: string): RequestError {
  return {
    code: "provider_internal",
    message: `${connectionId} was accepted and is gone, by a job that failed or by somebody: ${detail}`,
    retryable: true,
    advice: `If nobody deleted ${connectionId} on purpose, look at the gateways and redrive: that makes it anew.`,
  };
}

function toFailedJob(connectionId: string, detail: string): RequestError {
  return {
    code: "provider_internal",
    message: `the vendor's job for ${connectionId} failed: ${detail}`,
    retryable: true,
    advice: `Look at ${connectionId} in the vendor's console for the reason, delete what is left of it, then redrive.`,
  };
}
