import { handle } from "hono/aws-lambda";
import { createSecretsApp } from "../api/app.ts";
import { createAuditLog } from "../aws/audit-log.ts";
import { createDynamoDBClient, createKmsClient } from "../aws/clients.ts";
import { createConnectionStore } from "../aws/connection-store.ts";
import { createKmsOpener } from "../aws/kms-opener.ts";
import { createTenantStore } from "../aws/tenant-store.ts";
import { sendExample } from "../webhooks/send-example.ts";
import { createSender } from "../webhooks/send.ts";
import { readConfig } from "./config.ts";
import { log } from "./log.ts";
import { addressOfLambda, systemClock as clock, toBaseDeps } from "./wiring.ts";

const storage = { client: createDynamoDBClient(), table: readConfig("records").TABLE_NAME, clock };
const shared = {
  ...toBaseDeps(storage, log, addressOfLambda),
  audit: createAuditLog(storage),
  opener: createKmsOpener({ client: createKmsClient() }),
};
const example = { ...shared, tenants: createTenantStore(storage), send: createSender({ allowLoopback: false }) };

/** The routes that open what is sealed, as a function of their own. */
export const handler = handle(
  createSecretsApp({
    ...shared,
    store: createConnectionStore(storage),
    sendExample: (input) => sendExample(example, input),
    allowLoopbackCallbacks: false,
  }),
);
