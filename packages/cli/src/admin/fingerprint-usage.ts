import { type DynamoDBClient, paginateScan } from "@aws-sdk/client-dynamodb";
import { fromWire } from "../../../../functions/aws/table.ts";
import { fingerprintKeyOf, type StoredRequest } from "../../../../functions/domain/request/pre-shared-keys.ts";
import { withTable } from "./aws.ts";

interface FingerprintUsage {
  /** Records by the id of the HMAC key that they name. */
  byKeyId: Record<string, number>;
  /** Records whose pre-shared keys are all of the broker's making: they name none. */
  without: number;
}

/** `countFingerprints` in a table of DynamoDB. */
export function countInTable(table: string): Promise<FingerprintUsage> {
  return withTable(table, (client) => countFingerprints(client, table));
}

/** Counts in the whole table. Only tunnels are asked for; of them nothing but the ids is kept. */
async function countFingerprints(client: DynamoDBClient, table: string): Promise<FingerprintUsage> {
  const counts = new Map<string, number>();
  let without = 0;
  const pages = paginateScan(
    { client },
    {
      TableName: table,
      ConsistentRead: true,
      FilterExpression: "attribute_exists(#data.#request)",
      ProjectionExpression: "pk, schemaVersion, #data.#request.#tunnels",
      ExpressionAttributeNames: { "#data": "data", "#request": "request", "#tunnels": "tunnels" },
    },
  );
  for await (const { Items = [] } of pages) {
    for (const item of Items) {
      const { data } = fromWire(item) as { data: { request: StoredRequest } };
      const id = fingerprintKeyOf(data.request);
      if (id === undefined) without += 1;
      else counts.set(id, (counts.get(id) ?? 0) + 1);
    }
  }
  return { byKeyId: Object.fromEntries([...counts].toSorted(([a], [b]) => (a < b ? -1 : 1))), without };
}
