import { paginateScan } from "@aws-sdk/client-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import { createDynamoDBClient } from "../../functions/aws/clients.ts";
import type { TestStack } from "./local-stack.ts";

/** Every item of a stack's table, by its key. */
export async function readItems({ endpoints }: Pick<TestStack, "endpoints">): Promise<Map<string, unknown>> {
  const client = createDynamoDBClient({ endpoint: endpoints.dynamodb });
  const items = new Map<string, unknown>();
  for await (const { Items = [] } of paginateScan({ client }, { TableName: "vpn-broker" })) {
    for (const found of Items) {
      const item = unmarshall(found);
      items.set(String(item["pk"]), item);
    }
  }
  client.destroy();
  return items;
}
