import { DomainError } from "../errors.ts";
import type { ConnectionRecord } from "../record/connection-record.ts";
import { restart } from "../record/recovery.ts";
import { isFinal } from "../record/status.ts";
import { isUnfinished } from "../record/transitions.ts";
import { requireGateways } from "../tenants/gateway-pattern.ts";
import type { TenantSettings } from "../tenants/tenant.ts";
import { startWorkflow } from "./start-workflow.ts";
import { toFull, type UnfinishedRequests } from "./unfinished-requests.ts";
import { type ChangeDeps, changeForCaller, type UserChange } from "./user-change.ts";

/**
 * Runs a `failed` or `unknown` request again, with all that is known of its earlier calls, so that the workflow looks
 * up before it creates. Asked twice, the second time finds it running and changes nothing. Throws `forbidden` when the
 * gateway is not the tenant's any more, `rate_limited` when it has too many unfinished requests.
 */
export async function redriveConnection(
  deps: ChangeDeps & { unfinishedRequests: UnfinishedRequests },
  input: UserChange & { reason: string; settings: Pick<TenantSettings, "gateways" | "maxUnfinishedRequests"> },
): Promise<ConnectionRecord> {
  const { reason, actor, settings } = input;
  const full = await deps.unfinishedRequests.isFull(actor.tenant, settings.maxUnfinishedRequests);
  // While its webhook is under way it counts already.
  let counted = false;
  const { record, changed } = await changeForCaller(deps, "connection.redrive", input, (current) => {
    if (!isFinal(current.status) && current.generation > 1) return current;
    if (current.status !== "failed" && current.status !== "unknown") {
      throw new DomainError("conflict", `only a failed or unknown request can be redriven; this is ${current.status}`);
    }
    requireGateways(settings.gateways, current.request);
    if (full) throw toFull(settings);
    counted = isUnfinished(current);
    return restart(current, deps.clock.now(), { reason, by: actor.keyName });
  });
  if (changed) {
    if (!counted) deps.unfinishedRequests.add(actor.tenant);
    await startWorkflow(deps, "create-connection", record);
  }
  return record;
}
