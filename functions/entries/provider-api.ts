import { handle } from "hono/aws-lambda";
import { createProviderApp } from "../api/app.ts";
import { createAuditLog } from "../aws/audit-log.ts";
import { createDynamoDBClient } from "../aws/clients.ts";
import { createConnectionStore } from "../aws/connection-store.ts";
import { createSecretsReader } from "../aws/credentials.ts";
import { createQuotas } from "../aws/quotas.ts";
import { createConnectProvider } from "../providers/connect-provider.ts";
import { readConfig } from "./config.ts";
import { log } from "./log.ts";
import { addressOfLambda, sleep, systemClock as clock, toBaseDeps, toProviderAccess } from "./wiring.ts";

const config = readConfig("provider");
const storage = { client: createDynamoDBClient(), table: config.TABLE_NAME, clock };

/** The routes that talk to a vendor, as a function of their own. */
export const handler = handle(
  createProviderApp({
    ...toBaseDeps(storage, log, addressOfLambda),
    store: createConnectionStore(storage),
    quotas: createQuotas(storage),
    sleep,
    audit: createAuditLog(storage),
    connectProvider: createConnectProvider({
      access: toProviderAccess(config),
      readCredentials: createSecretsReader({ prefix: config.CREDENTIALS_PREFIX }),
      clock,
      now: () => performance.now(),
      log,
    }),
    allowLoopbackCallbacks: false,
  }),
);
