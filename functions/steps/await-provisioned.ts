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
  const { provider, calls } = await connectFor(deps, record);
  const { vpnGatewayId } = record.request;
  const found = await readProvider(deps, record, calls, () =>
    provider.provisioning({ connectionId, vpnGatewayId, ...(taskId ? { taskId } : {}) }),
  );
  // A vendor's lists lag behind: right after the create, a connection that is not there is one that is not there yet.
  const early = found.state === "gone" && deps.clock.now() < new Date(create?.settledAt ?? 0);
  if (found.state === "ready" || found.state === "pending" || early) {
    await learn({ deps, record, calls });
    if (found.state === "ready") return;
    throw new StepError("StillProvisioning", found.detail);
  }
  const message = `the vendor's job for ${connectionId} failed: ${found.detail}`;
  const advice = `Look at ${connectionId} in the vendor's console for the reason, delete what is left of it, then redrive.`;
  await learn({ deps, record, calls }, (current, now) =>
    failJob(current, now, { code: "provider_internal", message, retryable: true, advice }),
  );
  throw new StepError("JobFailed", message);
}
