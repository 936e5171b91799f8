import { describe, expect, it } from "vitest";
import {
  formatDuration,
  formatExactly,
  formatTime,
  fromInput,
  toInput,
} from "../../../../packages/dashboard/src/time/format-time.ts";

const time = "2026-11-20T08:30:05.123Z";
const now = Date.parse("2026-11-20T10:00:00.000Z");
const day = 86_400_000;

describe("times", () => {
  it("are without a day on the same day, and with it on another", () => {
    expect(formatTime(time, "utc", now)).toBe("08:30:05Z");
    expect(formatTime(time, "utc", now + day)).toBe("2026-11-20 08:30Z");
    expect(formatTime(time, "local", now)).toMatch(/^(2026-11-\d\d )?\d\d:\d\d(:\d\d)?$/);
  });

  it.each([
    [0, "now"],
    [5, "5 s ago"],
    [125, "2 min ago"],
    [7300, "2 h ago"],
    [200_000, "2 d ago"],
    [-90, "in 1 min"],
  ])("%j seconds ago are %s", (seconds, text) => {
    expect(formatTime(time, "relative", Date.parse(time) + seconds * 1000)).toBe(text);
  });

  it("are exact for who asks", () => {
    expect(formatExactly(time, "utc")).toBe(time);
    expect(formatExactly(time, "local")).toMatch(/^2026-11-\d\d \d\d:\d\d:05\.123 [+-]\d\d:\d\d$/);
  });

  it.each(["local", "utc"] as const)("come back from an input, %s, to the second", (mode) => {
    expect(fromInput(toInput(time, mode), mode)).toBe("2026-11-20T08:30:05.000Z");
    expect([toInput("soon", mode), fromInput("", mode), fromInput("soon", mode)]).toEqual(["", undefined, undefined]);
  });
});

describe("lengths of time", () => {
  it.each([
    [0, "0 s"],
    [0.0004, "1 ms"],
    [0.25, "250 ms"],
    [6.64, "6.6 s"],
    [59.6, "1 min"],
    [65, "1 min 5 s"],
    [3600, "1 h"],
    [7500, "2 h 5 min"],
    [90_000, "1 d 1 h"],
  ])("%j seconds are %s", (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });
});
