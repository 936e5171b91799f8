import type { ConnectionRecord } from "./connection-record.ts";
import { DomainError } from "./errors.ts";
import { getConnection } from "./get-connection.ts";
import type { Clock, ConnectionStore, Log, Workflows } from "./ports.ts";
import { startOrLeave } from "./start-or-leave.ts";
import { isFinal } from "./status.ts";
import { end } from "./transitions.ts";
import { mayHaveConnection } from "./turn.ts";
import { requireRevision, saveOrRefuse } from "./user-change.ts";

export interface ChangeDeps {
  store: ConnectionStore;
  workflows: Workflows;
  clock: Clock;
  log: Log;
}

/** Ends a request that the vendor has not been asked about. Throws `conflict` with the reason when it is too late. */
export async function cancelConnection(
  deps: ChangeDeps,
  input: { tenant: string; id: string; revision?: number },
): Promise<ConnectionRecord> {
  const record = await getConnection(deps, input);
  if (record.status === "canceled") return record;
  requireRevision(record, input.revision);
  if (isFinal(record.status)) throw new DomainError("conflict", `the request has already ended: ${record.status}`);
  if (mayHaveConnection(record)) throw new DomainError("conflict", "the vendor has already been asked to create it");
  const error = {
    code: "canceled" as const,
    message: "canceled by a caller",
    retryable: false,
    advice: "Send a new request with a new clientToken if the connection is wanted after all.",
  };
  const canceled = await saveOrRefuse(
    deps.store,
    end(record, deps.clock.now(), {
      status: "canceled",
      reason: "canceled by a caller before the vendor was asked",
      error,
    }),
  );
  if (canceled.delivery) await startOrLeave(deps, "deliver-webhook", canceled);
  return canceled;
}
