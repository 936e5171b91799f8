import type { WorkflowName, Workflows } from "../../functions/domain/ports.ts";
import { type Run, toExecutionName } from "../../functions/domain/record/ids.ts";

/** Workflows that only note what was started, and go on until they are closed. */
export interface RecordingWorkflows extends Workflows {
  started: ({ workflow: WorkflowName } & Run)[];
  /** Ends a run. */
  close(workflow: WorkflowName, run: Run): void;
}

export function createRecordingWorkflows(): RecordingWorkflows {
  const started: RecordingWorkflows["started"] = [];
  const states = new Map<string, "running" | "closed">();
  const toKey = (workflow: WorkflowName, run: Run) => `${workflow}/${toExecutionName(run)}`;
  return {
    started,
    async start(workflow, run) {
      const key = toKey(workflow, run);
      if (states.has(key)) return;
      states.set(key, "running");
      started.push({ workflow, ...run });
    },
    async state(workflow, run) {
      return states.get(toKey(workflow, run)) ?? "absent";
    },
    close(workflow, run) {
      states.set(toKey(workflow, run), "closed");
    },
  };
}
