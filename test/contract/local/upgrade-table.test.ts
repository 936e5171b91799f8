import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DeleteTableCommand,
  DescribeTableCommand,
  ListTablesCommand,
  PutItemCommand,
  ScanCommand,
  waitUntilTableExists,
} from "@aws-sdk/client-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createDynamoDBClient } from "../../../functions/aws/clients.ts";
import { createConnectionStore } from "../../../functions/aws/connection-store.ts";
import { createTenantStore } from "../../../functions/aws/tenant-store.ts";
import { prepareEnvironment } from "../../../local/environment.ts";
import { ensureTable } from "../../../local/table.ts";
import { removeTable } from "../../../local/upgrade-table.ts";
import { createFakeClock } from "../../fakes/fake-clock.ts";
import items from "../../fixtures/items-of-version-4.json" with { type: "json" };
import older from "../../fixtures/table-of-version-4.json" with { type: "json" };
import { startTableServer } from "../../support/table-server.ts";

const table = "upgraded";
const clock = createFakeClock("2026-01-01T02:00:00.000Z");
let server: Awaited<ReturnType<typeof startTableServer>>;
let client: ReturnType<typeof createDynamoDBClient>;

beforeAll(async () => {
  prepareEnvironment();
  server = await startTableServer();
  client = createDynamoDBClient({ endpoint: server.url });
});
afterAll(() => server.close());

/** Answers once things can be put into it. */
async function createOlder(name: string): Promise<void> {
  await client.send(new CreateTableCommand({ ...older, TableName: name } as CreateTableCommandInput));
  await waitUntilTableExists({ client, maxWaitTime: 60, minDelay: 0.05, maxDelay: 0.2 }, { TableName: name });
}

const put = (item: object, name = table) => client.send(new PutItemCommand({ TableName: name, Item: marshall(item) }));

beforeEach(async () => {
  for (const name of (await client.send(new ListTablesCommand({}))).TableNames ?? []) await removeTable(client, name);
  await createOlder(table);
  for (const item of items) await put(item);
});

async function isToday(): Promise<void> {
  const store = createConnectionStore({ client, table, clock });
  expect((await store.list({ tenant: "acme", limit: 10 })).items).toHaveLength(3);
  expect(await store.countUnfinished("acme")).toBe(2);
  expect(await createTenantStore({ client, table }).list()).toHaveLength(1);
  expect((await client.send(new ListTablesCommand({}))).TableNames).toEqual([table]);
  const { Count } = await client.send(new ScanCommand({ TableName: table, Select: "COUNT" }));
  expect(Count).toBe(items.length);
}

describe("a local table of the release before", () => {
  it("has today's indexes after a start, with everything in them", async () => {
    await ensureTable(client, table);
    await isToday();
    await ensureTable(client, table);
    await isToday();
  });

  it("is upgraded by the next start where one was killed while it copied aside", async () => {
    await createOlder(`${table}-copy`);
    await put({ ...items[0], entry: { at: "broken" } }, `${table}-copy`);
    await ensureTable(client, table);
    await isToday();
  });

  it("is upgraded by the next start where one was killed while it copied back", async () => {
    const copy = `${table}-copy`;
    await createOlder(copy);
    for (const item of items) await put(item, copy);
    await put({ pk: "copied" }, copy);
    await client.send(new DeleteTableCommand({ TableName: table }));
    await ensureTable(client, table);
    await isToday();
  });
});

it("a table that is gone between two questions of a start is made anew", async () => {
  let isGone = false;
  const send = async (command: DescribeTableCommand) => {
    if (command instanceof DescribeTableCommand && !isGone) {
      isGone = true;
      await removeTable(client, table);
    }
    return client.send(command);
  };
  await ensureTable(Object.create(client, { send: { value: send } }) as typeof client, table);
  expect(isGone).toBe(true);
  expect((await client.send(new ListTablesCommand({}))).TableNames).toEqual([table]);
});
