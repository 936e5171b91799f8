import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import template from "../../../infra/table.json" with { type: "json" };
import before from "../../fixtures/table-of-version-4.json" with { type: "json" };

const script = fileURLToPath(new URL("../../../scripts/next-index.mjs", import.meta.url));
const today = template.Properties.GlobalSecondaryIndexes.map(({ IndexName }) => IndexName);

interface Table {
  AttributeDefinitions: { AttributeName: string }[];
  KeySchema: { AttributeName: string }[];
  GlobalSecondaryIndexes: { IndexName: string; KeySchema: { AttributeName: string }[] }[];
}
interface Stack {
  Resources: { Table: { Type: string; Properties: Table }; Other: object };
}

const deployed: Stack = {
  Resources: { Table: { Type: "AWS::DynamoDB::Table", Properties: before }, Other: { Type: "AWS::IAM::Role" } },
};

function run(stack: unknown, step: string) {
  const input = JSON.stringify({ TemplateBody: stack });
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, step], { input, encoding: "utf8" });
  return { status, stderr, next: stdout === "" ? undefined : (JSON.parse(stdout) as Stack) };
}

function keep(stack: Stack): Stack["Resources"]["Table"] {
  const input = JSON.stringify({ TemplateBody: stack });
  return JSON.parse(spawnSync(process.execPath, [script, "keep"], { input, encoding: "utf8" }).stdout);
}

const namesOf = (stack: Stack) =>
  stack.Resources.Table.Properties.GlobalSecondaryIndexes.map(({ IndexName }) => IndexName);

describe("a deployed table", () => {
  it("comes to today's indexes one at a time, and always defines just the attributes that are keys", () => {
    let stack = deployed;
    const seen = [namesOf(stack)];
    const see = (next: Stack) => {
      stack = next;
      seen.push(namesOf(stack));
      const { AttributeDefinitions, KeySchema, GlobalSecondaryIndexes } = stack.Resources.Table.Properties;
      const keys = [KeySchema, ...GlobalSecondaryIndexes.map((index) => index.KeySchema)].flat();
      const named = (some: { AttributeName: string }[]) =>
        [...new Set(some.map(({ AttributeName }) => AttributeName))].toSorted();
      expect(named(AttributeDefinitions)).toEqual(named(keys));
    };
    const goThrough = (step: string) => {
      for (let { status, next } = run(stack, step); status === 0 && next; { status, next } = run(stack, step))
        see(next);
    };
    goThrough("add");
    const added = namesOf(stack);
    // The new release itself is deployed with the table as it is then, because CloudFormation removes one index in an update.
    see({ Resources: { ...stack.Resources, Table: keep(stack) } });
    expect(namesOf(stack).toSorted()).toEqual(added.toSorted());
    goThrough("remove");
    expect(namesOf(stack).toSorted()).toEqual(today.toSorted());
    for (const [n, names] of seen.entries()) {
      const previous = seen[n - 1] ?? names;
      const changed = [...names, ...previous].filter((name) => !names.includes(name) || !previous.includes(name));
      expect(changed.length).toBeLessThanOrEqual(1);
    }
    expect(stack.Resources.Other).toEqual(deployed.Resources.Other);
  }, 30_000);

  it.each([
    [deployed, "sideways", "usage:"],
    [{ Resources: {} }, "add", "no resource Table"],
    [deployed, "keep", "is not there yet: add first"],
  ])("of another stack, or with another word, is left alone", (stack, step, message) => {
    expect(run(stack, step)).toMatchObject({ status: 2, next: undefined, stderr: expect.stringContaining(message) });
  });
});
