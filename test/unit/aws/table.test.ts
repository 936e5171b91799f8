import type { BatchGetItemCommandInput, BatchGetItemCommandOutput } from "@aws-sdk/client-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import { describe, expect, it } from "vitest";
import { createDynamoDBClient } from "../../../functions/aws/clients.ts";
import { createTable } from "../../../functions/aws/table.ts";

const table = "test";
type Keys = NonNullable<NonNullable<BatchGetItemCommandInput["RequestItems"]>[string]["Keys"]>;

/** A client that never leaves this computer: it is asked in rounds, and leaves what `leave` takes of each unprocessed. */
function createClient(leave: (keys: Keys, round: number) => Keys = () => [], missing: readonly string[] = []) {
  const client = createDynamoDBClient({ endpoint: "http://127.0.0.1:1" });
  const rounds: { size: number; consistent: boolean | undefined }[] = [];
  client.middlewareStack.add(
    () => async (args) => {
      const asked = (args.input as BatchGetItemCommandInput).RequestItems?.[table];
      const keys = asked?.Keys ?? [];
      rounds.push({ size: keys.length, consistent: asked?.ConsistentRead });
      const left = leave(keys, rounds.length);
      const read = keys.filter((key) => !left.includes(key) && !missing.includes(key["pk"]?.S ?? ""));
      const output: BatchGetItemCommandOutput = {
        $metadata: {},
        Responses: { [table]: read.map((key) => ({ ...key, ...marshall({ size: 1 }) })) },
        ...(left.length > 0 ? { UnprocessedKeys: { [table]: { Keys: left } } } : {}),
      };
      return { output, response: {} };
    },
    { step: "initialize", name: "answer" },
  );
  return { client, rounds };
}

const names = (count: number) => Array.from({ length: count }, (_, n) => `item#${n}`);

async function read(client: ReturnType<typeof createClient>["client"], count: number): Promise<string[]> {
  const items = await createTable({ client, table }).readMany<{ pk: string; size: number }>(names(count));
  for (const { size } of items) expect(size).toBe(1);
  return items.map(({ pk }) => pk).toSorted();
}

describe("readMany", () => {
  it.each([
    [0, []],
    [1, [1]],
    [100, [100]],
    [101, [100, 1]],
    [250, [100, 100, 50]],
  ])("reads %i keys consistently, a hundred at a time", async (count, sizes) => {
    const { client, rounds } = createClient();
    expect(await read(client, count)).toEqual(names(count).toSorted());
    expect(rounds).toEqual(sizes.map((size) => ({ size, consistent: true })));
  });

  it("reads again what was left unprocessed, and that alone", async () => {
    const { client, rounds } = createClient((keys, round) => (round < 4 ? keys.slice(0, keys.length / 2) : []));
    expect(await read(client, 80)).toEqual(names(80).toSorted());
    expect(rounds.map(({ size }) => size)).toEqual([80, 40, 20, 10]);
  });

  it("gives up when that goes on, rather than answer a part", async () => {
    const { client, rounds } = createClient((keys) => keys.slice(0, 1));
    await expect(read(client, 10)).rejects.toThrow("left keys unprocessed");
    expect(rounds).toHaveLength(6);
  });

  it("leaves out what the table has no more", async () => {
    const { client } = createClient(undefined, ["item#1", "item#3"]);
    expect(await read(client, 5)).toEqual(["item#0", "item#2", "item#4"]);
  });
});
