import { ListExecutionsCommand, StopExecutionCommand } from "@aws-sdk/client-sfn";
import { createSfnClient } from "../../functions/aws/clients.ts";

const stateMachineArn = "arn:aws:states:us-east-1:000000000000:stateMachine:vpn-broker-watch-tunnels";

/** Ends every watch over tunnels: none of them outlives its test, whose connections go with it. */
export async function endWatches(endpoint: string): Promise<void> {
  const client = createSfnClient({ endpoint });
  const { executions = [] } = await client.send(new ListExecutionsCommand({ stateMachineArn }));
  const running = executions.filter(({ status }) => status === "RUNNING");
  await Promise.all(running.map(({ executionArn }) => client.send(new StopExecutionCommand({ executionArn }))));
  client.destroy();
}
