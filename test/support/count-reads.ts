import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";

/** What a question costs at the table: calls, and items or rows that DynamoDB looked at for them. */
export interface Reads {
  calls: number;
  items: number;
}

interface Output {
  Item?: unknown;
  ScannedCount?: number;
  Responses?: Record<string, unknown[]>;
}

/** Counts what this client is asked from now on; each look begins anew. */
export function countReads(client: DynamoDBClient): () => Reads {
  let reads: Reads = { calls: 0, items: 0 };
  client.middlewareStack.add(
    (next) => async (input) => {
      const result = await next(input);
      const { Item, ScannedCount = 0, Responses = {} } = result.output as Output;
      const found = Object.values(Responses).reduce((sum, items) => sum + items.length, 0);
      reads = { calls: reads.calls + 1, items: reads.items + ScannedCount + found + (Item === undefined ? 0 : 1) };
      return result;
    },
    { step: "initialize", name: "countReads", override: true },
  );
  return () => {
    const counted = reads;
    reads = { calls: 0, items: 0 };
    return counted;
  };
}
