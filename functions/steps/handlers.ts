import { createDynamoDBClient, createSfnClient } from "../aws/clients.ts";
import { createConnectionStore } from "../aws/connection-store.ts";
import { createDirectory } from "../aws/directory.ts";
import { createWorkflows } from "../aws/workflows.ts";
import { readConfig } from "../config.ts";
import type { Run } from "../domain/ports.ts";
import { createKeyPairOpener } from "../domain/sealing.ts";
import { log } from "../log.ts";
import { createOpenProvider } from "../providers/open-provider.ts";
import { createSender } from "../webhooks/send.ts";
import { deliverWebhook as deliver } from "../webhooks/deliver.ts";
import { systemClock as clock, toVendorAccess } from "../wiring.ts";
import { awaitProvisioned as look } from "./await-provisioned.ts";
import { type OutcomeInput, recordOutcome as record } from "./record-outcome.ts";
import type { StepDeps } from "./run.ts";
import { submit as send } from "./submit.ts";
import { sweep as sweepOpen } from "./sweep.ts";

/** Makes its value at the first call and keeps it: each function of the bundle wires only what it uses. */
function once<Value>(make: () => Value): () => Value {
  let made: { value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}

const storage = (table: string) => ({ client: createDynamoDBClient(), table, clock });

const records = once(() => createConnectionStore(storage(readConfig("records").TABLE_NAME)));

const vendorSteps = once((): StepDeps => {
  const config = readConfig("vendor");
  return {
    store: records(),
    openProvider: createOpenProvider({ access: toVendorAccess(config), now: () => performance.now() }),
    opener: createKeyPairOpener(config.SEALING_PRIVATE_KEY),
    clock,
    log,
    timeScale: 1,
  };
});

const deliveries = once(() => {
  const config = readConfig("vendor");
  return {
    store: records(),
    tenants: createDirectory(storage(config.TABLE_NAME)),
    opener: createKeyPairOpener(config.SEALING_PRIVATE_KEY),
    send: createSender({ allowLoopback: false }),
    clock,
    log,
    random: Math.random,
    timeScale: 1,
  };
});

const sweeper = once(() => {
  const config = readConfig("sweeper");
  return {
    store: records(),
    workflows: createWorkflows({
      client: createSfnClient(),
      arns: { "create-connection": config.CREATE_CONNECTION_ARN, "deliver-webhook": config.DELIVER_WEBHOOK_ARN },
    }),
    clock,
    log,
  };
});

/** The Lambda entries of the workflows. */
export const submit = (run: Run) => send(vendorSteps(), run);
export const awaitProvisioned = (run: Run) => look(vendorSteps(), run);
export const recordOutcome = (input: OutcomeInput) => record({ store: records(), clock, log }, input);
export const deliverWebhook = (run: Run) => deliver(deliveries(), run);
/** Runs on a schedule. */
export const sweep = () => sweepOpen(sweeper());
