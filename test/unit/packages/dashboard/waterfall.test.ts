import type { TimelineEvent } from "@vpn-broker/client";
import { describe, expect, it } from "vitest";
import { createTimeScale } from "../../../../packages/dashboard/src/request/time-scale.ts";
import { layOut } from "../../../../packages/dashboard/src/request/waterfall.ts";

const start = Date.parse("2026-11-20T08:00:00.000Z");
const at = (second: number) => new Date(start + second * 1000).toISOString();
const status = (second: number, name: "accepted" | "queued" | "creating" | "provisioning" | "succeeded" | "failed") =>
  ({ type: "status", at: at(second), status: name, reason: "" }) as const;
const call = (second: number, outcome: string, part: object = {}) =>
  ({
    type: "vendor_call",
    at: at(second),
    lastAt: at(second),
    count: 1,
    action: "Create",
    durationMilliseconds: 500,
    outcome,
    ...part,
  }) as const;
const events: TimelineEvent[] = [
  status(0, "accepted"),
  status(10, "queued"),
  status(40, "creating"),
  call(41, "Busy"),
  call(45, "ok"),
  status(46, "provisioning"),
  status(100, "succeeded"),
];

describe("the waterfall of a request", () => {
  it("draws waiting for the turn apart from working, and moments as such", () => {
    const { lines } = layOut(events, 0);
    expect(lines.map(({ kind }) => kind)).toEqual([
      "waiting",
      "waiting",
      "working",
      "call",
      "call",
      "working",
      "moment",
    ]);
  });

  it("has each phase last until the next, and calls begin before they are told of", () => {
    const spans = layOut(events, 0).lines.map(({ from, until }) => [(from - start) / 1000, (until - start) / 1000]);
    expect(spans).toEqual([
      [0, 10],
      [10, 40],
      [40, 46],
      [40.5, 41],
      [44.5, 45],
      [46, 100],
      [100, 100],
    ]);
  });

  it("keeps everything within the drawing, in order, and visible", () => {
    const { lines } = layOut(events, 0);
    for (const { left, width } of lines) {
      expect(left).toBeGreaterThanOrEqual(0);
      expect(width).toBeGreaterThan(0);
      expect(left + width).toBeLessThanOrEqual(1.000_001);
    }
    const lefts = lines.map(({ left }) => left);
    expect(lefts).toEqual(lefts.toSorted((a, b) => a - b));
  });

  it("lets what goes on last until now", () => {
    const [line] = layOut([status(0, "accepted")], start + 7000).lines;
    expect((line?.until ?? 0) - start).toBe(7000);
  });

  it("marks what failed, also where it went well later", () => {
    const { lines } = layOut([...events, status(101, "failed")], 0);
    expect(lines.filter(({ isFailed }) => isFailed).map(({ event }) => event.at)).toEqual([at(41), at(101)]);
  });

  it("draws repeated calls from the first to the last", () => {
    const [line] = layOut([call(10, "ok", { count: 5, lastAt: at(60) })], 0).lines;
    expect([line?.from, line?.until]).toEqual([start + 10_000, start + 60_000]);
  });

  it("leaves room for seconds of work after hours of waiting, and says what it shortened", () => {
    const hours = 5 * 3600;
    const { lines, gaps } = layOut(
      [status(0, "queued"), status(hours, "creating"), status(hours + 20, "succeeded")],
      0,
    );
    expect(lines[1]?.width).toBeGreaterThan(0.15);
    expect(gaps.map(({ seconds }) => seconds)).toEqual([hours]);
  });

  it("lays nothing out of nothing", () => {
    expect(layOut([], start)).toEqual({ lines: [], gaps: [] });
  });
});

describe("the scale of time", () => {
  it("is in proportion where nothing is long", () => {
    const { at: place, gaps } = createTimeScale([0, 100, 1000], Infinity);
    expect([place(-5), place(0), place(100), place(550), place(1000), place(2000)]).toEqual([0, 0, 0.1, 0.55, 1, 1]);
    expect(gaps).toEqual([]);
  });

  it("draws ten times as long as one more of the longest", () => {
    const { at: place, gaps } = createTimeScale([0, 10, 110], 10);
    expect(place(10)).toBeCloseTo(1 / 3);
    expect(gaps).toMatchObject([{ seconds: 0.1 }]);
  });
});
