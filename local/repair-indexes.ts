import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  paginateScan,
  PutItemCommand,
} from "@aws-sdk/client-dynamodb";

/**
 * Writes every record again as it is. dynalite replaces an item and its index rows one after the other, so that one
 * killed in between has an item that no index shows; in DynamoDB itself that cannot happen. Safe at any time: a record
 * that changes meanwhile is left alone, because that write mends its rows as well.
 */
export async function repairIndexes(client: DynamoDBClient, table: string): Promise<void> {
  for await (const { Items = [] } of paginateScan({ client }, { TableName: table, ConsistentRead: true })) {
    for (const item of Items) {
      const version = item["version"];
      if (version) await putAgain(client, table, item, version);
    }
  }
}

type Item = NonNullable<ConstructorParameters<typeof PutItemCommand>[0]["Item"]>;

async function putAgain(client: DynamoDBClient, table: string, item: Item, version: Item[string]): Promise<void> {
  try {
    await client.send(
      new PutItemCommand({
        TableName: table,
        Item: item,
        ConditionExpression: "version = :version",
        ExpressionAttributeValues: { ":version": version },
      }),
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}
