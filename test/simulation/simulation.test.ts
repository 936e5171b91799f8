import { describe, expect, it } from "vitest";
import { runSchedule } from "./schedule.ts";

/** Enough for every fault to come up; CI runs 2,000. */
const schedules = Number(process.env["SIMULATION_SCHEDULES"] ?? 300);

/** Faults that come to either vendor's creates. */
const createFaults = [
  "hang-before",
  "hang-after",
  "late",
  "reset-before",
  "reset-after",
  "http-500-after",
  "http-502-html",
  "garbage-body",
  "empty-id",
  "throttle",
  "error",
  "error-after-effect",
  "refused",
  "refusal",
  "task-failed",
];
const faults = [
  "crashed",
  "abandoned",
  "timed out",
  "step invoked twice",
  "answer of a step lost",
  "function throttled",
  "execution aborted",
  "execution forgotten",
  "turn given back",
  ...["suspend", "take a gateway", "change credentials"].map((what) => `operator: ${what}`),
  ...["before", "throttled", "after", "repeated", "late"].map((kind) => `DynamoDB ${kind}`),
  ...["before", "after", "repeated", "late"].map((kind) => `Step Functions ${kind}`),
  ...["alibaba", "tencent"].flatMap((vendor) => createFaults.map((kind) => `${vendor} create ${kind}`)),
];

describe("the simulation", () => {
  it(`keeps every promise in ${schedules} schedules of every fault`, async () => {
    const endings = new Set<string>();
    const troubles = new Set<string>();
    for (let seed = 1; seed <= schedules; seed += 1) {
      const { violation, ...result } = await runSchedule({ seed });
      for (const status of Object.keys(result.endings)) endings.add(status);
      for (const kind of Object.keys(result.troubles)) troubles.add(kind);
      if (!violation) continue;
      const { trace } = await runSchedule({ seed, trace: true });
      const again = `npm run simulate -- --seed ${seed} --schedules 1 --trace`;
      expect.fail(`seed ${seed}: ${violation.message}\nagain: ${again}\n${trace.join("\n")}`);
    }
    expect([...endings].toSorted()).toEqual(["canceled", "failed", "succeeded", "unknown"]);
    expect(faults.filter((kind) => !troubles.has(kind))).toEqual([]);
  });

  it("is the same again with the same seed", async () => {
    for (const seed of [3, 14, 159]) {
      const [one, two] = [await runSchedule({ seed, trace: true }), await runSchedule({ seed, trace: true })];
      expect(two.trace).toEqual(one.trace);
      expect(one.trace.length).toBeGreaterThan(20);
    }
  });

  it("is another one with another seed", async () => {
    const [one, two] = [await runSchedule({ seed: 1, trace: true }), await runSchedule({ seed: 2, trace: true })];
    expect(two.trace).not.toEqual(one.trace);
  });
});
