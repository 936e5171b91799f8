import { expect, it } from "vitest";
import { createTallies } from "../../../functions/aws/tallies.ts";
import type { EndedRun } from "../../../functions/domain/stats/ended-run.ts";
import { useTestTable } from "../../support/use-test-table.ts";

const storage = useTestTable();
const hour = "2026-01-01T00";
const run: EndedRun = { tenant: "acme", status: "succeeded", provider: "alibaba", region: "cn-shanghai", seconds: 60 };
const cell = "succeeded#alibaba#cn-shanghai#";
const countOf = async (tenant: string) =>
  (await createTallies(storage()).read(tenant, [hour])).get(hour)?.counts[cell] ?? 0;

it("runs that end side by side are all counted", async () => {
  const tenant = "busy";
  const before = await countOf("*");
  await Promise.all(Array.from({ length: 5 }, () => createTallies(storage()).add({ ...run, tenant }, hour)));
  expect([await countOf(tenant), (await countOf("*")) - before]).toEqual([5, 5]);
});

it("a run is counted once, though the answer of its write was lost and another was counted before the SDK repeated it", async () => {
  const { client, table } = storage();
  const others = createTallies({ client: storage().client, table });
  const before = await countOf("*");
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const { pk } = (args.input as { Item?: { pk: { S: string } } }).Item ?? {};
      if (pk?.S !== `stats#*#${hour}`) return result;
      client.middlewareStack.remove("loses");
      await others.add({ ...run, tenant: "other" }, hour);
      throw Object.assign(new Error("socket hang up"), { name: "TimeoutError" });
    },
    { step: "finalizeRequest", priority: "low", name: "loses" },
  );
  await createTallies({ client, table }).add(run, hour);
  expect([await countOf("acme"), await countOf("other"), (await countOf("*")) - before]).toEqual([1, 1, 2]);
});
