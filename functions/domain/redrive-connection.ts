import { applyDefaults } from "./apply-defaults.ts";
import type { ChangeDeps } from "./cancel-connection.ts";
import type { ConnectionRecord } from "./connection-record.ts";
import { DomainError } from "./errors.ts";
import { getConnection } from "./get-connection.ts";
import { startOrLeave } from "./start-or-leave.ts";
import { isFinal } from "./status.ts";
import { restart } from "./transitions.ts";
import { requireRevision, saveOrRefuse } from "./user-change.ts";

/**
 * Runs a `failed` or `unknown` request again, with all that is known of its earlier calls, so that the workflow looks
 * up before it creates. Asked twice, the second time finds it running and changes nothing.
 */
export async function redriveConnection(
  deps: ChangeDeps,
  input: { tenant: string; id: string; reason: string; revision?: number },
): Promise<ConnectionRecord> {
  const record = await getConnection(deps, input);
  if (!isFinal(record.status) && record.generation > 1) return record;
  requireRevision(record, input.revision);
  if (record.status !== "failed" && record.status !== "unknown") {
    throw new DomainError("conflict", `only a failed or unknown request can be redriven; this one is ${record.status}`);
  }
  const { timeoutSeconds } = applyDefaults(record.request);
  const restarted = await saveOrRefuse(deps.store, restart(record, deps.clock.now(), timeoutSeconds, input.reason));
  await startOrLeave(deps, "create-connection", restarted);
  return restarted;
}
