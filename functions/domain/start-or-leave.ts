import type { ConnectionRecord } from "./connection-record.ts";
import type { Log, WorkflowName, Workflows } from "./ports.ts";

/** Starts the record's run. A start that fails is left to the sweeper: what is written is never undone for it. */
export async function startOrLeave(
  deps: { workflows: Workflows; log: Log },
  workflow: WorkflowName,
  { id, generation }: ConnectionRecord,
): Promise<void> {
  try {
    await deps.workflows.start(workflow, { id, generation });
  } catch (error) {
    deps.log("workflow_start_failed", { id, workflow, error: error instanceof Error ? error.name : "unknown" });
  }
}
