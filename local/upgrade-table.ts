import {
  DeleteTableCommand,
  type DynamoDBClient,
  GetItemCommand,
  paginateScan,
  PutItemCommand,
  ResourceNotFoundException,
  waitUntilTableNotExists,
} from "@aws-sdk/client-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import { rekey } from "../functions/aws/rekey.ts";
import { schemaVersion } from "../functions/aws/schema.ts";
import { fromWire } from "../functions/aws/table.ts";

type Item = NonNullable<ConstructorParameters<typeof PutItemCommand>[0]["Item"]>;
type CreateTable = (name: string) => Promise<void>;

/** Says that the copy is whole. */
const markKey = { pk: { S: "copied" } };
const pause = { maxWaitTime: 60, minDelay: 0.05, maxDelay: 0.2 };

/**
 * A table with the indexes of another release becomes one with today's, because dynalite can add none: everything is copied
 * aside, and back under its name, with the keys that today's indexes want. Killed at any time, the next start goes on: the
 * copy counts once it is whole, and goes once the table is.
 */
export async function upgradeTable(
  client: DynamoDBClient,
  table: string,
  { create, hasOtherIndexes }: { create: CreateTable; hasOtherIndexes: (name: string) => Promise<boolean> },
): Promise<void> {
  const copy = `${table}-copy`;
  if (!(await isWhole(client, copy))) {
    await removeTable(client, copy);
    await create(copy);
    await copyAll(client, table, copy);
    await client.send(new PutItemCommand({ TableName: copy, Item: markKey }));
  }
  if (await hasOtherIndexes(table)) await removeTable(client, table);
  await create(table);
  await copyAll(client, copy, table);
  await removeTable(client, copy);
}

/** Whether there is a whole copy, which a start that was killed has left. */
export async function isWhole(client: DynamoDBClient, copy: string): Promise<boolean> {
  try {
    const { Item } = await client.send(new GetItemCommand({ TableName: copy, Key: markKey, ConsistentRead: true }));
    return Item !== undefined;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return false;
    throw error;
  }
}

async function copyAll(client: DynamoDBClient, from: string, to: string): Promise<void> {
  for await (const { Items = [] } of paginateScan({ client }, { TableName: from, ConsistentRead: true })) {
    for (const item of Items) {
      if (item["pk"]?.S === markKey.pk.S) continue;
      await client.send(new PutItemCommand({ TableName: to, Item: toToday(item) }));
    }
  }
}

function toToday(item: Item): Item {
  const rekeyed = rekey(fromWire(item) as { pk: string });
  if (!rekeyed) return item;
  return marshall({ ...rekeyed.item, schemaVersion }, { removeUndefinedValues: true, convertClassInstanceToMap: true });
}

/** Answers once it is gone. */
export async function removeTable(client: DynamoDBClient, table: string): Promise<void> {
  try {
    await client.send(new DeleteTableCommand({ TableName: table }));
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return;
    throw error;
  }
  await waitUntilTableNotExists({ client, ...pause }, { TableName: table });
}
