import { handle } from "hono/aws-lambda";
import { createDynamoDBClient, createSfnClient } from "../aws/clients.ts";
import { createConnectionStore } from "../aws/connection-store.ts";
import { createDirectory } from "../aws/directory.ts";
import { createWorkflows } from "../aws/workflows.ts";
import { readConfig } from "../config.ts";
import { rememberCallers } from "../domain/authenticate-caller.ts";
import { createSealer } from "../domain/sealing.ts";
import { log } from "../log.ts";
import { loadErrorCatalogue } from "../providers/error-catalogue.ts";
import { sleep, systemClock as clock, toFingerprintKeys } from "../wiring.ts";
import { createApp } from "./app.ts";

const config = readConfig("api");
const storage = { client: createDynamoDBClient(), table: config.TABLE_NAME, clock };

/** The API on Lambda, behind an API Gateway HTTP API (payload format 2.0). */
export const handler = handle(
  createApp({
    store: createConnectionStore(storage),
    callers: rememberCallers(createDirectory(storage), clock),
    workflows: createWorkflows({
      client: createSfnClient(),
      arns: { "create-connection": config.CREATE_CONNECTION_ARN, "deliver-webhook": config.DELIVER_WEBHOOK_ARN },
    }),
    sealer: createSealer(config.SEALING_PUBLIC_KEY),
    fingerprintKeys: toFingerprintKeys(config.FINGERPRINT_KEYS),
    clock,
    log,
    sleep,
    createRequestId: () => crypto.randomUUID(),
    allowLoopbackCallbacks: false,
    loadErrorCatalogue,
  }),
);
