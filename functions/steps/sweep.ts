import type { ConnectionRecord } from "../domain/connection-record.ts";
import { type ConnectionStore, type Run, StaleRecordError, type Workflows } from "../domain/ports.ts";
import { isFinal } from "../domain/status.ts";
import { isOpen, needsLastLook, noteLastLook, noteRecovery, raiseGeneration } from "../domain/transitions.ts";
import { identityOf, openVendor, type VendorDeps } from "./run.ts";

export interface SweepDeps extends VendorDeps {
  store: ConnectionStore;
  workflows: Workflows;
}

export interface Swept {
  looked: number;
  /** Runs that were started, or started again. */
  started: number;
}

/**
 * Puts right what no workflow is at work on. The index only suggests; each record is read for certain, and everything
 * that is done stands on its timeline. `wokenBefore` leaves out what was written lately; absent = everything.
 */
export async function sweep(deps: SweepDeps, wokenBefore?: Date): Promise<Swept> {
  const swept: Swept = { looked: 0, started: 0 };
  for await (const id of deps.store.listOpen(wokenBefore)) {
    swept.looked += 1;
    try {
      const record = await deps.store.get(id);
      if (record && isOpen(record) && (await putRight(deps, record))) swept.started += 1;
    } catch (error) {
      // One record that cannot be put right now keeps nobody else waiting; the next sweep finds it again.
      deps.log("sweep_failed", { id, error: error instanceof Error ? error.name : "unknown" });
    }
  }
  if (swept.started > 0) deps.log("swept", { ...swept });
  return swept;
}

async function putRight(deps: SweepDeps, record: ConnectionRecord): Promise<boolean> {
  if (needsLastLook(record)) await lookOnceMore(deps, record);
  if (!isFinal(record.status)) return revive(deps, record);
  return record.delivery?.state === "pending" && reviveDelivery(deps, record);
}

/** No execution = start it; one that runs = leave it; one that closed without an outcome = the next generation. */
async function revive(deps: SweepDeps, record: ConnectionRecord): Promise<boolean> {
  const { id, generation } = record;
  const state = await deps.workflows.state("create-connection", { id, generation });
  if (state === "running") return false;
  try {
    const now = deps.clock.now();
    const next =
      state === "absent"
        ? noteRecovery(record, now, "the workflow was not running; started it")
        : raiseGeneration(record, now, "the workflow had ended without an outcome; started it again");
    const saved = await deps.store.save(next);
    await deps.workflows.start("create-connection", { id, generation: saved.generation });
    return true;
  } catch (error) {
    if (error instanceof StaleRecordError) return false;
    throw error;
  }
}

async function reviveDelivery(deps: SweepDeps, { id, generation }: ConnectionRecord): Promise<boolean> {
  const run: Run = { id, generation };
  if ((await deps.workflows.state("deliver-webhook", run)) !== "absent") return false;
  await deps.workflows.start("deliver-webhook", run);
  return true;
}

/**
 * A request that ended without a connection after the vendor was asked is looked for once more, when nothing can be
 * under way any longer: what turns up is named on the record, for a person to decide about.
 */
async function lookOnceMore(deps: SweepDeps, record: ConnectionRecord): Promise<void> {
  if (deps.clock.now() < new Date(record.create?.settledAt ?? 0)) return;
  const { provider } = await openVendor(deps, record);
  const found = await provider.find(identityOf(record));
  await deps.store.save(noteLastLook(record, deps.clock.now(), found));
}
