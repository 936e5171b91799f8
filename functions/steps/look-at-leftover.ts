import { settleSeconds } from "../domain/limits.ts";
import type { ConnectionRecord } from "../domain/record/connection-record.ts";
import { refuse } from "../domain/record/create-attempt.ts";
import { toLeftoverGone } from "../domain/record/leftover.ts";
import { explain } from "../domain/record/timeline.ts";
import { StepError } from "../domain/step-error.ts";
import { connectFor, type ProviderDeps, readProvider } from "./provider.ts";
import { learn } from "./run.ts";

/** One look whether what a dry run made is still there. It is never taken for a request's own, so that every look ends. */
export async function lookAtLeftover(
  deps: ProviderDeps,
  record: ConnectionRecord,
  connectionId: string,
): Promise<StepError> {
  const connected = await connectFor(deps, record);
  const learned = { deps, record, ...connected };
  // The time of the question counts: an answer can be older than it arrives.
  const asked = deps.clock.now();
  const isThere = await readProvider(deps, record, connected.calls, () => connected.provider.exists(connectionId));
  if (isThere) {
    await learn(learned);
    return new StepError("Undecidable", "what a dry run made is still there");
  }
  const settled = new Date(Date.parse(record.createdAt) + settleSeconds * 1000 * deps.timeScale);
  if (asked < settled) {
    const reason = `${connectionId} is not shown, which a list that lags would explain; looking until ${settled.toISOString()}`;
    await learn(learned, (current, now) => explain(current, now, reason));
    return new StepError("StillProvisioning", reason);
  }
  await learn(learned, (current, now) => refuse(current, now, toLeftoverGone(current)));
  return new StepError("JobFailed", "what a dry run made is gone");
}
