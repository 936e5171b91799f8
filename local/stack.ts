import type { AddressInfo } from "node:net";
import { type HttpBindings, serve } from "@hono/node-server";
import { createApp, createExampleApp, createProviderApp, createSecretsApp } from "../functions/api/app.ts";
import { createAuditLog } from "../functions/aws/audit-log.ts";
import { createDynamoDBClient, createSfnClient } from "../functions/aws/clients.ts";
import { createConnectionStore } from "../functions/aws/connection-store.ts";
import { createQuotas } from "../functions/aws/quotas.ts";
import { createTallies } from "../functions/aws/tallies.ts";
import { createTenantStore } from "../functions/aws/tenant-store.ts";
import { createTurns } from "../functions/aws/turns.ts";
import { createUpgrade } from "../functions/aws/upgrade.ts";
import { createWorkflows } from "../functions/aws/workflows.ts";
import { createGatewayQueues } from "../functions/domain/connections/gateway-queues.ts";
import { createWaits } from "../functions/domain/connections/limit-waits.ts";
import { createUnfinishedRequests } from "../functions/domain/connections/unfinished-requests.ts";
import { sweepSeconds } from "../functions/domain/limits.ts";
import { errorSite, type Log } from "../functions/domain/log.ts";
import { createOneByOne } from "../functions/domain/one-by-one.ts";
import type { Workflows } from "../functions/domain/ports.ts";
import { createObservedDurations } from "../functions/domain/stats/observed-durations.ts";
import type { Config } from "../functions/entries/config.ts";
import { createAssetReader } from "../functions/entries/read-asset.ts";
import { createOpenApiReader } from "../functions/entries/read-openapi.ts";
import {
  sleep,
  systemClock as clock,
  toBaseDeps,
  toFingerprintKeys,
  toProviderAccess,
} from "../functions/entries/wiring.ts";
import { createConnectProvider } from "../functions/providers/connect-provider.ts";
import { loadErrorTables } from "../functions/providers/error-tables.ts";
import { awaitProvisioned } from "../functions/steps/await-provisioned.ts";
import { recordOutcome } from "../functions/steps/record-outcome.ts";
import { submit } from "../functions/steps/submit/submit.ts";
import { sweep } from "../functions/steps/sweep.ts";
import { takeTurn } from "../functions/steps/take-turn.ts";
import { watchTunnels } from "../functions/steps/watch-tunnels.ts";
import { deliverWebhook } from "../functions/webhooks/deliver.ts";
import { sendExample } from "../functions/webhooks/send-example.ts";
import { createSender } from "../functions/webhooks/send.ts";
import { auditRotation } from "./audit-rotation.ts";
import { createLocalReader } from "./credentials.ts";
import { prepareDataFolder } from "./data-folder.ts";
import { requireDataVersion } from "./data-version.ts";
import { startEngines, tableEngine } from "./engines.ts";
import { repairIndexes } from "./repair-indexes.ts";
import { type Fetch, routeToApps } from "./route-to-apps.ts";
import { openSealingKey } from "./sealing-key.ts";
import { loadSecrets, replaceApiKey } from "./secrets.ts";
import { StepFunctionsEngine } from "./step-functions/engine.ts";
import { serveStepFunctions } from "./step-functions/server.ts";
import { ensureTable } from "./table.ts";
import { ensureTenant } from "./tenant.ts";
import { byArn, ensureStateMachines } from "./workflows.ts";

export interface StackOptions {
  config: Config<"local">;
  log: Log;
  provisioningMilliseconds?: number;
  /** Hears of each part of the start when it begins. */
  onStep?: (step: string) => void;
}

export interface Stack {
  /** Base URL of the API. */
  url: string;
  apiKey: string;
  webhookSecret: string;
  /** Where everything the API stands on listens. */
  endpoints: { dynamodb: string; stepFunctions: string; alibaba: string; tencent: string };
  /** Process ids of the engines that run beside this process. */
  enginePids: () => number[];
  /** What the start found unfinished and took up again: requests, and webhooks of those that have ended. */
  resumed: { requests: number; webhooks: number };
  close(): Promise<void>;
}

const table = "vpn-broker";

