import { StaleRecordError } from "../domain/errors.ts";
import type { TunnelState } from "../domain/provider/provider.ts";
import type { ConnectionRecord } from "../domain/record/connection-record.ts";
import type { Run } from "../domain/record/ids.ts";
import { noteWarnings } from "../domain/record/timeline.ts";
import { noteTunnels } from "../domain/record/transitions.ts";
import { StepError } from "../domain/step-error.ts";
import { connectFor, type ProviderDeps, readProvider } from "./provider.ts";

/** Peers are often configured only after the connection is there; whoever takes longer looks at the vendor. */
const watchSeconds = 1800;

/**
 * One look at the negotiation of a new connection's tunnels. Tunnels that are not up yet are the error
 * `StillNegotiating`, which the workflow waits on; there is nothing to do for a request that was not the one to succeed.
 */
export async function watchTunnels(deps: ProviderDeps, run: Run): Promise<void> {
  const record = await deps.store.get(run.id);
  if (record?.generation !== run.generation || record.status !== "succeeded" || !record.providerConnectionId) return;
  try {
    const seen = await look(deps, record, record.providerConnectionId);
    if (seen.every(({ state }) => state === "up")) return;
  } catch (error) {
    // Somebody else wrote meanwhile, the webhook's delivery as a rule: the next look sees the same again.
    if (error instanceof StaleRecordError) throw new StepError("StillNegotiating", "the record has changed meanwhile");
    throw error;
  }
  const since = Date.parse(record.completedAt ?? record.updatedAt);
  if (deps.clock.now().getTime() >= since + watchSeconds * 1000 * deps.timeScale) return;
  throw new StepError("StillNegotiating", "not every tunnel is up");
}

async function look(deps: ProviderDeps, record: ConnectionRecord, connectionId: string): Promise<TunnelState[]> {
  const { provider, calls, warnings } = await connectFor(deps, record);
  const { tunnels } = record.request;
  const found = await readProvider(deps, record, calls, () => provider.tunnelStates(connectionId, tunnels.length));
  // The vendor's answer has the primary first, a request may name the backup first.
  const states = tunnels.flatMap(({ role }) => found[role === "backup" ? 1 : 0] ?? []);
  const now = deps.clock.now();
  return (await deps.store.save(noteWarnings(noteTunnels(record, now, states, calls), now, warnings))).tunnels;
}
