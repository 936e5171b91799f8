import { describe, expect, it } from "vitest";
import type { Weather } from "../simulation/chaos.ts";
import type { Safeguard } from "../simulation/safeguards.ts";
import { runSchedule } from "../simulation/schedule.ts";
import type { Invariant } from "../simulation/violation.ts";

interface Bite {
  off: Safeguard;
  /** What the safeguard is there for. */
  promises: readonly Invariant[];
  /** The faults that it is there against. */
  weather: Partial<Weather>;
}

const unclearCreates = { vendorCreate: 0.7 };
const bites: Bite[] = [
  { off: "lookup", promises: ["one connection per request"], weather: unclearCreates },
  { off: "stable token", promises: ["one connection per request"], weather: unclearCreates },
  { off: "turn", promises: ["one create at a time"], weather: {} },
  { off: "queue order", promises: ["in order of arrival"], weather: {} },
  {
    off: "generation check",
    promises: ["one ending per generation", "a failed request has no connection"],
    weather: { vendorCreate: 0.9, repeated: 0.8, slow: 0.3 },
  },
  { off: "write-ahead", promises: ["one connection per request"], weather: { crash: 0.05 } },
  { off: "settle window", promises: ["one connection per request"], weather: unclearCreates },
  { off: "taking again", promises: ["a create has the turn"], weather: { vendorRead: 0.4 } },
  { off: "permission", promises: ["a create is permitted"], weather: {} },
  { off: "sweeper", promises: ["nothing is stuck"], weather: { execution: 0.1 } },
];
const maxSchedules = 2000;

/** The first schedule that misses the safeguard: all is well with it, and one of its promises is broken without. */
async function findBite({ off, promises: only, weather }: Bite) {
  for (let seed = 1; seed <= maxSchedules; seed += 1) {
    const { violation } = await runSchedule({ seed, off, only, weather });
    if (violation && !(await runSchedule({ seed, only, weather })).violation) return { seed, violation };
  }
  return undefined;
}

describe("the simulation notices when a safeguard is missing", () => {
  it.each(bites)("$off", async (bite) => {
    const found = await findBite(bite);
    expect(found).toBeDefined();
  });
});