/** The whole broker on this computer: the deployed handlers' code over embedded engines. */
export async function startStack({
  config: given,
  log,
  provisioningMilliseconds,
  onStep = () => undefined,
}: StackOptions): Promise<Stack> {
  const closers: (() => unknown)[] = [];
  const close = async () => {
    for (const closer of closers.splice(0).toReversed()) await closer();
  };
  try {
    const dataDir = prepareDataFolder(given.DATA_DIR);
    requireDataVersion(dataDir);
    const secrets = loadSecrets(dataDir);
    const timeScale = given.LOCAL_TIME_SCALE ?? 1;

    onStep("Starting the engines: the table, the clouds' simulators");
    let repairTable: () => Promise<void> = async () => undefined;
    const { config, engines } = await startEngines({
      config: given,
      dataDir,
      secrets,
      onRestarted: (name) => {
        log("engine_restarted", { name });
        if (name === tableEngine) void repairTable();
      },
      ...(provisioningMilliseconds === undefined ? {} : { provisioningMilliseconds }),
    });
    closers.push(() => Promise.all(engines.map((engine) => engine.stop())));

    const client = createDynamoDBClient({ endpoint: config.AWS_ENDPOINT_URL_DYNAMODB ?? "" });
    const storage = { client, table, clock, timeScale };
    const { sealer, opener } = await openSealingKey(secrets, config.AWS_ENDPOINT_URL_KMS);
    onStep("Opening the table, or creating it");
    await ensureTable(client, table);
    onStep("Repairing its indexes, should an earlier run have been killed");
    await repairIndexes(client, table);
    repairTable = () => repairIndexes(client, table).catch((error: unknown) => log("repair_failed", errorSite(error)));
    const tenants = createTenantStore(storage);
    const audit = createAuditLog(storage);
    const { apiKey, webhookSecret } = await ensureTenant(
      { tenants, sealer, opener, audit, clock },
      {
        ...(given.VPN_BROKER_API_KEY
          ? { apiKey: given.VPN_BROKER_API_KEY }
          : { apiKey: secrets.apiKey, replaceApiKey: () => replaceApiKey(dataDir, secrets) }),
        firstWebhookSecret: secrets.webhookSecret,
        ...(given.VPN_BROKER_WEBHOOK_SECRET ? { webhookSecret: given.VPN_BROKER_WEBHOOK_SECRET } : {}),
      },
    );

    const store = createConnectionStore(storage);
    const connectProvider = createConnectProvider({
      access: toProviderAccess(config),
      readCredentials: createLocalReader({ dataDir, url: config.AWS_ENDPOINT_URL_SECRETS_MANAGER }),
      clock,
      now: () => performance.now(),
      log,
    });
    const turns = createTurns(storage);
    const step = { store, tenants, turns, connectProvider, opener, clock, log, timeScale };
    const send = createSender({ allowLoopback: true });
    const quotas = createQuotas(storage);
    const tallies = createTallies(storage);
    const delivery = { ...step, quotas, send, random: Math.random };

    let endpoint = config.AWS_ENDPOINT_URL_SFN;
    if (!endpoint) {
      const engine = new StepFunctionsEngine({
        timeScale,
        functions: byArn(log, {
          TakeTurn: (input) => takeTurn(step, input),
          Submit: (input) => submit(step, input),
          AwaitProvisioned: (input) => awaitProvisioned(step, input),
          RecordOutcome: (input) => recordOutcome({ ...step, tallies }, input),
          WatchTunnels: (input) => watchTunnels(step, input),
          DeliverWebhook: (input) => deliverWebhook(delivery, input),
        }),
      });
      const served = await serveStepFunctions(engine);
      closers.push(served.close, () => engine.close());
      endpoint = served.url;
    }
    const stepFunctions = createSfnClient({ endpoint });
    const workflows = createWorkflows({ client: stepFunctions, arns: await ensureStateMachines(stepFunctions) });

    const shell = { ...toBaseDeps(storage, log, addressOfSocket), quotas, allowLoopbackCallbacks: true };
    await auditRotation({ audit, clock }, secrets.fingerprintKeys);
    const apps = {
      api: createApp({
        ...shell,
        store,
        tenants,
        audit,
        unfinishedRequests: createUnfinishedRequests({ store, clock, log }),
        gatewayQueues: createGatewayQueues(clock),
        oneByOne: createOneByOne(),
        tallies,
        turns,
        durations: createObservedDurations({ tallies, clock, log }),
        workflows,
        sealer,
        fingerprintKeys: toFingerprintKeys(secrets.fingerprintKeys),
        sleep,
        waits: createWaits({ quotas, log }),
        loadErrorTables,
        loadOpenApi: createOpenApiReader(new URL("../openapi.json", import.meta.url)),
        readAsset: createAssetReader(new URL("../dist/api/", import.meta.url)),
      }),
      provider: createProviderApp({ ...shell, store, audit, sleep, connectProvider }),
      secrets: createSecretsApp({ ...shell, store, opener, audit }),
      examples: createExampleApp({
        ...shell,
        sendExample: (input) => sendExample({ ...shell, tenants, opener, send, audit }, input),
      }),
    };
    const { url, stop } = await listen(routeToApps(apps), config.HOST, config.PORT);
    closers.push(stop);

    const sweeping = { ...step, workflows, tallies, upgrade: createUpgrade(storage) };
    const resumed = { requests: 0, webhooks: 0 };
    const start: Workflows["start"] = async (workflow, run) => {
      await workflows.start(workflow, run);
      resumed[workflow === "deliver-webhook" ? "webhooks" : "requests"] += 1;
    };
    onStep("Taking up unfinished work");
    await sweep({ ...sweeping, workflows: { ...workflows, start } });
    closers.push(sweepRegularly(() => sweep(sweeping, clock.now()), timeScale, log));
    return {
      url,
      apiKey,
      webhookSecret,
      endpoints: {
        dynamodb: config.AWS_ENDPOINT_URL_DYNAMODB ?? "",
        stepFunctions: endpoint,
        alibaba: config.ALIBABA_CLOUD_VPC_ENDPOINT ?? "",
        tencent: config.TENCENTCLOUD_VPC_ENDPOINT ?? "",
      },
      enginePids: () => engines.flatMap((engine) => engine.pid() ?? []),
      resumed,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Sweeps as often as the schedule in the cloud does, shortened like all waits; answers how to stop. */
function sweepRegularly(run: () => Promise<unknown>, timeScale: number, log: Log): () => void {
  let busy = false;
  const timer = setInterval(
    () => {
      if (busy) return;
      busy = true;
      run()
        .catch((error: unknown) => log("sweep_failed", errorSite(error)))
        .finally(() => {
          busy = false;
        });
    },
    Math.max(1000, sweepSeconds * 1000 * timeScale),
  );
  return () => clearInterval(timer);
}

/** The address of the other end, by what the server leaves for apps. */
function addressOfSocket(env: unknown): string | undefined {
  return (env as Partial<HttpBindings> | undefined)?.incoming?.socket.remoteAddress;
}

/** Listens for the API. Throws a sentence a person can act on when the port is taken. */
function listen(fetch: Fetch, hostname: string, port: number): Promise<{ url: string; stop: () => Promise<void> }> {
  return new Promise((resolvePromise, reject) => {
    const server = serve({ fetch, hostname, port }, (address: AddressInfo) => {
      const host = hostname.includes(":") ? `[${hostname}]` : hostname;
      resolvePromise({
        url: `http://${host}:${address.port}`,
        stop: () =>
          new Promise((done) => {
            server.close(() => done());
            if ("closeAllConnections" in server) server.closeAllConnections();
          }),
      });
    });
    server.once("error", (error: NodeJS.ErrnoException) => {
      reject(explainListenError(error, hostname, port));
    });
  });
}

function explainListenError(error: NodeJS.ErrnoException, hostname: string, port: number): Error {
  const sentences: Record<string, string> = {
    EADDRINUSE: `port ${port} on ${hostname} is in use; set PORT to another one`,
    EACCES: `port ${port} is open to privileged users only; set PORT to 1024 or more`,
    EADDRNOTAVAIL: `HOST (${hostname}) is not an address of this computer; leave it out for 127.0.0.1`,
    ENOTFOUND: `HOST (${hostname}) is not an address of this computer; leave it out for 127.0.0.1`,
  };
  const sentence = sentences[error.code ?? ""];
  return sentence === undefined ? error : new Error(sentence, { cause: error });
}
