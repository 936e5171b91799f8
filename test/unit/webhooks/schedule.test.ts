import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nextPause } from "../../../functions/webhooks/schedule.ts";

/** Every pause of the schedule, in seconds. */
function pauses(random = 0): number[] {
  const found: number[] = [];
  for (let attempts = 1; ; attempts += 1) {
    const pause = nextPause(attempts, random);
    if (pause === undefined) return found;
    found.push(pause);
  }
}

const attempts = fc.integer({ min: 1, max: pauses().length });
const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe("the schedule", () => {
  it("goes on for at least 27 hours in growing pauses, the first a few seconds long", () => {
    const found = pauses();
    expect(found.reduce((sum, pause) => sum + pause, 0)).toBeGreaterThanOrEqual(27 * 3600);
    expect(found).toEqual(found.toSorted((a, b) => a - b));
    expect(found[0]).toBeLessThanOrEqual(60);
  });

  it("ends, and stays ended", () => {
    const count = pauses().length;
    expect(nextPause(count + 1, 0.5, 60)).toBeUndefined();
    expect(nextPause(1000, 0.5)).toBeUndefined();
  });

  it("varies by up to a tenth, in whole seconds, and never less than the pause", () => {
    fc.assert(
      fc.property(attempts, random, (attempt, chance) => {
        const least = nextPause(attempt, 0) ?? 0;
        const pause = nextPause(attempt, chance) ?? 0;
        expect(Number.isInteger(pause)).toBe(true);
        expect(pause).toBeGreaterThanOrEqual(least);
        expect(pause).toBeLessThanOrEqual(Math.ceil(least * 1.1));
      }),
    );
    expect(new Set([0, 0.25, 0.5, 0.75, 0.99].map((chance) => nextPause(4, chance))).size).toBe(5);
  });

  it("never comes back before the receiver wants it, and stays away for hours at most", () => {
    fc.assert(
      fc.property(attempts, random, fc.integer({ min: 0, max: 1_000_000 }), (attempt, chance, retryAfter) => {
        const usual = nextPause(attempt, chance) ?? 0;
        const pause = nextPause(attempt, chance, retryAfter) ?? 0;
        expect(pause).toBe(Math.max(usual, Math.min(retryAfter, 36_000)));
      }),
    );
  });
});
