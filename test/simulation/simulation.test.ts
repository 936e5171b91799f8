import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { assumed, assumptionNames, beyond } from "./assumptions.ts";
import { calm, type FaultKind } from "./faults.ts";
import { neverBroken } from "./promises/violation.ts";
import { runSchedule, type ScheduleOptions } from "./schedule.ts";
import { type Case, shrink } from "./shrink.ts";
import { calmWorld, drawWorld } from "./world.ts";

/** Of each kind; `npm run simulate` plays a hundred thousand. */
const schedules = Number(process.env["SIMULATION_SCHEDULES"] ?? 100);

/** Plays schedules until one breaks a promise: then the smallest case of it is what is told. Answers how requests ended. */
async function playAll(count: number, options: Omit<ScheduleOptions, "seed"> = {}) {
  const endings = new Set<string>();
  for (let seed = 1; seed <= count; seed += 1) {
    const { violation, world, tape, ...result } = await runSchedule({ ...options, seed });
    for (const status of Object.keys(result.endings)) endings.add(status);
    if (!violation) continue;
    const { assumptions = assumed } = options;
    const smallest = await shrink({ promise: violation.invariant, seed, assumptions, world, tape });
    const { trace } = await runSchedule({ ...options, ...smallest, trace: true });
    expect.fail(`seed ${seed}: ${violation.message}\n${trace.join("\n")}\n${JSON.stringify(smallest.tape, null, 2)}`);
  }
  return endings;
}

describe("the simulation", () => {
  it(`keeps every promise in ${schedules} schedules of every fault`, async () => {
    expect([...(await playAll(schedules))].toSorted()).toEqual(["canceled", "failed", "succeeded", "unknown"]);
  });

  it("is the same again with the same seed, and with the tape of its faults", async () => {
    for (const seed of [3, 14, 159]) {
      const one = await runSchedule({ seed, trace: true });
      const two = await runSchedule({ seed, trace: true });
      expect(two.trace).toEqual(one.trace);
      const played = await runSchedule({ seed, world: one.world, tape: one.tape, trace: true });
      expect(played.trace).toEqual(one.trace);
    }
  });

  it("is another one with another seed", async () => {
    const [one, two] = [await runSchedule({ seed: 1, trace: true }), await runSchedule({ seed: 2, trace: true })];
    expect(two.trace).not.toEqual(one.trace);
  });
});

describe("twice an assumption", () => {
  it.each(assumptionNames)("%s: nobody has two connections", async (name) => {
    await playAll(Math.ceil(schedules / 4), { weather: "vendors", assumptions: beyond(name), only: neverBroken });
  });
});

/** What fails for good: a request must not wait for it longer than it has time. */
const forever: readonly FaultKind[] = ["create", "read", "key", "credentials", "tenant", "webhook", "twice", "slow"];

describe("a fault that never ends", () => {
  it.each(forever)("%s: every request ends all the same", async (kind) => {
    for (let seed = 1; seed <= 3; seed += 1) {
      const drawn = drawWorld(seed, "calm", assumed);
      const plans = drawn.plans.map(({ redriveAt: _at, ...plan }) => ({ ...plan, redrives: 0 }));
      const { faultSeconds: _seconds, ...world } = calmWorld({ gateways: drawn.gateways, plans });
      const { rows, violation } = await runSchedule({ seed, world: { ...world, weather: { ...calm, [kind]: 1 } } });
      expect(violation).toBeUndefined();
      expect(rows.filter(({ completedAt }) => completedAt === undefined)).toEqual([]);
    }
  });
});

const cases = new URL("./cases/", import.meta.url);

describe("what once broke a promise", () => {
  it.each(readdirSync(cases))("%s", async (file) => {
    const {
      promise: _promise,
      patch: _patch,
      ...found
    } = JSON.parse(readFileSync(new URL(file, cases), "utf8")) as Case;
    const { violation } = await runSchedule(found);
    expect(violation).toBeUndefined();
  });
});
