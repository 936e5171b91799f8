import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { beforeAll } from "vitest";
import { createDynamoDBClient } from "../../functions/aws/clients.ts";
import { type Engine, startEngine } from "../../infra/local/child-process.ts";
import { prepareEnvironment } from "../../infra/local/environment.ts";
import { ensureTable } from "../../infra/local/table.ts";

const table = "test";

/** The table as it is deployed, on an engine of its own, for the tests of a file. */
export function useTestTable(): () => { client: DynamoDBClient; table: string } {
  let engine: Engine;
  let client: DynamoDBClient;
  let folder: string;

  beforeAll(async () => {
    prepareEnvironment();
    folder = mkdtempSync(join(tmpdir(), "vpn-broker-"));
    engine = await startEngine({
      name: "the table",
      module: "./dynalite-process.ts",
      options: { path: folder },
      onRestarted: () => undefined,
    });
    client = createDynamoDBClient({ endpoint: engine.url });
    await ensureTable(client, table);
    return async () => {
      await engine.stop();
      rmSync(folder, { recursive: true, force: true });
    };
  });
  return () => ({ client, table });
}
