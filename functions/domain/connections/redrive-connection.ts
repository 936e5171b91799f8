import { DomainError } from "../errors.ts";
import type { ConnectionRecord } from "../record/connection-record.ts";
import { restart } from "../record/recovery.ts";
import { isFinal } from "../record/status.ts";
import { isUnfinished } from "../record/transitions.ts";
import { mayHaveConnection } from "../record/turn.ts";
import { requireGateways } from "../tenants/gateway-pattern.ts";
import { nameOf } from "../tenants/may-be-sent.ts";
import type { TenantSettings } from "../tenants/tenant.ts";
import { startWorkflow } from "./start-workflow.ts";
import { toFull, type UnfinishedRequests } from "./unfinished-requests.ts";
import { type ChangeDeps, changeForCaller, toAsker, type UserChange } from "./user-change.ts";

/**
 * Runs a `failed` or `unknown` request again, with all that is known of its earlier calls, so that the workflow looks
 * up before it creates. Asked twice, the second time finds it running and changes nothing. `settings` are those of the
 * tenant whose request it is. Throws `forbidden` when the gateway is not the tenant's any more, `rate_limited` when it
 * has too many unfinished requests, `conflict` when what may be at the vendor was asked for with credentials that the
 * tenant has no more.
 */
export async function redriveConnection(
  deps: ChangeDeps & { unfinishedRequests: UnfinishedRequests },
  input: UserChange & { reason: string; settings: Omit<TenantSettings, "webhookUrl"> },
): Promise<ConnectionRecord> {
  const { reason, actor, owner = actor.tenant, settings } = input;
  const full = await deps.unfinishedRequests.isFull(owner, settings.maxUnfinishedRequests);
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
    return restart(withCredentials(current, settings), deps.clock.now(), { ...toAsker(input), reason });
  });
  if (changed) {
    if (!counted) deps.unfinishedRequests.add(owner);
    await startWorkflow(deps, "create-connection", record);
  }
  return record;
}

/**
 * The record with the credentials that the tenant has now. Only what was asked for with the earlier ones shows what became
 * of it: so where something may be at the vendor, others are a `conflict`.
 */
function withCredentials(record: ConnectionRecord, { credentials }: Pick<TenantSettings, "credentials">) {
  const { credentials: earlier, ...rest } = record;
  const now = credentials[record.request.provider];
  if (now === earlier) return record;
  if (mayHaveConnection(record)) {
    const asked = `its create was sent with ${nameOf(earlier)}, and the tenant's credentials are ${nameOf(now)} now`;
    throw new DomainError("conflict", `${asked}: nobody could see what became of it; an operator can give them back`);
  }
  return now === undefined ? rest : { ...rest, credentials: now };
}
