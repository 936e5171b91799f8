import { toExecutionName } from "../../functions/domain/connection-id.ts";
import type { Run, WorkflowName, Workflows } from "../../functions/domain/ports.ts";

/** Workflows that only note what was started. */
export interface RecordingWorkflows extends Workflows {
  started: ({ workflow: WorkflowName } & Run)[];
}

export function createRecordingWorkflows(): RecordingWorkflows {
  const started: RecordingWorkflows["started"] = [];
  const isSame = (workflow: WorkflowName, run: Run) => (other: { workflow: WorkflowName } & Run) =>
    other.workflow === workflow && toExecutionName(other) === toExecutionName(run);
  return {
    started,
    async start(workflow, run) {
      if (!started.some(isSame(workflow, run))) started.push({ workflow, ...run });
    },
    async state(workflow, run) {
      return started.some(isSame(workflow, run)) ? "running" : "absent";
    },
  };
}
