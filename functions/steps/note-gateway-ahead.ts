import type { ConnectionRecord } from "../domain/record/connection-record.ts";
import { isFinal } from "../domain/record/status.ts";
import { toGatewayKey } from "../domain/record/turn.ts";
import { learn, type RunDeps } from "./run.ts";

/**
 * Whoever ends in the queue has not looked at the gateway; those ahead have, and what they saw of it is why the turn did
 * not come. Nothing else of theirs is told, because they may be another tenant's.
 */
export async function noteGatewayAhead(deps: RunDeps, record: ConnectionRecord): Promise<void> {
  if (record.status !== "queued" || record.gatewayBusy) return;
  for (const id of await deps.store.listGateway(toGatewayKey(record.request), "waiting")) {
    if (id === record.id) return;
    const ahead = await deps.store.get(id);
    if (!ahead || isFinal(ahead.status)) continue;
    const { gatewayBusy } = ahead;
    if (gatewayBusy) await learn({ deps, record }, (current) => ({ ...current, gatewayBusy }));
    return;
  }
}
