import { applyDefaults } from "./apply-defaults.ts";
import type { ConnectionRecord } from "./connection-record.ts";
import { DomainError } from "./errors.ts";
import { type OpenRequests, toFull } from "./open-requests.ts";
import { restart } from "./recovery.ts";
import { startOrLeave } from "./start-or-leave.ts";
import { isFinal } from "./status.ts";
import { requireGateways } from "./tenants/gateway-pattern.ts";
import type { TenantSettings } from "./tenants/tenant.ts";
import { changeForCaller, type ChangeDeps, type UserChange } from "./user-change.ts";

/**
 * Runs a `failed` or `unknown` request again, with all that is known of its earlier calls, so that the workflow looks
 * up before it creates. Asked twice, the second time finds it running and changes nothing. Throws `forbidden` when the
 * gateway is not the tenant's any more, `rate_limited` when it has too many unfinished requests.
 */
export async function redriveConnection(
  deps: ChangeDeps & { openRequests: OpenRequests },
  input: UserChange & { reason: string; settings: Pick<TenantSettings, "gateways" | "mostOpenRequests"> },
): Promise<ConnectionRecord> {
  const { reason, actor, settings } = input;
  const full = await deps.openRequests.isFull(actor.tenant, settings.mostOpenRequests);
  const { record, changed } = await changeForCaller(deps, "connection.redrive", input, (current) => {
    if (!isFinal(current.status) && current.generation > 1) return current;
    if (current.status !== "failed" && current.status !== "unknown") {
      throw new DomainError("conflict", `only a failed or unknown request can be redriven; this is ${current.status}`);
    }
    requireGateways(settings.gateways, current.request);
    if (full) throw toFull(settings);
    const { timeoutSeconds } = applyDefaults(current.request);
    return restart(current, deps.clock.now(), timeoutSeconds, { reason, by: actor.keyName });
  });
  if (changed) {
    deps.openRequests.add(actor.tenant);
    await startOrLeave(deps, "create-connection", record);
  }
  return record;
}
