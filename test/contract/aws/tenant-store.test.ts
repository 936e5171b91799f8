import type { GetItemCommandInput } from "@aws-sdk/client-dynamodb";
import { describe, expect, it } from "vitest";
import { createTenantStore } from "../../../functions/aws/tenant-store.ts";
import { describeTenantStore } from "../../conformance/tenant-store.ts";
import { testTenant } from "../../fakes/memory-tenant-store.ts";
import { repeatCalls } from "../../support/repeat-calls.ts";
import { useTestTable } from "../../support/use-test-table.ts";

const storage = useTestTable();
const open = () => createTenantStore(storage());

describeTenantStore("in DynamoDB", open);

describe("a write whose answer was lost, and which the SDK repeated", () => {
  it("is one write, and no stale one", async () => {
    const { client } = storage();
    const first = await repeatCalls(client, () => open().save(testTenant("repeated", { version: 0 })));
    const second = await repeatCalls(client, () => open().save({ ...first, maxUnfinishedRequests: 7 }));
    expect(second.version).toBe(2);
    expect(await open().get("repeated")).toEqual(second);
  });
});

it("reads by name and by hash are consistent: a key works once it is told, and ends once it is revoked", async () => {
  const { client } = storage();
  const reads: unknown[] = [];
  client.middlewareStack.add(
    (next, context) => (args) => {
      if ((context as { commandName?: string }).commandName === "GetItemCommand") {
        reads.push((args.input as GetItemCommandInput).ConsistentRead);
      }
      return next(args);
    },
    { step: "initialize", name: "note" },
  );
  await open().get("acme");
  await open().ownerOf("hash");
  client.middlewareStack.remove("note");
  expect(reads).toEqual([true, true]);
});
