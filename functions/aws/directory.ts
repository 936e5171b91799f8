import { type DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";
import { marshall, unmarshall } from "@aws-sdk/util-dynamodb";
import type { CallerDirectory, Clock, TenantDirectory } from "../domain/ports.ts";

/** The item of an API key: its key is the key's hash. */
export interface KeyItem {
  pk: string;
  tenant: string;
  scopes: string[];
  /** RFC 3339; absent = never. */
  keyExpiresAt?: string;
}

/** The item of a tenant. */
export interface TenantItem {
  pk: string;
  sealedWebhookSecret: string;
}

export const keyItemId = (hash: string) => `key#${hash}`;
export const tenantItemId = (tenant: string) => `tenant#${tenant}`;

/** API keys and tenants, in the same table as the records. */
export function createDirectory(deps: {
  client: DynamoDBClient;
  table: string;
  clock: Clock;
}): CallerDirectory & TenantDirectory {
  async function read<Item>(pk: string): Promise<Item | undefined> {
    const { Item } = await deps.client.send(
      new GetItemCommand({ TableName: deps.table, Key: marshall({ pk }), ConsistentRead: true }),
    );
    return Item && (unmarshall(Item) as Item);
  }

  return {
    async findByKeyHash(hash) {
      const item = await read<KeyItem>(keyItemId(hash));
      if (!item || (item.keyExpiresAt && Date.parse(item.keyExpiresAt) <= deps.clock.now().getTime())) return undefined;
      return { tenant: item.tenant, scopes: item.scopes };
    },

    async sealedWebhookSecret(tenant) {
      return (await read<TenantItem>(tenantItemId(tenant)))?.sealedWebhookSecret;
    },
  };
}
