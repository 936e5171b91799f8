import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  type DynamoDBClient,
  ResourceInUseException,
  ResourceNotFoundException,
  waitUntilTableExists,
} from "@aws-sdk/client-dynamodb";
import template from "../infra/table.json" with { type: "json" };
import { isWhole, removeTable, upgradeTable } from "./upgrade-table.ts";

const { AttributeDefinitions, BillingMode, KeySchema, GlobalSecondaryIndexes } = template.Properties;

/**
 * Creates the table as CloudFormation would, from the same description, unless it is there already. One with the indexes of an
 * older release is brought up to date, with everything in it.
 */
export async function ensureTable(client: DynamoDBClient, table: string): Promise<void> {
  const create = (name: string) => createTable(client, name);
  const hasOtherIndexes = async (name: string) => !(await hasIndexes(client, name));
  await create(table);
  if ((await isWhole(client, `${table}-copy`)) || (await hasOtherIndexes(table)))
    await upgradeTable(client, table, { create, hasOtherIndexes });
}

async function createTable(client: DynamoDBClient, name: string): Promise<void> {
  const input = { TableName: name, AttributeDefinitions, BillingMode, KeySchema, GlobalSecondaryIndexes };
  try {
    await client.send(new CreateTableCommand(input as CreateTableCommandInput));
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
    if (await isGoing(client, name)) {
      await removeTable(client, name);
      return createTable(client, name);
    }
  }
  await waitUntilTableExists({ client, maxWaitTime: 30, minDelay: 0.05, maxDelay: 1 }, { TableName: name });
}

/** Whether the table is being removed, or was just now; dynalite that was killed while it did so would never go on. */
async function isGoing(client: DynamoDBClient, name: string): Promise<boolean> {
  try {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: name }));
    return Table?.TableStatus === "DELETING";
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return true;
    throw error;
  }
}

async function hasIndexes(client: DynamoDBClient, name: string): Promise<boolean> {
  const { Table } = await client.send(new DescribeTableCommand({ TableName: name }));
  const wanted = GlobalSecondaryIndexes.map(({ IndexName }) => IndexName);
  const there = (Table?.GlobalSecondaryIndexes ?? []).map(({ IndexName }) => IndexName);
  return there.length === wanted.length && wanted.every((index) => there.includes(index));
}
