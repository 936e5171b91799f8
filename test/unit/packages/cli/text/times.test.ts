import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toAge, toSpan, toTime } from "../../../../../packages/cli/src/text/times.ts";

const unitSeconds: Record<string, number> = { s: 1, min: 60, h: 3600, d: 86_400 };

describe("a span of time", () => {
  it.each([
    [0, "0 s"],
    [0.4, "0 s"],
    [99, "99 s"],
    [100, "2 min"],
    [720, "12 min"],
    [6000, "2 h"],
    [10_800, "3 h"],
    [172_799, "48 h"],
    [172_800, "2 d"],
    [432_000, "5 d"],
    [-5, "0 s"],
  ])("of %d seconds is %s", (seconds, text) => {
    expect(toSpan(seconds)).toBe(text);
  });

  it("is true to half of its unit, and shorter than 101 of it up to two days", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 40_000_000, noNaN: true }), (seconds) => {
        const [, amount = "", unit = ""] = /^(\d+) (s|min|h|d)$/.exec(toSpan(seconds)) ?? [];
        const size = unitSeconds[unit] ?? Number.NaN;
        expect(Math.abs(Number(amount) * size - seconds)).toBeLessThanOrEqual(size / 2);
        if (unit !== "d") expect(Number(amount)).toBeLessThanOrEqual(100);
      }),
    );
  });
});

describe("a time", () => {
  const now = new Date("2026-11-20T08:00:00.000Z");

  it("is told with how far it is from now", () => {
    expect(toTime("2026-11-20T07:48:00.000Z", now)).toBe("2026-11-20T07:48:00.000Z (12 min ago)");
    expect(toTime("2026-11-20T08:00:30.000Z", now)).toBe("2026-11-20T08:00:30.000Z (in 30 s)");
  });

  it("is as old as it is, and what is of another computer's clock is not younger than now", () => {
    expect(toAge("2026-11-19T08:00:00.000Z", now)).toBe("24 h");
    expect(toAge("2026-11-20T08:00:05.000Z", now)).toBe("0 s");
  });
});
