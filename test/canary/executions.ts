import { type Evidence, toEvidence } from "./evidence.ts";

const arnOf = (name: string) => `arn:aws:states:us-east-1:000000000000:stateMachine:vpn-broker-${name}`;
export const machines = ["create-connection", "deliver-webhook", "watch-tunnels"].map(arnOf);

/** One call to the embedded Step Functions; the answer as it came. */
export async function callStepFunctions(endpoint: string, operation: string, input: object): Promise<string> {
  const headers = { "content-type": "application/x-amz-json-1.0", "x-amz-target": `AWSStepFunctions.${operation}` };
  const response = await fetch(endpoint, { method: "POST", headers, body: JSON.stringify(input) });
  const text = await response.text();
  if (!response.ok) throw new Error(`${operation}: ${text}`);
  return text;
}

/** Inputs, outputs and histories of all executions. The engine forgets them with its process. */
export async function readExecutions(endpoint: string): Promise<Evidence[]> {
  const found: Evidence[] = [];
  for (const stateMachineArn of machines) {
    const list = await callStepFunctions(endpoint, "ListExecutions", { stateMachineArn });
    found.push(toEvidence("execution", `${stateMachineArn}: list`, list));
    for (const { executionArn } of (JSON.parse(list) as { executions: { executionArn: string }[] }).executions) {
      for (const operation of ["DescribeExecution", "GetExecutionHistory"]) {
        const answer = await callStepFunctions(endpoint, operation, { executionArn });
        found.push(toEvidence("execution", `${executionArn}: ${operation}`, answer));
      }
    }
  }
  return found;
}
