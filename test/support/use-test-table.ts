import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { beforeAll } from "vitest";
import { createDynamoDBClient } from "../../functions/aws/clients.ts";
import { prepareEnvironment } from "../../local/environment.ts";
import { ensureTable } from "../../local/table.ts";
import { startTableServer } from "./table-server.ts";

const table = "test";

/** The table as it is deployed, empty, for the tests of a file. */
export function useTestTable(): () => { client: DynamoDBClient; table: string } {
  let client: DynamoDBClient;

  beforeAll(async () => {
    prepareEnvironment();
    const server = await startTableServer();
    client = createDynamoDBClient({ endpoint: server.url });
    await ensureTable(client, table);
    return () => server.close();
  });
  return () => ({ client, table });
}
