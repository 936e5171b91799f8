import type { GetItemCommandInput } from "@aws-sdk/client-dynamodb";
import { expect, it } from "vitest";
import { createTurns } from "../../../functions/aws/turns.ts";
import { describeTurns } from "../../conformance/turns.ts";
import { repeatCalls } from "../../support/repeat-calls.ts";
import { useTestTable } from "../../support/use-test-table.ts";

const storage = useTestTable();
const open = () => createTurns(storage());

describeTurns("in DynamoDB", open);

it("a turn is had where the SDK repeated a write whose answer was lost", async () => {
  const { client } = storage();
  expect(await repeatCalls(client, () => open().pass("repeated", [], "one"))).toBe(true);
  expect(await repeatCalls(client, () => open().pass("repeated", ["one"], "two"))).toBe(true);
  expect(await open().holders("repeated")).toEqual(["two", "one"]);
});

it("a holder is read consistently: a turn that was just passed on is seen by everybody", async () => {
  const { client } = storage();
  const reads: unknown[] = [];
  client.middlewareStack.add(
    (next) => (args) => {
      reads.push((args.input as GetItemCommandInput).ConsistentRead);
      return next(args);
    },
    { step: "initialize", name: "note" },
  );
  await open().holders("g");
  client.middlewareStack.remove("note");
  expect(reads).toEqual([true]);
});
