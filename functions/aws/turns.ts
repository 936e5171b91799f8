import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from "@aws-sdk/client-dynamodb";
import { marshall, unmarshall } from "@aws-sdk/util-dynamodb";
import type { Turns } from "../domain/ports.ts";

interface TurnItem {
  pk: string;
  holder: string;
}

/*
 * One item per gateway names the request that has the turn. It has no expiry to get wrong: it passes on when the
 * holder's own record says that it needs it no more.
 *
 *   absent --- isFree ----> holder A --- isHeldBy A ----> holder B ---| …
 */
const isFree = "attribute_not_exists(pk)";
const isHeldBy = "holder = :from";

/** The turns of the gateways, in the same table as the records. */
export function createTurns({ client, table }: { client: DynamoDBClient; table: string }): Turns {
  const toKey = (gateway: string) => `turn#${gateway}`;

  async function holder(gateway: string): Promise<string | undefined> {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: table, Key: marshall({ pk: toKey(gateway) }), ConsistentRead: true }),
    );
    return Item && (unmarshall(Item) as TurnItem).holder;
  }

  return {
    holder,

    async pass(gateway, from, to) {
      const item: TurnItem = { pk: toKey(gateway), holder: to };
      try {
        await client.send(
          new PutItemCommand({
            TableName: table,
            Item: marshall(item),
            ConditionExpression: from === undefined ? isFree : isHeldBy,
            ...(from === undefined ? {} : { ExpressionAttributeValues: marshall({ ":from": from }) }),
          }),
        );
        return true;
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        // The SDK may have repeated a write whose answer was lost: then the turn is ours all the same.
        return (await holder(gateway)) === to;
      }
    },
  };
}
