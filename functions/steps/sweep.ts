import type { ConnectionRecord } from "../domain/connection-record.ts";
import {
  type Clock,
  type ConnectionStore,
  type Log,
  type Run,
  StaleRecordError,
  type Workflows,
} from "../domain/ports.ts";
import { isFinal } from "../domain/status.ts";
import { isOpen, raiseGeneration } from "../domain/transitions.ts";

export interface SweepDeps {
  store: ConnectionStore;
  workflows: Workflows;
  clock: Clock;
  log: Log;
}

export interface Swept {
  looked: number;
  started: number;
}

/**
 * Starts what should be running and is not: no execution = start it; one that runs = leave it; one that closed while
 * its request is not final = go on with the next generation. The list only suggests; each record is read for certain.
 */
export async function sweep(deps: SweepDeps): Promise<Swept> {
  const swept: Swept = { looked: 0, started: 0 };
  for await (const id of deps.store.listOpen()) {
    swept.looked += 1;
    const record = await deps.store.get(id);
    if (record && isOpen(record) && (await revive(deps, record))) swept.started += 1;
  }
  if (swept.started > 0) deps.log("swept", { ...swept });
  return swept;
}

async function revive(deps: SweepDeps, record: ConnectionRecord): Promise<boolean> {
  const workflow = isFinal(record.status) ? "deliver-webhook" : "create-connection";
  const run: Run = { id: record.id, generation: record.generation };
  const state = await deps.workflows.state(workflow, run);
  if (state === "running") return false;
  if (state === "absent") {
    await deps.workflows.start(workflow, run);
    return true;
  }
  if (workflow === "deliver-webhook") return false;
  try {
    const raised = await deps.store.save(
      raiseGeneration(record, deps.clock.now(), "the workflow had ended without an outcome; started it again"),
    );
    await deps.workflows.start(workflow, { id: raised.id, generation: raised.generation });
    return true;
  } catch (error) {
    if (error instanceof StaleRecordError) return false;
    throw error;
  }
}
