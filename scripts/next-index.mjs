// Prints the template of a deployed stack with its table one index nearer to infra/table.json: DynamoDB makes or removes one
// index at a time. See docs/indexes.md.
import { readFileSync } from "node:fs";
import { join } from "node:path";

const usage = "usage: aws cloudformation get-template … | node scripts/next-index.mjs add|remove";

/** The stack's template with the next index, and what that is; undefined where nothing is left to do. */
export function nextTemplate(template, wanted, step) {
  const table = template.Resources?.Table?.Properties;
  if (!table) throw new Error("this template has no resource Table: is it that of the broker's stack?");
  const there = table.GlobalSecondaryIndexes ?? [];
  const isIn = (indexes) => (index) => indexes.some(({ IndexName }) => IndexName === index.IndexName);
  const index =
    step === "add"
      ? wanted.GlobalSecondaryIndexes.find((one) => !isIn(there)(one))
      : there.find((one) => !isIn(wanted.GlobalSecondaryIndexes)(one));
  if (!index) return undefined;
  const indexes = step === "add" ? [...there, index] : there.filter((one) => one !== index);
  const keys = [table, ...indexes].flatMap(({ KeySchema }) => KeySchema.map(({ AttributeName }) => AttributeName));
  const AttributeDefinitions = [...new Set(keys)].map((AttributeName) => ({ AttributeName, AttributeType: "S" }));
  const Properties = { ...table, AttributeDefinitions, GlobalSecondaryIndexes: indexes };
  const Resources = { ...template.Resources, Table: { ...template.Resources.Table, Properties } };
  return { index: index.IndexName, template: { ...template, Resources } };
}

function main([step]) {
  if (step !== "add" && step !== "remove") throw new Error(usage);
  const { TemplateBody } = JSON.parse(readFileSync(0, "utf8"));
  const wanted = JSON.parse(readFileSync(join(import.meta.dirname, "../infra/table.json"), "utf8")).Properties;
  const next = nextTemplate(typeof TemplateBody === "string" ? JSON.parse(TemplateBody) : TemplateBody, wanted, step);
  console.error(next ? `${step} ${next.index}` : `nothing left to ${step}`);
  if (next) console.log(JSON.stringify(next.template));
  else process.exitCode = 3;
}

if (process.argv[1] === import.meta.filename) {
  try {
    main(process.argv.slice(2));
  } catch (error) {
    console.error(error.message);
    process.exitCode = 2;
  }
}
