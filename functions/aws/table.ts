import { randomUUID } from "node:crypto";
import {
  type AttributeValue,
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
} from "@aws-sdk/client-dynamodb";
import { marshall, unmarshall } from "@aws-sdk/util-dynamodb";
import type { Index } from "./indexes.ts";
import { schemaVersion, toCurrent } from "./schema.ts";

export interface TableDeps {
  client: DynamoDBClient;
  table: string;
}

type Values = Record<string, string | number>;

/** What must hold of the item that is there for a write to take effect, in DynamoDB's words. */
export interface Condition {
  expression: string;
  values?: Values;
}

/** What kept a conditional write from taking effect: the item as it is; undefined where it has gone meanwhile. */
interface Blocked<Item> {
  by: Item | undefined;
}

/** A part of one partition of an index, in the order of its sort key; the bounds belong to it. */
export interface Question {
  index: Index;
  partition: string;
  from?: string;
  to?: string;
  newestFirst?: true;
  /** Rows to look at, at most, those that the filter drops among them. */
  limit?: number;
  /** Values that attributes must have which the index has a copy of. */
  filter?: Readonly<Record<string, string>>;
  countOnly?: true;
  /** The row that the answer starts behind. */
  after?: object;
}

interface Answer<Row> {
  /** What the index has of the items: their keys, and copies of some attributes. */
  rows: Row[];
  count: number;
  /** The row that the next page starts behind; absent = that was all. */
  last?: Row;
}

export type Table = ReturnType<typeof createTable>;

/** DynamoDB's own bound for one call. */
const maxKeys = 100;
const maxRounds = 6;
const rowsPerScan = 200;

/**
 * Items of one table, each with a key `pk`. This alone knows how they look on the wire, and what is on every one of them:
 * the version of its schema, and a `writeId` that tells a write which the SDK repeated, its answer lost, from another's.
 */
