import { readFileSync } from "node:fs";
import { CreateStateMachineCommand, type SFNClient } from "@aws-sdk/client-sfn";
import type { WorkflowName } from "../functions/domain/ports.ts";
import { substitute } from "./step-functions/definition.ts";
import type { LambdaFunction } from "./step-functions/engine.ts";

/** The functions of the workflows, by the names that the definitions give their ARNs. */
const functionNames = [
  "TakeTurn",
  "Submit",
  "AwaitProvisioned",
  "RecordOutcome",
  "WatchTunnels",
  "DeliverWebhook",
] as const;
export type FunctionName = (typeof functionNames)[number];

const functionArn = (name: string) => `arn:aws:lambda:us-east-1:000000000000:function:vpn-broker-${name}`;

/** The same functions by ARN, as the engine calls them. */
export function byArn(functions: Record<FunctionName, LambdaFunction>): Record<string, LambdaFunction> {
  return Object.fromEntries(Object.entries(functions).map(([name, call]) => [functionArn(name), call]));
}

/** Creates the state machines from `workflows/`, as they are deployed. Idempotent. */
export async function ensureStateMachines(client: SFNClient): Promise<Record<WorkflowName, string>> {
  const functions = Object.fromEntries(functionNames.map((name) => [`${name}FunctionArn`, functionArn(name)]));
  const create = async (name: WorkflowName, values: Record<string, string>) => {
    const definition = readFileSync(new URL(`../workflows/${name}.asl.json`, import.meta.url), "utf8");
    const { stateMachineArn = "" } = await client.send(
      new CreateStateMachineCommand({
        name: `vpn-broker-${name}`,
        definition: substitute(definition, values),
        roleArn: "arn:aws:iam::000000000000:role/vpn-broker-local",
      }),
    );
    return stateMachineArn;
  };
  const deliver = await create("deliver-webhook", functions);
  const watch = await create("watch-tunnels", functions);
  const started = { DeliverWebhookStateMachineArn: deliver, WatchTunnelsStateMachineArn: watch };
  return {
    "create-connection": await create("create-connection", { ...functions, ...started }),
    "deliver-webhook": deliver,
    "watch-tunnels": watch,
  };
}
