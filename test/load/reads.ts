import { createDynamoDBClient } from "../../functions/aws/clients.ts";
import { providers } from "../../functions/domain/values.ts";
import { prepareEnvironment } from "../../local/environment.ts";
import { ensureTable } from "../../local/table.ts";
import { costsOf, crowd } from "../support/crowded-table.ts";
import { startTableServer } from "../support/table-server.ts";
import { countWriteUnits } from "./write-units.ts";

/*
 * Prints what the first page of each question reads, among few and among many stored requests: calls to the table, and items or
 * rows of an index that DynamoDB looks at for them. Then what a request writes, in DynamoDB's write units.
 */
const sizes = (process.argv[2] ?? "1000,100000").split(",").map(Number);

prepareEnvironment();
const server = await startTableServer();
const client = createDynamoDBClient({ endpoint: server.url });
const costs = [];
for (const size of sizes) {
  const table = `crowded-${size}`;
  await ensureTable(client, table);
  await crowd(client, table, size);
  costs.push(await costsOf(client, table));
}
const [few, many] = costs;
console.log(`| question | ${sizes.map((size) => `calls, items of ${size.toLocaleString("en")}`).join(" | ")} |`);
console.log(`| --- | ${sizes.map(() => "---").join(" | ")} |`);
for (const [question, { calls, items }] of few ?? []) {
  const there = many?.get(question);
  console.log(`| ${question} | ${calls}, ${items} | ${there?.calls}, ${there?.items} |`);
}
console.log("");
for (const vendor of providers) {
  console.log(`| write units at ${vendor} | accepting | the whole request |`);
  console.log("| --- | --- | --- |");
  for (const [where, { accept, all }] of await countWriteUnits(vendor))
    console.log(`| ${where} | ${accept} | ${all} |`);
  console.log("");
}
await server.close();
process.exit(0);
