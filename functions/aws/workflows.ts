import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  type SFNClient,
  StartExecutionCommand,
} from "@aws-sdk/client-sfn";
import type { WorkflowName, Workflows } from "../domain/ports.ts";
import { toExecutionName } from "../domain/record/ids.ts";

/** The state machines behind Step Functions: those that the caller uses, and no other. A run that is started twice is one. */
export function createWorkflows(deps: { client: SFNClient; arns: Partial<Record<WorkflowName, string>> }): Workflows {
  function arnOf(workflow: WorkflowName): string {
    const arn = deps.arns[workflow];
    if (arn === undefined) throw new Error(`the ARN of ${workflow} is not configured here`);
    return arn;
  }

  return {
    async start(workflow, run) {
      try {
        await deps.client.send(
          new StartExecutionCommand({
            stateMachineArn: arnOf(workflow),
            name: toExecutionName(run),
            input: JSON.stringify({ id: run.id, generation: run.generation }),
          }),
        );
      } catch (error) {
        if (!(error instanceof ExecutionAlreadyExists)) throw error;
      }
    },

    async state(workflow, run) {
      const executionArn = `${arnOf(workflow).replace(":stateMachine:", ":execution:")}:${toExecutionName(run)}`;
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
