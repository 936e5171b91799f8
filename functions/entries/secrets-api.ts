import { handle } from "hono/aws-lambda";
import { createSecretsApp } from "../api/app.ts";
import { createAuditLog } from "../aws/audit-log.ts";
import { createDynamoDBClient, createKmsClient } from "../aws/clients.ts";
import { createConnectionStore } from "../aws/connection-store.ts";
import { createKmsOpener } from "../aws/kms-opener.ts";
import { createQuotas } from "../aws/quotas.ts";
import { readConfig } from "./config.ts";
import { log } from "./log.ts";
import { addressOfLambda, systemClock as clock, toBaseDeps } from "./wiring.ts";

const storage = { client: createDynamoDBClient(), table: readConfig("records").TABLE_NAME, clock };

/** The route that opens keys, as a function of its own. */
export const handler = handle(
  createSecretsApp({
    ...toBaseDeps(storage, log, addressOfLambda),
    store: createConnectionStore(storage),
    quotas: createQuotas(storage),
    audit: createAuditLog(storage),
    opener: createKmsOpener({ client: createKmsClient() }),
  }),
);
