import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  type SFNClient,
  StartExecutionCommand,
} from "@aws-sdk/client-sfn";
import type { Run, WorkflowName, Workflows } from "../domain/ports.ts";

/** An execution's name is derived from the run, so that starting twice is starting once (for 90 days, as AWS keeps names). */
function toExecutionName(run: Run): string {
  return `${run.id}-${run.generation}`;
}

/** The state machines behind Step Functions. */
export function createWorkflows(deps: { client: SFNClient; arns: Record<WorkflowName, string> }): Workflows {
  return {
    async start(workflow, run) {
      try {
        await deps.client.send(
          new StartExecutionCommand({
            stateMachineArn: deps.arns[workflow],
            name: toExecutionName(run),
            input: JSON.stringify({ id: run.id, generation: run.generation }),
          }),
        );
      } catch (error) {
        if (!(error instanceof ExecutionAlreadyExists)) throw error;
      }
    },

    async state(workflow, run) {
      const executionArn = `${deps.arns[workflow].replace(":stateMachine:", ":execution:")}:${toExecutionName(run)}`;
      try {
        const { status } = await deps.client.send(new DescribeExecutionCommand({ executionArn }));
        return status === "RUNNING" || status === "PENDING_REDRIVE" ? "running" : "closed";
      } catch (error) {
        if (error instanceof ExecutionDoesNotExist) return "absent";
        throw error;
      }
    },
  };
}
