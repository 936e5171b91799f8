import { describe, expect, it } from "vitest";
import { stack, toLines, toNiceMax } from "../../../../packages/dashboard/src/overview/chart-scale.ts";

describe("charts", () => {
  it.each([
    [0, 1],
    [1, 1],
    [3, 5],
    [6, 10],
    [11, 20],
    [50, 50],
    [730, 1000],
  ])("for at most %j have an axis up to %j", (value, max) => {
    expect(toNiceMax(value)).toBe(max);
  });

  it("stack outcomes from the bottom, without those that there are not", () => {
    const parts = stack({ succeeded: 2, failed: 1, canceled: 0, unknown: 1 }, 4);
    expect(parts).toEqual([
      { kind: "succeeded", y: 0.5, height: 0.5 },
      { kind: "failed", y: 0.25, height: 0.25 },
      { kind: "unknown", y: 0, height: 0.25 },
    ]);
  });

  it("break a line where there is no value", () => {
    expect(toLines([1, 0.5, undefined, 0], 1)).toEqual([
      [
        { x: 0.125, y: 0 },
        { x: 0.375, y: 0.5 },
      ],
      [{ x: 0.875, y: 1 }],
    ]);
    expect(toLines([], 1)).toEqual([]);
  });
});
