import type { Log } from "../log.ts";
import type { WorkflowName, Workflows } from "../ports.ts";
import type { ConnectionRecord } from "../record/connection-record.ts";

/** Starts the record's run. A start that fails is left to the sweeper: what is written is never undone for it. */
export async function startWorkflow(
  deps: { workflows: Workflows; log: Log },
  workflow: WorkflowName,
  { id, generation, delivery }: ConnectionRecord,
): Promise<void> {
  try {
    const restarts = workflow === "deliver-webhook" ? delivery?.restarts : undefined;
    await deps.workflows.start(workflow, { id, generation, ...(restarts === undefined ? {} : { restarts }) });
  } catch (error) {
    deps.log("workflow_start_failed", {
      connectionId: id,
      workflow,
      error: error instanceof Error ? error.name : "unknown",
    });
  }
}
