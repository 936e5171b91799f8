import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { assumed, assumptionNames, beyond } from "./assumptions.ts";
import { expectedFaults } from "./expected-faults.ts";
import { judge, watchGuards } from "./guards.ts";
import { type Invariant, invariants, neverBroken } from "./promises/violation.ts";
import { runSchedule, type ScheduleOptions, type ScheduleResult } from "./schedule.ts";
import { type Case, shrink } from "./shrink.ts";
import { type WeatherName, weatherNames } from "./weathers.ts";

/** See README.md beside this file for the options. */
const { values } = parseArgs({
  options: {
    schedules: { type: "string", default: "10000" },
    seed: { type: "string", default: "1" },
    weather: { type: "string", default: "all" },
    beyond: { type: "string" },
    tape: { type: "string" },
    keep: { type: "string" },
    guided: { type: "boolean", default: false },
    guards: { type: "boolean", default: false },
    trace: { type: "boolean", default: false },
    "keep-going": { type: "boolean", default: false },
    "no-shrink": { type: "boolean", default: false },
    ignore: { type: "string", multiple: true, default: [] },
    only: { type: "string", multiple: true, default: [] },
  },
});
const schedules = Number(values.schedules);
/** A range that nobody has played before, for those who play often: one for each second. */
const first = values.seed === "fresh" ? Math.floor(Date.now() / 1000) * 1000 : Number(values.seed);
const weather = ["all" as const, ...weatherNames].find((name) => name === values.weather);
const assumption = assumptionNames.find((name) => name === values.beyond);
if (
  !Number.isInteger(schedules) ||
  !Number.isInteger(first) ||
  !weather ||
  (values.beyond !== undefined && !assumption)
) {
  console.error("--schedules and --seed take whole numbers");
  console.error(
    `--weather takes one of all, ${weatherNames.join(", ")}; --beyond one of ${assumptionNames.join(", ")}`,
  );
  process.exit(2);
}
const watched = values.only.length > 0 ? values.only : invariants;
const only = invariants.filter((name) => watched.includes(name) && !values.ignore.includes(name));

/** In what weather the seed is played where all are: one in nine has an assumption that is wrong. */
function toOptions(seed: number): ScheduleOptions & { weather: WeatherName } {
  if (weather !== "all" || assumption) {
    const named = weather === "all" || !weather ? "mixed" : weather;
    return { seed, only, weather: named, assumptions: assumption ? beyond(assumption) : assumed };
  }
  const names = ["mixed", "vendors", "processes", "stores", "obstinate", "people", "neighbours", "obstinate"] as const;
  const turn = seed % 9;
  const wrong = assumptionNames[Math.floor(seed / 9) % assumptionNames.length];
  if (turn === 8 && wrong) {
    const still = only.filter((name) => neverBroken.includes(name));
    return { seed, only: still, weather: "vendors", assumptions: beyond(wrong) };
  }
  return { seed, only, weather: names[turn] ?? "mixed", assumptions: assumed };
}

const started = performance.now();
const endings: Record<string, number> = {};
const troubles: Record<string, number> = {};
const violations = new Map<Invariant, number[]>();
let done = 0;
let told = started;
let mostCreates = 0;

function count(totals: Record<string, number>, more: Record<string, number>): void {
  for (const [name, number] of Object.entries(more)) totals[name] = (totals[name] ?? 0) + number;
}

function report(): void {
  const seconds = (performance.now() - started) / 1000;
  const ended = Object.entries(endings).map(([status, number]) => `${number} ${status}`);
  console.log(`${done} schedules, ${(done / seconds).toFixed(1)} a second; requests: ${ended.join(", ")}`);
}

function note(result: ScheduleResult): void {
  done += 1;
  count(endings, result.endings);
  count(troubles, result.troubles);
  mostCreates = Math.max(mostCreates, result.mostCreates);
  if (performance.now() - told > 5000) {
    told = performance.now();
    report();
  }
}

