import { rmSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { bundlePatched, root } from "./bundle.ts";
import { areas } from "./list.ts";
import type { Patch } from "./patch.ts";
import { play } from "./play.ts";
import { inPool } from "./pool.ts";
import { findFailingTest } from "./run-tests.ts";
import { type Outcome, requiredShare, shareOf, survives, tell, toTable } from "./tell.ts";

/** `npm run mutants -- [--schedules N] [--seed N] [--jobs N] [--tests] [--only ID]… [--area NAME]… [--json FILE]` */
const { values } = parseArgs({
  options: {
    schedules: { type: "string", default: "2000" },
    seed: { type: "string", default: "1" },
    jobs: { type: "string", default: String(availableParallelism()) },
    tests: { type: "boolean", default: false },
    only: { type: "string", multiple: true, default: [] },
    area: { type: "string", multiple: true, default: [] },
    json: { type: "string" },
  },
});
const [range, jobs] = [{ schedules: Number(values.schedules), seed: Number(values.seed) }, Number(values.jobs)];
const chosen = Object.entries(areas).flatMap(([area, patches]) =>
  patches
    .filter(({ id }) => values.only.length === 0 || values.only.includes(id))
    .filter(() => values.area.length === 0 || values.area.includes(area))
    .map((patch) => ({ area, patch })),
);
const isWhole = values.only.length === 0 && values.area.length === 0;
if (![range.schedules, range.seed, jobs].every((number) => Number.isInteger(number) && number > 0) || !chosen.length) {
  console.error(
    `whole numbers from 1 on; --only takes ids of patches, --area one of: ${Object.keys(areas).join(", ")}`,
  );
  process.exit(2);
}

// Not in `dist`, which a build empties.
const bundles = join(root, `.local/mutation-${process.pid}`);
process.once("exit", () => rmSync(bundles, { recursive: true, force: true }));
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
process.exitCode = await run();

async function run(): Promise<number> {
  // What the simulation finds without any patch, it finds with each: then a death proves nothing.
  const unpatched = await play(await bundlePatched(join(bundles, "unpatched")), range);
  if (unpatched.how !== "survived") {
    console.error(`without a patch: ${JSON.stringify(unpatched)}`);
    return 2;
  }
  const failing = values.tests ? await findFailingTest() : undefined;
  if (failing !== undefined) {
    console.error(`without a patch: ${failing} fails`);
    return 2;
  }
  const played = await inPool(chosen, jobs, async (one) => {
    const outcome = await playPatch(one);
    console.log(tell(outcome));
    return outcome;
  });
  const outcomes = values.tests ? await testSurvivors(played) : played;
  const table = toTable(outcomes, values.tests);
  console.log(`\n${table}\n`);
  if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify({ range, outcomes }, undefined, 2)}\n`);
  const flaws = judge(outcomes);
  for (const flaw of flaws) console.error(flaw);
  return flaws.length > 0 ? 1 : 0;
}

async function playPatch({ area, patch }: { area: string; patch: Patch }): Promise<Outcome> {
  const started = performance.now();
  const folder = join(bundles, patch.id);
  const bundle = await bundlePatched(folder, patch);
  const first = await play(bundle, range);
  // A computer that was busy with something else stands still once, not twice at the same place.
  const played = first.how === "hung" ? await play(bundle, range) : first;
  await rm(folder, { recursive: true, force: true });
  return { area, patch, played, seconds: (performance.now() - started) / 1000 };
}

/** One after the other: vitest has workers of its own. */
async function testSurvivors(played: readonly Outcome[]): Promise<Outcome[]> {
  console.log("\nThe tests, with what the simulation did not notice:");
  const outcomes: Outcome[] = [];
  for (const outcome of played) {
    const failingTest =
      survives(outcome) && !outcome.patch.equivalent ? await findFailingTest(outcome.patch) : undefined;
    outcomes.push({ ...outcome, ...(failingTest === undefined ? {} : { failingTest }) });
    if (failingTest !== undefined) console.log(`${outcome.patch.id.padEnd(48)} killed by: ${failingTest}`);
  }
  return outcomes;
}

/** What is wrong: a line each. */
function judge(outcomes: readonly Outcome[]): string[] {
  const wrong = outcomes.filter(({ patch }) => patch.equivalent ?? patch.unplayed).filter((one) => !survives(one));
  const unnoticed = values.tests
    ? outcomes.filter((outcome) => survives(outcome) && !outcome.patch.equivalent && !outcome.failingTest)
    : [];
  const share = shareOf(outcomes);
  return [
    ...wrong.map(({ patch }) => `${patch.id} is argued to be equivalent, or not played, and the simulation notices it`),
    ...unnoticed.map(({ patch }) => `nothing notices ${patch.id}: ${patch.why}`),
    ...(isWhole && share < requiredShare
      ? [`the simulation notices ${(share * 100).toFixed(1)} %, and has to notice ${requiredShare * 100} %`]
      : []),
  ];
}
