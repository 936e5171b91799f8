import { StaleRecordError } from "../domain/errors.ts";
import { lastLookSeconds } from "../domain/limits.ts";
import type { ConnectionStore, Upgrade, Workflows } from "../domain/ports.ts";
import type { ConnectionRecord } from "../domain/record/connection-record.ts";
import type { Run } from "../domain/record/ids.ts";
import { needsLastLook, noteLastLook } from "../domain/record/last-look.ts";
import { eraseKeys, noteRecovery, raiseGeneration, restartDelivery } from "../domain/record/recovery.ts";
import { revealableUntil } from "../domain/record/revealable-until.ts";
import { isFinal } from "../domain/record/status.ts";
import { noteCalls } from "../domain/record/timeline.ts";
import { needsSweep } from "../domain/record/transitions.ts";
import { recountTallies } from "../domain/stats/recount.ts";
import type { Tallies } from "../domain/stats/tallies.ts";
import { connectFor, identityOf, type ProviderDeps } from "./provider.ts";

export interface SweepDeps extends ProviderDeps {
  store: ConnectionStore;
  workflows: Workflows;
  tallies: Tallies;
  upgrade: Upgrade;
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
  for await (const id of deps.store.listForSweep(wokenBefore)) {
    swept.looked += 1;
    try {
      const record = await deps.store.get(id);
      if (record && needsSweep(record) && (await putRight(deps, record))) swept.started += 1;
    } catch (error) {
      // One record that cannot be put right now keeps nobody else waiting; the next sweep finds it again.
      deps.log("sweep_failed", { connectionId: id, error: error instanceof Error ? error.name : "unknown" });
    }
  }
  await keepUp(deps);
  if (swept.started > 0) deps.log("swept", { ...swept });
  return swept;
}

/** What is left of an older release, and counts that are not right, keep no request waiting. */
async function keepUp(deps: SweepDeps): Promise<void> {
  try {
    const { isOver, ...upgraded } = await deps.upgrade.goOn();
    if (!isOver) deps.log("upgraded", upgraded);
    // Before, its index lacks what the release before has written, and an hour is counted anew only once.
    if (upgraded.isDone) await recountTallies(deps);
  } catch (error) {
    deps.log("upkeep_failed", { error: error instanceof Error ? error.name : "unknown" });
  }
}

async function putRight(deps: SweepDeps, record: ConnectionRecord): Promise<boolean> {
  if (!isFinal(record.status)) return revive(deps, record);
  const readable = revealableUntil(record);
  if (readable !== undefined && deps.clock.now() >= new Date(readable)) {
    await saveUnlessStale(deps, eraseKeys(record));
    return false;
  }
  const started = record.delivery?.state === "pending" && (await reviveDelivery(deps, record));
  if (needsLastLook(record) && !started) await lookOnceMore(deps, record);
  return started;
}

/** No execution = start it; one that runs = leave it; one that closed without an outcome = the next generation. */
async function revive(deps: SweepDeps, record: ConnectionRecord): Promise<boolean> {
  const { id, generation } = record;
  const state = await deps.workflows.state("create-connection", { id, generation });
  if (state === "running") return false;
  const now = deps.clock.now();
  const next =
    state === "absent"
      ? noteRecovery(record, now, "the workflow was not running; started it")
      : raiseGeneration(record, now, "the workflow had ended without an outcome; started it again");
  const saved = await saveUnlessStale(deps, next);
  if (!saved) return false;
  await deps.workflows.start("create-connection", { id, generation: saved.generation });
  return true;
}

/** A delivery keeps its generation, because its webhook's id is made of it; only the execution's name changes. */
async function reviveDelivery(deps: SweepDeps, record: ConnectionRecord): Promise<boolean> {
  const { id, generation, delivery } = record;
  const run: Run = { id, generation, ...(delivery?.restarts ? { restarts: delivery.restarts } : {}) };
  const state = await deps.workflows.state("deliver-webhook", run);
  if (state === "running") return false;
  if (state === "absent") {
    await deps.workflows.start("deliver-webhook", run);
    return true;
  }
  const restarted = restartDelivery(record, deps.clock.now());
  const saved = await saveUnlessStale(deps, restarted);
  if (!saved) return false;
  await deps.workflows.start("deliver-webhook", { id, generation, restarts: restarted.delivery?.restarts ?? 1 });
  return true;
}

/** The written record; undefined when somebody was quicker, who is then at work on it. */
async function saveUnlessStale(deps: SweepDeps, record: ConnectionRecord): Promise<ConnectionRecord | undefined> {
  try {
    return await deps.store.save(record);
  } catch (error) {
    if (error instanceof StaleRecordError) return undefined;
    throw error;
  }
}

/**
 * A request that ended without a connection after the vendor was asked, or with one after several creates, is looked for
 * once more, when nothing can be under way any longer: what turns up is named on the record, for a person to decide about.
 */
async function lookOnceMore(deps: SweepDeps, record: ConnectionRecord): Promise<void> {
  const settled = Date.parse(record.create?.settledAt ?? record.createdAt);
  // Later than any window: a list that lags for longer than it should is what this look is for.
  const due = settled + lastLookSeconds * 1000 * deps.timeScale;
  if (deps.clock.now().getTime() < due) return;
  const { provider, calls } = await connectFor(deps, record);
  const found = await provider.find(identityOf(record));
  const now = deps.clock.now();
  await saveUnlessStale(deps, noteLastLook(noteCalls(record, now, calls), now, found));
}
