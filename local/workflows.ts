import { readFileSync } from "node:fs";
import { CreateStateMachineCommand, type SFNClient } from "@aws-sdk/client-sfn";
import { shares } from "../functions/domain/limits.ts";
import type { Log } from "../functions/domain/log.ts";
import type { WorkflowName } from "../functions/domain/ports.ts";
import { type ProviderName, providers } from "../functions/domain/values.ts";
import { concealErrors } from "../functions/steps/conceal-errors.ts";
import { limitConcurrency } from "./step-functions/concurrency.ts";
import { substitute } from "./step-functions/definition.ts";
import type { LambdaFunction } from "./step-functions/engine.ts";

/** The functions of the workflows, by the names that the definitions give their ARNs. */
const sharedNames = ["TakeTurn", "RecordOutcome", "DeliverWebhook"] as const;
/** These ask a vendor, and each vendor has its own. */
const vendorNames = ["Submit", "AwaitProvisioned", "WatchTunnels"] as const;
const functionNames = [
  ...sharedNames,
  ...vendorNames.flatMap((name) => providers.map((vendor) => nameAt(name, vendor))),
];
type VendorFunction = (typeof vendorNames)[number];

function nameAt(name: VendorFunction, vendor: ProviderName): string {
  return `${name}${vendor.charAt(0).toUpperCase()}${vendor.slice(1)}`;
}

const functionArn = (name: string) => `arn:aws:lambda:us-east-1:000000000000:function:vpn-broker-${name}`;

/** The same functions by ARN, as the engine calls them, each with its share of concurrency. */
export function byArn(
  log: Log,
  given: Record<(typeof sharedNames)[number] | VendorFunction, LambdaFunction>,
): Record<string, LambdaFunction> {
  const functions = Object.fromEntries(
    Object.entries(given).map(([name, run]) => [name, (input: never) => concealErrors(log, name, () => run(input))]),
  ) as typeof given;
  const shared = sharedNames.map(
    (name) => [functionArn(name), limitConcurrency(shares[shareNames[name]], functions[name])] as const,
  );
  const apart = vendorNames.flatMap((name) =>
    providers.map((vendor) => {
      const share = shares[shareNames[name]][vendor];
      return [functionArn(nameAt(name, vendor)), limitConcurrency(share, functions[name])] as const;
    }),
  );
  return Object.fromEntries([...shared, ...apart]);
}

const shareNames = {
  TakeTurn: "takeTurn",
  Submit: "submit",
  AwaitProvisioned: "awaitProvisioned",
  RecordOutcome: "recordOutcome",
  WatchTunnels: "watchTunnels",
  DeliverWebhook: "deliverWebhook",
} as const;

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
