import { DomainError } from "../errors.ts";
import type { ConnectionRecord } from "../record/connection-record.ts";
import { noteRecovery } from "../record/recovery.ts";
import { isFinal } from "../record/status.ts";
import { end, type Outcome } from "../record/transitions.ts";
import { mayHaveConnection } from "../record/turn.ts";
import { type Tallies, tallyEnd } from "../stats/tallies.ts";
import { startWorkflow } from "./start-workflow.ts";
import { type ChangeDeps, changeForCaller, toAsker, type UserChange } from "./user-change.ts";

/** A create that was sent is over without effect here: others cannot be canceled. */
const toCanceled = ({ attempts }: ConnectionRecord, who: "a caller" | "an operator"): Outcome => ({
  status: "canceled",
  reason:
    attempts === 0
      ? `canceled by ${who} before the vendor was asked`
      : `canceled by ${who}; no create of it is under way at the vendor`,
  error: {
    code: "canceled",
    message: `canceled by ${who}`,
    retryable: false,
    advice: "Send a new request with a new clientToken if the connection is wanted after all.",
  },
});

export type CancelDeps = ChangeDeps & { tallies: Tallies };

/** Ends a request that the vendor has not been asked about. Throws `conflict` with the reason when it is too late. */
export async function cancelConnection(deps: CancelDeps, input: UserChange): Promise<ConnectionRecord> {
  const { record, changed } = await changeForCaller(deps, "connection.cancel", input, (current) => {
    if (current.status === "canceled") return current;
    if (isFinal(current.status)) throw new DomainError("conflict", `the request has already ended: ${current.status}`);
    if (mayHaveConnection(current)) throw new DomainError("conflict", "the vendor has already been asked to create it");
    const now = deps.clock.now();
    const who = input.owner === undefined ? "a caller" : "an operator";
    return end(noteRecovery(current, now, "cancel", toAsker(input)), now, toCanceled(current, who));
  });
  if (changed) await tallyEnd(deps, record);
  if (changed && record.delivery) await startWorkflow(deps, "deliver-webhook", record);
  return record;
}
