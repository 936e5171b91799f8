import { handle } from "hono/aws-lambda";
import { createExampleApp } from "../api/app.ts";
import { createAuditLog } from "../aws/audit-log.ts";
import { createDynamoDBClient, createKmsClient } from "../aws/clients.ts";
import { createKmsOpener } from "../aws/kms-opener.ts";
import { createQuotas } from "../aws/quotas.ts";
import { createTenantStore } from "../aws/tenant-store.ts";
import { sendExample } from "../webhooks/send-example.ts";
import { createSender } from "../webhooks/send.ts";
import { readConfig } from "./config.ts";
import { log } from "./log.ts";
import { addressOfLambda, systemClock as clock, toBaseDeps } from "./wiring.ts";

const storage = { client: createDynamoDBClient(), table: readConfig("records").TABLE_NAME, clock };
const base = toBaseDeps(storage, log, addressOfLambda);
const example = {
  ...base,
  tenants: createTenantStore(storage),
  audit: createAuditLog(storage),
  quotas: createQuotas(storage),
  opener: createKmsOpener({ client: createKmsClient() }),
  send: createSender({ allowLoopback: false }),
};

/** The route that calls whom the caller names, as a function of its own. */
export const handler = handle(
  createExampleApp({ ...base, sendExample: (input) => sendExample(example, input), allowLoopbackCallbacks: false }),
);
