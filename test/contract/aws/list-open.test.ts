import { BatchWriteItemCommand } from "@aws-sdk/client-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import { expect, it } from "vitest";
import { createConnectionStore } from "../../../functions/aws/connection-store.ts";
import { createFakeClock } from "../../fakes/fake-clock.ts";
import { countReads } from "../../support/count-reads.ts";
import { useTestTable } from "../../support/use-test-table.ts";

const storage = useTestTable();
const needAPerson = 5500;

it("what is unfinished is told whole, however many requests need a person, and these are not all looked at", async () => {
  const { client, table } = storage();
  const rows = Array.from({ length: needAPerson + 1 }, (_, n) => ({
    pk: `row-${n}`,
    gsi14pk: n === needAPerson ? "open" : "person",
    byTenant: `acme#${new Date(Date.UTC(2026, 0, 1, 0, n)).toISOString()}#row-${n}`,
    status: n === needAPerson ? "accepted" : n % 2 === 0 ? "unknown" : "succeeded",
    ...(n % 2 === 0 ? {} : { webhookHost: "hooks.example.com" }),
  }));
  for (let from = 0; from < rows.length; from += 25) {
    const requests = rows.slice(from, from + 25).map((row) => ({ PutRequest: { Item: marshall(row) } }));
    await client.send(new BatchWriteItemCommand({ RequestItems: { [table]: requests } }));
  }
  const reads = countReads(client);
  const { requests, isWhole } = await createConnectionStore({ ...storage(), clock: createFakeClock() }).listOpen(
    "acme",
  );
  expect(requests.filter(({ status }) => status === "accepted")).toHaveLength(1);
  expect(requests.filter(({ webhookHost }) => webhookHost)).toHaveLength(2500);
  expect(requests.map(({ id }) => id)).toContain(`row-${needAPerson - 1}`);
  expect(isWhole).toBe(true);
  expect(reads().items).toBeLessThanOrEqual(5501);
}, 60_000);
