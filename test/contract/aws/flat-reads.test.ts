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

const of = (table: number, holds: (question: string) => boolean) =>
  [...(costs[table] ?? [])].filter(([question]) => holds(question));
const isCompared = (question: string) => question.endsWith("(compared)");

describe("what a question reads", () => {
  it("is the same however many requests there are", () => {
    const few = of(0, (question) => !isCompared(question));
    expect(few.length).toBeGreaterThan(35);
    expect(of(1, (question) => !isCompared(question))).toEqual(few);
  });

  it("is four looks at a hundred requests at most where a filter is compared after the read", () => {
    const compared = of(1, isCompared);
    expect(compared.length).toBeGreaterThan(3);
    expect(compared.filter(([, { calls, items }]) => calls > 8 || items > 650)).toEqual([]);
  });

  it("is three calls at most for a match that is rare", () => {
    const rare = of(1, (question) => question.endsWith("(one)"));
    expect(rare.length).toBeGreaterThan(11);
    expect(rare.filter(([, { calls, items }]) => calls > 3 || items > 3)).toEqual([]);
  });
});
