import { handle } from "hono/aws-lambda";
import { createDynamoDBClient } from "../../aws/clients.ts";
import { createConnectionStore } from "../../aws/connection-store.ts";
import { createDirectory } from "../../aws/directory.ts";
import { readConfig } from "../../config.ts";
import { rememberCallers } from "../../domain/authenticate-caller.ts";
import { log } from "../../log.ts";
import { createOpenProvider } from "../../providers/open-provider.ts";
import { systemClock as clock, toVendorAccess } from "../../wiring.ts";
import { createVendorApp } from "../app.ts";

const config = readConfig("vendor");
const storage = { client: createDynamoDBClient(), table: config.TABLE_NAME, clock };

/** The routes that talk to a vendor, as a function of their own. */
export const handler = handle(
  createVendorApp({
    store: createConnectionStore(storage),
    callers: rememberCallers(createDirectory(storage), clock),
    openProvider: createOpenProvider({ access: toVendorAccess(config), now: () => performance.now(), log }),
    log,
    createRequestId: () => crypto.randomUUID(),
    allowLoopbackCallbacks: false,
  }),
);
