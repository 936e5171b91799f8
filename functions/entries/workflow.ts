import { createDynamoDBClient, createKmsClient, createSfnClient } from "../aws/clients.ts";
import { createConnectionStore } from "../aws/connection-store.ts";
import { createSecretsReader } from "../aws/credentials.ts";
import { createKmsOpener } from "../aws/kms-opener.ts";
import { createQuotas } from "../aws/quotas.ts";
import { createTallies } from "../aws/tallies.ts";
import { createTenantStore } from "../aws/tenant-store.ts";
import { createTurns } from "../aws/turns.ts";
import { createUpgrade } from "../aws/upgrade.ts";
import { createWorkflows } from "../aws/workflows.ts";
import { createConnectProvider } from "../providers/connect-provider.ts";
import { awaitProvisioned as look } from "../steps/await-provisioned.ts";
import { concealErrors } from "../steps/conceal-errors.ts";
import type { ProviderDeps } from "../steps/provider.ts";
import { recordOutcome as record } from "../steps/record-outcome.ts";
import { submit as send } from "../steps/submit/submit.ts";
import { sweep as sweepOpen } from "../steps/sweep.ts";
import { takeTurn as take } from "../steps/take-turn.ts";
import { watchTunnels as watch } from "../steps/watch-tunnels.ts";
import { deliverWebhook as deliver } from "../webhooks/deliver.ts";
import { createSender } from "../webhooks/send.ts";
import { readConfig } from "./config.ts";
import { log } from "./log.ts";
import { systemClock as clock, toProviderAccess } from "./wiring.ts";

/** Makes its value at the first call and keeps it: each function of the bundle wires only what it uses. */
function once<Value>(make: () => Value): () => Value {
  let made: { value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}

const storage = (table: string) => ({ client: createDynamoDBClient(), table, clock });

const records = once(() => createConnectionStore(storage(readConfig("records").TABLE_NAME)));
const tenants = once(() => createTenantStore(storage(readConfig("records").TABLE_NAME)));
const turns = once(() => createTurns(storage(readConfig("records").TABLE_NAME)));

const tallies = once(() => createTallies(storage(readConfig("records").TABLE_NAME)));

const connectProvider = once(() => {
  const config = readConfig("provider");
  const readCredentials = createSecretsReader({ prefix: config.CREDENTIALS_PREFIX });
  return createConnectProvider({
    access: toProviderAccess(config),
    readCredentials,
    clock,
    now: () => performance.now(),
    log,
  });
});

const providerDeps = once((): ProviderDeps => ({
  store: records(),
  connectProvider: connectProvider(),
  clock,
  log,
  timeScale: 1,
}));

const opener = once(() => createKmsOpener({ client: createKmsClient() }));

const deliveries = once(() => ({
  store: records(),
  tenants: tenants(),
  opener: opener(),
  quotas: createQuotas(storage(readConfig("records").TABLE_NAME)),
  send: createSender({ allowLoopback: false }),
  clock,
  log,
  random: Math.random,
  timeScale: 1,
}));

const sweeper = once(() => {
  const config = readConfig("sweeper");
  return {
    ...providerDeps(),
    tallies: tallies(),
    upgrade: createUpgrade(storage(config.TABLE_NAME)),
    workflows: createWorkflows({
      client: createSfnClient(),
      arns: { "create-connection": config.CREATE_CONNECTION_ARN, "deliver-webhook": config.DELIVER_WEBHOOK_ARN },
    }),
  };
});

/**
 * What a function of a workflow is wired with is made outside of what hides its errors: those say which variable is wrong, and
 * hold no value.
 */
function entry<Deps, Input, Result>(
  name: string,
  wire: () => Deps,
  run: (deps: Deps, input: Input) => Promise<Result>,
): (input: Input) => Promise<Result> {
  return async (input) => {
    const deps = wire();
    return concealErrors(log, name, () => run(deps, input));
  };
}

/** The Lambda entries of the workflows. */
export const takeTurn = entry(
  "takeTurn",
  () => ({ store: records(), tenants: tenants(), turns: turns(), clock, log }),
  take,
);
export const submit = entry(
  "submit",
  () => ({ ...providerDeps(), tenants: tenants(), turns: turns(), opener: opener() }),
  send,
);
export const awaitProvisioned = entry("awaitProvisioned", providerDeps, look);
export const recordOutcome = entry(
  "recordOutcome",
  () => ({ store: records(), tallies: tallies(), clock, log }),
  record,
);
export const watchTunnels = entry("watchTunnels", providerDeps, watch);
export const deliverWebhook = entry("deliverWebhook", deliveries, deliver);
/** Runs on a schedule. */
export const sweep = entry("sweep", sweeper, (deps) => sweepOpen(deps, clock.now()));
