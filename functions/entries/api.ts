import { handle } from "hono/aws-lambda";
import { createApp } from "../api/app.ts";
import { createAuditLog } from "../aws/audit-log.ts";
import { createDynamoDBClient, createSfnClient } from "../aws/clients.ts";
import { createConnectionStore } from "../aws/connection-store.ts";
import { createQuotas } from "../aws/quotas.ts";
import { createTallies } from "../aws/tallies.ts";
import { createTenantStore } from "../aws/tenant-store.ts";
import { createTurns } from "../aws/turns.ts";
import { createWorkflows } from "../aws/workflows.ts";
import { createGatewayQueues } from "../domain/connections/gateway-queues.ts";
import { createWaits } from "../domain/connections/limit-waits.ts";
import { createUnfinishedRequests } from "../domain/connections/unfinished-requests.ts";
import { createOneByOne } from "../domain/one-by-one.ts";
import { createSealer } from "../domain/sealing.ts";
import { createObservedDurations } from "../domain/stats/observed-durations.ts";
import { loadErrorTables } from "../providers/error-tables.ts";
import { readConfig } from "./config.ts";
import { log } from "./log.ts";
import { createAssetReader } from "./read-asset.ts";
import { createOpenApiReader } from "./read-openapi.ts";
import { addressOfLambda, sleep, systemClock as clock, toBaseDeps, toFingerprintKeys } from "./wiring.ts";

const config = readConfig("api");
const storage = { client: createDynamoDBClient(), table: config.TABLE_NAME, clock };
const store = createConnectionStore(storage);
const tallies = createTallies(storage);

/** The API on Lambda, behind an API Gateway HTTP API (payload format 2.0). */
export const handler = handle(
  createApp({
    ...toBaseDeps(storage, log, addressOfLambda),
    store,
    tenants: createTenantStore(storage),
    audit: createAuditLog(storage),
    unfinishedRequests: createUnfinishedRequests({ store, clock, log }),
    gatewayQueues: createGatewayQueues(clock),
    oneByOne: createOneByOne(),
    tallies,
    turns: createTurns(storage),
    durations: createObservedDurations({ tallies, clock, log }),
    workflows: createWorkflows({
      client: createSfnClient(),
      arns: { "create-connection": config.CREATE_CONNECTION_ARN, "deliver-webhook": config.DELIVER_WEBHOOK_ARN },
    }),
    sealer: createSealer({ keyId: config.SEALING_KEY_ID, publicKey: config.SEALING_PUBLIC_KEY }),
    fingerprintKeys: toFingerprintKeys(config.FINGERPRINT_KEYS),
    sleep,
    waits: createWaits({ quotas: createQuotas(storage), log }),
    allowLoopbackCallbacks: false,
    loadErrorTables,
    loadOpenApi: createOpenApiReader(new URL("openapi.json", import.meta.url)),
    readAsset: createAssetReader(new URL("./", import.meta.url)),
  }),
);
