import { BatchGetItemCommand, type DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { marshall, unmarshall } from "@aws-sdk/util-dynamodb";

/** DynamoDB's own bound for one call. */
const maxKeys = 100;
const maxRounds = 6;

/** Consistent reads by key, in no order. What an index still shows and the table has no more is left out. */
export async function readMany<Item>(
  { client, table }: { client: DynamoDBClient; table: string },
  keys: readonly string[],
): Promise<Item[]> {
  const found: Item[] = [];
  for (let from = 0; from < keys.length; from += maxKeys) {
    let left = keys.slice(from, from + maxKeys).map((pk) => marshall({ pk }));
    for (let round = 1; left.length > 0; round += 1) {
      if (round > maxRounds) throw new Error(`DynamoDB left keys unprocessed ${maxRounds} times`);
      const { Responses, UnprocessedKeys } = await client.send(
        new BatchGetItemCommand({ RequestItems: { [table]: { Keys: left, ConsistentRead: true } } }),
      );
      found.push(...(Responses?.[table] ?? []).map((item) => unmarshall(item) as Item));
      left = UnprocessedKeys?.[table]?.Keys ?? [];
    }
  }
  return found;
}