export function createTable({ client, table }: TableDeps) {
  /** Consistent. */
  async function get<Item extends object>(pk: string): Promise<Item | undefined> {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: table, Key: toWire({ pk }), ConsistentRead: true }),
    );
    return Item && (fromWire(Item) as Item);
  }

  /** One attribute of an item, without the rest of it being sent and read; consistent. */
  async function getAttribute(pk: string, name: string): Promise<unknown> {
    const { Item } = await client.send(
      new GetItemCommand({
        TableName: table,
        Key: toWire({ pk }),
        ConsistentRead: true,
        ProjectionExpression: "#name",
        ExpressionAttributeNames: { "#name": name },
      }),
    );
    return Item && unmarshall(Item)[name];
  }

  /** Writes the item whole if the condition holds; answers what is in the way otherwise. */
  async function putIf<Item extends { pk: string }>(
    item: Item,
    { expression, values }: Condition,
  ): Promise<Blocked<Item> | undefined> {
    const writeId = randomUUID();
    try {
      await client.send(
        new PutItemCommand({
          TableName: table,
          Item: toWire({ ...item, writeId, schemaVersion }),
          ConditionExpression: expression,
          ...(values ? { ExpressionAttributeValues: toWire(values) } : {}),
          ReturnValuesOnConditionCheckFailure: "ALL_OLD",
        }),
      );
      return undefined;
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      // dynalite does not answer with the item.
      const by = error.Item ? (fromWire(error.Item) as Item) : await get<Item>(item.pk);
      return by && "writeId" in by && by.writeId === writeId ? undefined : { by };
    }
  }

  async function put(item: { pk: string } & Record<string, unknown>): Promise<void> {
    await client.send(new PutItemCommand({ TableName: table, Item: toWire({ ...item, schemaVersion }) }));
  }

  /** One page of an index, which may lag behind the table. */
  async function query<Row extends object>(question: Question): Promise<Answer<Row>> {
    const {
      Items = [],
      Count = 0,
      LastEvaluatedKey: last,
    } = await client.send(new QueryCommand({ TableName: table, ...toQuery(question) }));
    return {
      rows: Items.map((row) => unmarshall(row) as Row),
      count: Count,
      ...(last ? { last: unmarshall(last) as Row } : {}),
    };
  }

  async function* pages<Row extends object>(question: Question): AsyncGenerator<Answer<Row>> {
    for (let after: Row | undefined; ;) {
      const page = await query<Row>({ ...question, ...(after ? { after } : {}) });
      yield page;
      after = page.last;
      if (!after) return;
    }
  }

  /** Consistent reads by key, in no order. What an index still shows and the table has no more is left out. */
  async function readMany<Item extends object>(keys: readonly string[]): Promise<Item[]> {
    const found: Item[] = [];
    for (let from = 0; from < keys.length; from += maxKeys) {
      let left = keys.slice(from, from + maxKeys).map((pk) => toWire({ pk }));
      for (let round = 1; left.length > 0; round += 1) {
        if (round > maxRounds) throw new Error(`DynamoDB left keys unprocessed ${maxRounds} times`);
        const { Responses, UnprocessedKeys } = await client.send(
          new BatchGetItemCommand({ RequestItems: { [table]: { Keys: left, ConsistentRead: true } } }),
        );
        found.push(...(Responses?.[table] ?? []).map((item) => fromWire(item) as Item));
        left = UnprocessedKeys?.[table]?.Keys ?? [];
      }
    }
    return found;
  }

  /** Items that an older release has written, brought up to date: one page of the whole table, behind a key. */
  async function scanOlder(after?: string): Promise<{ items: ({ pk: string } & object)[]; last?: string }> {
    const { Items = [], LastEvaluatedKey: last } = await client.send(
      new ScanCommand({
        TableName: table,
        ConsistentRead: true,
        Limit: rowsPerScan,
        FilterExpression: "attribute_not_exists(schemaVersion) OR schemaVersion < :version",
        ExpressionAttributeValues: toWire({ ":version": schemaVersion }),
        ...(after === undefined ? {} : { ExclusiveStartKey: toWire({ pk: after }) }),
      }),
    );
    return {
      items: Items.map((item) => fromWire(item) as { pk: string }),
      ...(last?.["pk"]?.S === undefined ? {} : { last: last["pk"].S }),
    };
  }

  return { get, getAttribute, put, putIf, query, pages, readMany, scanOlder };
}

/** Sorts before, and after, every sort key. */
const [lowest, highest] = ["!", "~"];

function toQuery({ index, partition, from = lowest, to = highest, ...question }: Question) {
  const filters = Object.entries(question.filter ?? {});
  const bounds = `${index.partition} = :partition AND ${index.sort} BETWEEN :from AND :to`;
  const names = Object.fromEntries(filters.map(([name]) => [`#${name}`, name]));
  const values = Object.fromEntries(filters.map(([name, value]) => [`:${name}`, value]));
  return {
    IndexName: index.name,
    KeyConditionExpression: bounds,
    ExpressionAttributeValues: toWire({ ":partition": partition, ":from": from, ":to": to, ...values }),
    ...(filters.length > 0
      ? {
          FilterExpression: filters.map(([name]) => `#${name} = :${name}`).join(" AND "),
          ExpressionAttributeNames: names,
        }
      : {}),
    ...(question.newestFirst ? { ScanIndexForward: false } : {}),
    ...(question.limit === undefined ? {} : { Limit: question.limit }),
    ...(question.countOnly ? { Select: "COUNT" as const } : {}),
    ...(question.after ? { ExclusiveStartKey: toWire(question.after) } : {}),
  };
}

function toWire(values: object): Record<string, AttributeValue> {
  // An object with a member `constructor`, which a tag may be called, looks like an instance of a class.
  return marshall(values, { removeUndefinedValues: true, convertClassInstanceToMap: true });
}

/** An item, or what was projected of it. Throws `SchemaVersionError`. */
export function fromWire(wire: Record<string, AttributeValue>): object {
  return toCurrent(unmarshall(wire));
}
