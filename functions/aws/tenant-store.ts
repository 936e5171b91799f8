import { randomUUID } from "node:crypto";
import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  paginateQuery,
  PutItemCommand,
} from "@aws-sdk/client-dynamodb";
import { marshall, unmarshall } from "@aws-sdk/util-dynamodb";
import { StaleRecordError } from "../domain/errors.ts";
import type { TenantStore } from "../domain/ports.ts";
import type { Tenant } from "../domain/tenants/tenant.ts";
import { readMany } from "./read-many.ts";

/** The item of a tenant; listed in gsi1 beside the tenants' requests, under a partition of its own. */
interface TenantItem {
  pk: string;
  data: Tenant;
  version: number;
  /** Names this very write, so that a retried write knows its own. */
  writeId: string;
  gsi1pk: string;
  gsi1sk: string;
}

const allTenants = "tenants";
const tenantKey = (name: string) => `tenant#${name}`;
const hashKey = (hash: string) => `key#${hash}`;

/*
 *   absent --- isNew ----> version 1 --- isUnchanged ----> version n+1 ---| …
 */
const isNew = "attribute_not_exists(pk)";
const isUnchanged = "version = :version";

/** Tenants with their keys, in the same table as the records. */
export function createTenantStore({ client, table }: { client: DynamoDBClient; table: string }): TenantStore {
  async function read<Item>(pk: string): Promise<Item | undefined> {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: table, Key: marshall({ pk }), ConsistentRead: true }),
    );
    return Item && (unmarshall(Item) as Item);
  }

  return {
    get: async (name) => (await read<TenantItem>(tenantKey(name)))?.data,

    async save(tenant) {
      const next = { ...tenant, version: tenant.version + 1 };
      const item: TenantItem = {
        pk: tenantKey(tenant.name),
        data: next,
        version: next.version,
        writeId: randomUUID(),
        gsi1pk: allTenants,
        gsi1sk: tenant.name,
      };
      try {
        await client.send(
          new PutItemCommand({
            TableName: table,
            Item: marshall(item, { removeUndefinedValues: true }),
            ...(tenant.version === 0
              ? { ConditionExpression: isNew }
              : {
                  ConditionExpression: isUnchanged,
                  ExpressionAttributeValues: marshall({ ":version": tenant.version }),
                }),
          }),
        );
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        // The SDK may have repeated a write whose answer was lost: then it is ours all the same.
        const found = await read<TenantItem>(item.pk);
        if (found?.writeId !== item.writeId) throw new StaleRecordError("the tenant was written by somebody else");
      }
      return next;
    },

    async list() {
      const names: string[] = [];
      const pages = paginateQuery(
        { client },
        {
          TableName: table,
          IndexName: "gsi1",
          KeyConditionExpression: "gsi1pk = :all",
          ExpressionAttributeValues: marshall({ ":all": allTenants }),
        },
      );
      for await (const { Items = [] } of pages) names.push(...Items.map((item) => String(unmarshall(item)["gsi1sk"])));
      const found = await readMany<TenantItem>({ client, table }, names.map(tenantKey));
      return found.map(({ data }) => data).toSorted((a, b) => (a.name < b.name ? -1 : 1));
    },

    async claim(hash, tenant) {
      await client.send(new PutItemCommand({ TableName: table, Item: marshall({ pk: hashKey(hash), tenant }) }));
    },

    ownerOf: async (hash) => (await read<{ tenant: string }>(hashKey(hash)))?.tenant,
  };
}
