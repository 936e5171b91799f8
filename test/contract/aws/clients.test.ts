import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { GetItemCommand } from "@aws-sdk/client-dynamodb";
import { beforeAll, describe, expect, it } from "vitest";
import { createDynamoDBClient } from "../../../functions/aws/clients.ts";
import { prepareEnvironment } from "../../../local/environment.ts";

/** Calls that have arrived and wait for their answer. */
const held: (() => void)[] = [];
let sockets = 0;
let url: string;
beforeAll(async () => {
  prepareEnvironment();
  const server = createServer((request, response) => {
    request.resume().on("end", () => held.push(() => response.end("{}")));
  }).on("connection", () => (sockets += 1));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return () => {
    server.closeAllConnections();
    server.close();
  };
});

describe("a client with more calls than sockets", () => {
  it("has them wait where no timeout runs, and keeps its sockets", async () => {
    const client = createDynamoDBClient({ endpoint: url });
    const get = (pk: string) => client.send(new GetItemCommand({ TableName: "t", Key: { pk: { S: pk } } }));
    const answers = Array.from({ length: 120 }, (_, index) => get(String(index)));
    for (const expected of [50, 50, 20]) {
      await expect.poll(() => held.length).toBe(expected);
      for (const answer of held.splice(0)) answer();
    }
    expect(await Promise.all(answers)).toHaveLength(120);
    expect(sockets).toBe(50);
    client.destroy();
  });
});

it("copies nothing for a log, which nobody has given", () => {
  const client = createDynamoDBClient({ endpoint: url });
  expect(client.middlewareStack.identify().filter((middleware) => /logger/i.test(middleware))).toEqual([]);
});