/** Tells what was broken, by the smallest case that can be found. */
async function tell({ seed, world, tape, violation }: ScheduleResult, options: ScheduleOptions): Promise<void> {
  if (!violation) return;
  const { invariant: promise, message } = violation;
  violations.set(promise, [...(violations.get(promise) ?? []), seed]);
  if (!values["keep-going"]) {
    const { assumptions = assumed } = options;
    const found: Case = { promise, seed, ...(assumptions === assumed ? {} : { assumptions }), world, tape };
    const smallest = values["no-shrink"] ? found : await shrink(found);
    // All its faults are on its tape.
    const { mutation: _none, ...rest } = options;
    const { trace } = await runSchedule({ ...rest, ...smallest, only: [promise], trace: true });
    console.log(trace.join("\n"));
    const text = JSON.stringify(smallest, null, 2);
    console.log(`\nThe faults it takes (${smallest.tape.length} of ${tape.length}):`);
    for (const { at, fault } of smallest.tape) console.log(`  ${at}: ${JSON.stringify(fault)}`);
    if (values.keep !== undefined) writeFileSync(values.keep, `${text}\n`);
    else console.log(`\nto keep the case as a file: --keep test/simulation/cases/NAME.json`);
    const more = `${weather === "all" ? "" : ` --weather ${weather}`}${assumption ? ` --beyond ${assumption}` : ""}`;
    const again = values.guided
      ? "--tape FILE, with the case that --keep wrote"
      : `--seed ${seed} --schedules 1${more}`;
    console.error(`again: npm run simulate -- ${again} --trace`);
  }
  console.error(`seed ${seed}: ${message}`);
}

/** Schedules that led somewhere new, and how often each was changed since. */
const corpus: { options: ScheduleOptions; changed: number }[] = [];
const passages = new Set<string>();

/** Whether something was passed that no schedule before has passed. */
function isNew(result: ScheduleResult): boolean {
  const before = passages.size;
  for (const passage of result.passages) passages.add(passage);
  return passages.size > before;
}

/** The next schedule: of its own seed, or one that led somewhere new, with other faults beside. */
function next(seed: number): ScheduleOptions {
  if (!values.guided || corpus.length === 0 || seed % 2 === 0) return toOptions(seed);
  const parent = corpus.reduce((best, one) => (one.changed < best.changed ? one : best));
  parent.changed += 1;
  const { tape = [] } = parent.options;
  // What came late in it may come otherwise: the first part of its tape stays.
  return { ...parent.options, tape: tape.slice(0, Math.ceil(tape.length * ((seed % 7) / 6))), mutation: seed };
}

const reached = values.guards ? await watchGuards() : undefined;
if (values.tape === undefined) {
  for (let seed = first; seed < first + schedules; seed += 1) {
    const options = { ...next(seed), trace: values.trace && schedules === 1 };
    const result = await runSchedule(options);
    note(result);
    const { world, tape } = result;
    const leadsOn = isNew(result);
    if (leadsOn && values.guided) corpus.push({ options: { ...options, world, tape }, changed: 0 });
    if (corpus.length > 2000) corpus.splice(0, 1000);
    if (options.trace) console.log(result.trace.join("\n"));
    await tell(result, options);
    if (result.violation && !values["keep-going"]) break;
  }
} else {
  const { promise: _promise, patch: _patch, ...kept } = JSON.parse(readFileSync(values.tape, "utf8")) as Case;
  const result = await runSchedule({ ...kept, only, trace: values.trace });
  note(result);
  console.log(result.trace.join("\n"));
  if (result.violation) violations.set(result.violation.invariant, [result.seed]);
  if (result.violation) console.error(result.violation.message);
}
report();
if (values.seed === "fresh") {
  console.log(`simulation: seeds ${first} to ${first + done - 1}, ${violations.size === 0 ? "clean" : "broken"}`);
}
if (passages.size > 0)
  console.log(`${passages.size} passages${values.guided ? ` from ${corpus.length} kept schedules` : ""}`);
// By vendor, code and phase there are hundreds.
const faults = Object.entries(troubles)
  .toSorted(([, a], [, b]) => b - a)
  .slice(0, 40);
console.log(`most creates of one run: ${mostCreates}`);
console.log(`faults: ${faults.map(([kind, number]) => `${number} ${kind}`).join(", ")}`);
for (const [invariant, seeds] of violations) {
  console.error(`${invariant}: ${seeds.length} schedules, seeds ${seeds.slice(0, 10).join(", ")}`);
}
process.exitCode = violations.size > 0 ? 1 : 0;
if (reached) {
  const { missed, needless } = judge(await reached());
  for (const { file, line, text } of missed) console.error(`never reached: ${file}:${line}: ${text}`);
  for (const key of needless) console.log(`reached after all: ${key}`);
  const came = Object.keys(troubles);
  const absent = expectedFaults.filter((fault) => !came.some((kind) => fault.test(kind)));
  for (const fault of absent) console.error(`never came: ${fault.source}`);
  if (missed.length + absent.length > 0) process.exitCode = 1;
}
