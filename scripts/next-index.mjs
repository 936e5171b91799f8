// Prints the template of a deployed stack with its table one index nearer to infra/table.json: DynamoDB makes or removes one
// index at a time. See docs/indexes.md.
import { readFileSync } from "node:fs";
import { join } from "node:path";

const usage = "usage: aws cloudformation get-template … | node scripts/next-index.mjs add|keep|remove";

/** The stack's template with the next index, and what that is; undefined where nothing is left to do. */
export function nextTemplate(template, wanted, step) {
  const table = tableOf(template);
  const there = table.GlobalSecondaryIndexes ?? [];
  const index = step === "add" ? missing(wanted, there)[0] : missing(there, wanted)[0];
  if (!index) return undefined;
  const indexes = step === "add" ? [...there, index] : there.filter((one) => one !== index);
  const Table = { ...template.Resources.Table, Properties: withIndexes(table, indexes) };
  return { index: index.IndexName, template: { ...template, Resources: { ...template.Resources, Table } } };
}

/** The resource of the new release with the indexes of before beside its own. Throws where one of its own is still to be made. */
export function keepIndexes(template, resource) {
  const there = tableOf(template).GlobalSecondaryIndexes ?? [];
  const wanted = resource.Properties.GlobalSecondaryIndexes;
  const [first] = missing(wanted, there);
  if (first) throw new Error(`${first.IndexName} is not there yet: add first`);
  return { ...resource, Properties: withIndexes(resource.Properties, [...wanted, ...missing(there, wanted)]) };
}

function tableOf(template) {
  const table = template.Resources?.Table?.Properties;
  if (!table) throw new Error("this template has no resource Table: is it that of the broker's stack?");
  return table;
}

/** Those of the first that are not among the second. */
function missing(indexes, others) {
  return indexes.filter(({ IndexName }) => !others.some((other) => other.IndexName === IndexName));
}

/** Just the attributes that are keys are to be defined. */
function withIndexes(table, indexes) {
  const keys = [table, ...indexes].flatMap(({ KeySchema }) => KeySchema.map(({ AttributeName }) => AttributeName));
  const AttributeDefinitions = [...new Set(keys)].map((AttributeName) => ({ AttributeName, AttributeType: "S" }));
  return { ...table, AttributeDefinitions, GlobalSecondaryIndexes: indexes };
}

function main([step]) {
  if (!["add", "keep", "remove"].includes(step)) throw new Error(usage);
  const { TemplateBody } = JSON.parse(readFileSync(0, "utf8"));
  const template = typeof TemplateBody === "string" ? JSON.parse(TemplateBody) : TemplateBody;
  const resource = JSON.parse(readFileSync(join(import.meta.dirname, "../infra/table.json"), "utf8"));
  if (step === "keep") return console.log(JSON.stringify(keepIndexes(template, resource), null, 2));
  const next = nextTemplate(template, resource.Properties.GlobalSecondaryIndexes, step);
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
