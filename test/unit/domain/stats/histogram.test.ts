import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDuration, type Histogram, quantile } from "../../../../functions/domain/stats/histogram.ts";
import { totalOf } from "../../../../functions/domain/stats/merge.ts";

const of = (durations: readonly number[]) =>
  durations.reduce<Histogram>((histogram, seconds) => addDuration(histogram, seconds), {});
const seconds = fc.double({ min: 1, max: 600_000, noNaN: true });

describe("a histogram", () => {
  it("tells every quantile within 5 %", () => {
    fc.assert(
      fc.property(
        fc.array(seconds, { minLength: 1, maxLength: 200 }),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        (durations, share) => {
          const sorted = durations.toSorted((a, b) => a - b);
          const exact = sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
          const told = quantile(of(durations), share) ?? 0;
          expect(Math.abs(told - exact)).toBeLessThanOrEqual(exact * 0.05 + 0.1);
        },
      ),
    );
  });

  it("counts each once, in whatever order", () => {
    fc.assert(
      fc.property(fc.array(seconds, { maxLength: 50 }), (durations) => {
        expect(totalOf(of(durations))).toBe(durations.length);
        expect(of(durations)).toEqual(of(durations.toReversed()));
      }),
    );
  });

  it("tells nothing of no durations", () => {
    expect(quantile({}, 0.5)).toBeUndefined();
  });
});
