import { join } from "node:path";
import { type DynamoDBClient, ListTablesCommand, paginateScan } from "@aws-sdk/client-dynamodb";
import { createDynamoDBClient } from "../../functions/aws/clients.ts";
import { startEngine } from "../../local/child-process.ts";
import { type Evidence, toEvidence } from "./evidence.ts";
import { headerOf, type Recorder, requestEvidence, startRecorder } from "./recorder.ts";

/** The table's engine as the stack runs it, behind a recorder: what was overwritten since was written all the same. */
export interface RecordedTable {
  recorder: Recorder;
  client: DynamoDBClient;
  evidence: () => Promise<Evidence[]>;
  close: () => Promise<void>;
}

/** Opens the table in this folder, which nobody else may have open. */
export async function openTable(dataDir: string): Promise<RecordedTable> {
  const engine = await startEngine({
    name: "the table",
    module: "./dynalite-process.ts",
    options: { path: join(dataDir, "table") },
    onRestarted: () => undefined,
  });
  const recorder = await startRecorder(engine.url);
  const client = createDynamoDBClient({ endpoint: engine.url });
  return {
    recorder,
    client,
    evidence: async () => [...(await readItems(client)), ...recorder.exchanges.flatMap(toCallEvidence)],
    async close() {
      await recorder.close();
      await engine.stop();
    },
  };
}

/** Every item of every table: its files alone do not tell, because they are compressed. */
async function readItems(client: DynamoDBClient): Promise<Evidence[]> {
  const { TableNames = [] } = await client.send(new ListTablesCommand());
  const found: Evidence[] = [];
  for (const TableName of TableNames) {
    for await (const { Items = [] } of paginateScan({ client }, { TableName, ConsistentRead: true })) {
      found.push(...Items.map((item) => toEvidence("table item", item["pk"]?.S ?? "", toText(item))));
    }
  }
  return found;
}

function toText(item: object): string {
  return JSON.stringify(item, (_name, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString("latin1") : value,
  );
}

function toCallEvidence({ received }: Recorder["exchanges"][number]): Evidence[] {
  return requestEvidence("table call", headerOf(received, "x-amz-target") ?? "", received);
}
