import { parseArgs } from "node:util";
import { safeguards } from "./safeguards.ts";
import { runSchedule } from "./schedule.ts";
import { invariants } from "./violation.ts";

/** `npm run simulate -- --schedules 100000 --seed 1 [--trace] [--keep-going] [--off "<safeguard>"] [--ignore "<promise>"]…` */
const { values } = parseArgs({
  options: {
    schedules: { type: "string", default: "10000" },
    seed: { type: "string", default: "1" },
    trace: { type: "boolean", default: false },
    off: { type: "string" },
    weather: { type: "string", multiple: true, default: [] },
    ignore: { type: "string", multiple: true, default: [] },
    "keep-going": { type: "boolean", default: false },
  },
});
const schedules = Number(values.schedules);
const first = Number(values.seed);
const off = safeguards.find((name) => name === values.off);
if (!Number.isInteger(schedules) || !Number.isInteger(first) || (values.off !== undefined && !off)) {
  console.error(`--schedules and --seed take whole numbers, --off one of: ${safeguards.join(", ")}`);
  process.exit(2);
}

const only = invariants.filter((name) => !values.ignore.includes(name));
const weather = Object.fromEntries(
  values.weather.map((text) => {
    const [kind = "", likelihood] = text.split("=");
    return [kind, Number(likelihood)];
  }),
);
const options = { only, weather, ...(off ? { off } : {}) };

const started = performance.now();
const endings: Record<string, number> = {};
const troubles: Record<string, number> = {};
const violations = new Map<string, number[]>();
let done = 0;
let told = started;

function report(): void {
  const seconds = (performance.now() - started) / 1000;
  const ended = Object.entries(endings).map(([status, count]) => `${count} ${status}`);
  console.log(`${done} schedules, ${(done / seconds).toFixed(1)} a second; requests: ${ended.join(", ")}`);
}

for (let seed = first; seed < first + schedules; seed += 1) {
  const result = await runSchedule({ ...options, seed, trace: values.trace });
  done += 1;
  for (const [status, count] of Object.entries(result.endings)) endings[status] = (endings[status] ?? 0) + count;
  for (const [kind, count] of Object.entries(result.troubles)) troubles[kind] = (troubles[kind] ?? 0) + count;
  if (values.trace && schedules === 1) console.log(result.trace.join("\n"));
  if (result.violation) {
    const { invariant, message } = result.violation;
    violations.set(invariant, [...(violations.get(invariant) ?? []), seed]);
    if (!values["keep-going"]) {
      if (!(values.trace && schedules === 1)) {
        const { trace } = await runSchedule({ ...options, seed, trace: true });
        console.log(trace.join("\n"));
      }
      console.error(`\nseed ${seed}: ${message}`);
      console.error(`again: npm run simulate -- --seed ${seed} --schedules 1 --trace${off ? ` --off "${off}"` : ""}`);
      break;
    }
    console.error(`seed ${seed}: ${message}`);
  }
  if (performance.now() - told > 5000) {
    told = performance.now();
    report();
  }
}
report();
const faults = Object.entries(troubles).toSorted(([, a], [, b]) => b - a);
console.log(`faults: ${faults.map(([kind, count]) => `${count} ${kind}`).join(", ")}`);
for (const [invariant, seeds] of violations) {
  console.error(`${invariant}: ${seeds.length} schedules, seeds ${seeds.slice(0, 10).join(", ")}`);
}
process.exitCode = violations.size > 0 ? 1 : 0;
