import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  type DynamoDBClient,
  ResourceInUseException,
  waitUntilTableExists,
} from "@aws-sdk/client-dynamodb";
import template from "../infra/table.json" with { type: "json" };

/**
 * Creates the table as CloudFormation would, from the same description, unless it is there already. Throws for one that
 * has other indexes: dynalite cannot add any.
 */
export async function ensureTable(client: DynamoDBClient, table: string): Promise<void> {
  const { AttributeDefinitions, BillingMode, KeySchema, GlobalSecondaryIndexes } = template.Properties;
  const input = { TableName: table, AttributeDefinitions, BillingMode, KeySchema, GlobalSecondaryIndexes };
  try {
    await client.send(new CreateTableCommand(input as CreateTableCommandInput));
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
  }
  await waitUntilTableExists({ client, maxWaitTime: 30, minDelay: 0.05, maxDelay: 1 }, { TableName: table });
  const { Table } = await client.send(new DescribeTableCommand({ TableName: table }));
  const names = new Set(Table?.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName));
  if (GlobalSecondaryIndexes.every(({ IndexName }) => names.has(IndexName))) return;
  throw new Error(
    "the table in DATA_DIR has the indexes of another release; start that one, or remove the folder to start afresh",
  );
}
