import { handle } from "hono/aws-lambda";
import { createDynamoDBClient } from "../../aws/clients.ts";
import { createConnectionStore } from "../../aws/connection-store.ts";
import { createSecretsReader } from "../../aws/credentials.ts";
import { readConfig } from "../../config.ts";
import { log } from "../../log.ts";
import { createOpenProvider } from "../../providers/open-provider.ts";
import { addressOfLambda, systemClock as clock, toShell, toVendorAccess } from "../../wiring.ts";
import { createVendorApp } from "../app.ts";

const config = readConfig("vendor");
const storage = { client: createDynamoDBClient(), table: config.TABLE_NAME, clock };

/** The routes that talk to a vendor, as a function of their own. */
export const handler = handle(
  createVendorApp({
    ...toShell(storage, log, addressOfLambda),
    store: createConnectionStore(storage),
    openProvider: createOpenProvider({
      access: toVendorAccess(config),
      readCredentials: createSecretsReader({ prefix: config.CREDENTIALS_PREFIX }),
      clock,
      now: () => performance.now(),
      log,
    }),
    allowLoopbackCallbacks: false,
  }),
);
