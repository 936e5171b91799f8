import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  type DynamoDBClient,
  ResourceInUseException,
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
    // dynalite was killed while it removed the table, and would never go on.
    const { Table } = await client.send(new DescribeTableCommand({ TableName: name }));
    if (Table?.TableStatus === "DELETING") {
      await removeTable(client, name);
      return createTable(client, name);
    }
  }
  await waitUntilTableExists({ client, maxWaitTime: 30, minDelay: 0.05, maxDelay: 1 }, { TableName: name });
}

async function hasIndexes(client: DynamoDBClient, name: string): Promise<boolean> {
  const { Table } = await client.send(new DescribeTableCommand({ TableName: name }));
  const wanted = GlobalSecondaryIndexes.map(({ IndexName }) => IndexName);
  const there = (Table?.GlobalSecondaryIndexes ?? []).map(({ IndexName }) => IndexName);
  return there.length === wanted.length && wanted.every((index) => there.includes(index));
}
