import { randomUUID } from "node:crypto";
import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  paginateQuery,
  PutItemCommand,
  QueryCommand,
} from "@aws-sdk/client-dynamodb";
import { marshall, unmarshall } from "@aws-sdk/util-dynamodb";
import type { Clock } from "../domain/clock.ts";
import { StaleRecordError } from "../domain/errors.ts";
import { sweepSeconds } from "../domain/limits.ts";
import type { ConnectionStore } from "../domain/ports.ts";
import type { ConnectionRecord } from "../domain/record/connection-record.ts";
import { gatewayPartition, type RecordItem, sweepPartition, sweepShards, tenantPartition, toItem } from "./item.ts";
import { listRecords } from "./list-records.ts";

/*
 * Every write is one conditional PutItem of the whole record:
 *
 *   create   |--- isNew ----> version 1 ---|
 *   save                                   |--- isUnchanged ----> version n+1 ---| …
 *
 * Where a condition fails because the SDK repeated a write whose answer was lost, the item carries our own writeId.
 */
const isNew = "attribute_not_exists(pk) OR expiresAt < :now";
const isUnchanged = "version = :version";

export interface ConnectionStoreDeps {
  client: DynamoDBClient;
  table: string;
  clock: Clock;
  /** Shortens the quiet time as the local stack shortens all others; 1 without it. */
  timeScale?: number;
}

/** Records in one DynamoDB table, one item each. */
export function createConnectionStore(deps: ConnectionStoreDeps): ConnectionStore {
  const { client, table, clock } = deps;
  const wakeAt = () => new Date(clock.now().getTime() + sweepSeconds * 1000 * (deps.timeScale ?? 1)).toISOString();
  const epochSeconds = () => Math.floor(clock.now().getTime() / 1000);

  async function read(id: string): Promise<RecordItem | undefined> {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: table, Key: marshall({ pk: id }), ConsistentRead: true }),
    );
    const item = Item && (unmarshall(Item) as RecordItem);
    return item?.expiresAt !== undefined && item.expiresAt < epochSeconds() ? undefined : item;
  }

  /** Answers the item that is in the way, if one is. */
  async function put(record: ConnectionRecord, condition: string, values: Record<string, number>) {
    const writeId = randomUUID();
    try {
      await client.send(
        new PutItemCommand({
          TableName: table,
          // An object with a member `constructor`, which a tag may be called, looks like an instance of a class.
          Item: marshall(toItem(record, writeId, wakeAt()), {
            removeUndefinedValues: true,
            convertClassInstanceToMap: true,
          }),
          ConditionExpression: condition,
          ExpressionAttributeValues: marshall(values),
          ReturnValuesOnConditionCheckFailure: "ALL_OLD",
        }),
      );
      return undefined;
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      const item = error.Item ? (unmarshall(error.Item) as RecordItem) : await read(record.id);
      if (item?.writeId === writeId) return undefined;
      return item ?? ("gone" as const);
    }
  }

  return {
    async create(record) {
      const existing = await put(record, isNew, { ":now": epochSeconds() });
      if (existing === "gone") throw new StaleRecordError("the record went away while it was being compared");
      return existing?.data;
    },

    async get(id) {
      return (await read(id))?.data;
    },

    async save(record) {
      const next = { ...record, version: record.version + 1 };
      if (await put(next, isUnchanged, { ":version": record.version })) {
        throw new StaleRecordError("the record was written by somebody else");
      }
      return next;
    },

    list: (query) => listRecords({ client, table }, query),

    async countUnfinished(tenant) {
      let count = 0;
      const pages = paginateQuery(
        { client },
        {
          TableName: table,
          IndexName: "gsi4",
          Select: "COUNT",
          KeyConditionExpression: "gsi4pk = :tenant",
          ExpressionAttributeValues: marshall({ ":tenant": tenantPartition(tenant) }),
        },
      );
      for await (const { Count = 0 } of pages) count += Count;
      return count;
    },

    async listGateway(gateway, kind) {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: table,
          IndexName: "gsi3",
          KeyConditionExpression: "gsi3pk = :gateway AND begins_with(gsi3sk, :kind)",
          ExpressionAttributeValues: marshall({ ":gateway": gatewayPartition(gateway), ":kind": `${kind}#` }),
          Limit: 100,
        }),
      );
      return Items.map((item) => String(unmarshall(item)["pk"]));
    },

    async *listForSweep(wokenBefore) {
      // Each minute from another: a sweep that runs out of time must not always leave the same ones behind.
      const first = Math.floor(clock.now().getTime() / 60_000) % sweepShards;
      for (let n = 0; n < sweepShards; n += 1) {
        const shard = (first + n) % sweepShards;
        const pages = paginateQuery(
          { client },
          {
            TableName: table,
            IndexName: "gsi2",
            KeyConditionExpression: "gsi2pk = :shard AND gsi2sk < :before",
            ExpressionAttributeValues: marshall({
              ":shard": sweepPartition(shard),
              ":before": wokenBefore?.toISOString() ?? "~",
            }),
          },
        );
        for await (const { Items = [] } of pages) yield* Items.map((item) => String(unmarshall(item)["pk"]));
      }
    },
  };
}
