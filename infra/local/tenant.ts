import { type DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import { type KeyItem, keyItemId, type TenantItem, tenantItemId } from "../../functions/aws/directory.ts";
import { hashApiKey } from "../../functions/domain/authenticate-caller.ts";
import type { Sealer } from "../../functions/domain/ports.ts";

const localTenant = "local";
const allScopes = ["connections:write", "connections:read", "secrets:read", "admin"];

/** Writes the local stack's first tenant: its API key as a hash, its webhook secret sealed. */
export async function ensureTenant(deps: {
  client: DynamoDBClient;
  table: string;
  sealer: Sealer;
  apiKey: string;
  webhookSecret: string;
}): Promise<void> {
  const key: KeyItem = { pk: keyItemId(hashApiKey(deps.apiKey)), tenant: localTenant, scopes: allScopes };
  const tenant: TenantItem = {
    pk: tenantItemId(localTenant),
    sealedWebhookSecret: deps.sealer.seal(localTenant, deps.webhookSecret),
  };
  for (const item of [key, tenant]) {
    await deps.client.send(new PutItemCommand({ TableName: deps.table, Item: marshall(item) }));
  }
}
