import { applyDefaults } from "./apply-defaults.ts";
import type { ChangeDeps } from "./cancel-connection.ts";
import type { ConnectionRecord } from "./connection-record.ts";
import { DomainError } from "./errors.ts";
import { startOrLeave } from "./start-or-leave.ts";
import { isFinal } from "./status.ts";
import { restart } from "./recovery.ts";
import { changeForCaller, type UserChange } from "./user-change.ts";

/**
 * Runs a `failed` or `unknown` request again, with all that is known of its earlier calls, so that the workflow looks
 * up before it creates. Asked twice, the second time finds it running and changes nothing.
 */
export async function redriveConnection(
  deps: ChangeDeps,
  { reason, ...input }: UserChange & { reason: string },
): Promise<ConnectionRecord> {
  const { record, changed } = await changeForCaller(deps.store, input, (current) => {
    if (!isFinal(current.status) && current.generation > 1) return current;
    if (current.status !== "failed" && current.status !== "unknown") {
      throw new DomainError("conflict", `only a failed or unknown request can be redriven; this is ${current.status}`);
    }
    return restart(current, deps.clock.now(), applyDefaults(current.request).timeoutSeconds, reason);
  });
  if (changed) await startOrLeave(deps, "create-connection", record);
  return record;
}
