import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import table from "../../../infra/table.json" with { type: "json" };

/** How long DynamoDB keeps every state of a table that names no time of its own. */
const recoveryDays = 35;

it.each(["SECURITY.md", "docs/operating.md"])("what is erased can be recovered for as long as %s says", (file) => {
  expect(table.Properties.PointInTimeRecoverySpecification).toEqual({ PointInTimeRecoveryEnabled: true });
  const days = [...readFileSync(file, "utf8").matchAll(/(\d+) days/g)].map(([, count]) => Number(count));
  expect(days).toContain(recoveryDays);
});
