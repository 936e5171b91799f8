import { beforeAll, describe, expect, it } from "vitest";
import { createDynamoDBClient } from "../../../functions/aws/clients.ts";
import { prepareEnvironment } from "../../../local/environment.ts";
import { ensureTable } from "../../../local/table.ts";
import type { Reads } from "../../support/count-reads.ts";
import { costsOf, crowd } from "../../support/crowded-table.ts";
import { startTableServer } from "../../support/table-server.ts";

const sizes = [50, 1000] as const;
const costs: Map<string, Reads>[] = [];

beforeAll(async () => {
  prepareEnvironment();
  const server = await startTableServer();
  const client = createDynamoDBClient({ endpoint: server.url });
  for (const size of sizes) {
    const table = `crowded-${size}`;
    await ensureTable(client, table);
    await crowd(client, table, size);
    costs.push(await costsOf(client, table));
  }
  return () => server.close();
}, 120_000);

describe("what a question reads", () => {
  it("is the same however many requests there are", () => {
    const [few, many] = costs;
    expect(few?.size).toBeGreaterThan(30);
    expect(many).toEqual(few);
  });

  it("is three calls at most for a match that is rare", () => {
    const rare = [...(costs[1] ?? [])].filter(([name]) => name.endsWith("(one)"));
    expect(rare.length).toBeGreaterThan(8);
    expect(rare.filter(([, { calls, items }]) => calls > 3 || items > 3)).toEqual([]);
  });
});
