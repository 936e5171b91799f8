import { describe, expect, it } from "vitest";
import { createObservedDurations, usualDurations } from "../../../../functions/domain/stats/observed-durations.ts";
import { createFakeClock } from "../../../fakes/fake-clock.ts";
import { createMemoryTallies } from "../../../fakes/memory-tallies.ts";
import { createRecordingLog } from "../../../fakes/recording-log.ts";

const run = { tenant: "acme", status: "succeeded", provider: "alibaba", region: "cn-shanghai", seconds: 300 } as const;

async function createDeps(durations: readonly number[], hour = "2026-01-01T00") {
  const tallies = createMemoryTallies();
  for (const workSeconds of durations) await tallies.add({ ...run, workSeconds }, hour);
  return { tallies, clock: createFakeClock("2026-01-01T00:30:00.000Z"), ...createRecordingLog() };
}

/** What is told after the first question has had it read. */
async function toldOf(deps: Awaited<ReturnType<typeof createDeps>>, region = "cn-shanghai", elapsed = 0) {
  const durations = createObservedDurations(deps);
  durations.refresh();
  await new Promise(setImmediate);
  return durations.secondsOf("alibaba", region, elapsed);
}

const usual = usualDurations.secondsOf("alibaba", "cn-shanghai", 0);

describe("observed durations", () => {
  it("are the median of the region's last day", async () => {
    const told = await toldOf(await createDeps([100, 200, 200, 200, 900]));
    expect(told).toBeCloseTo(200, -1.3);
  });

  it("are what nearly all take, of what takes longer than the median, and unknown of what takes longer still", async () => {
    const deps = await createDeps([100, 200, 200, 200, 900]);
    expect(await toldOf(deps, "cn-shanghai", 250)).toBeCloseTo(900, -1.9);
    expect(await toldOf(deps, "cn-shanghai", 950)).toBeUndefined();
    expect(usualDurations.secondsOf("alibaba", "cn-shanghai", 61)).toBeUndefined();
  });

  it("tell what nearly all take, and what is usual where there are too few", async () => {
    const mostOf = async (seconds: readonly number[]) => {
      const durations = createObservedDurations(await createDeps(seconds));
      durations.refresh();
      await new Promise(setImmediate);
      return durations.mostSecondsOf("alibaba", "cn-shanghai");
    };
    expect(await mostOf([100, 200, 200, 200, 900])).toBeCloseTo(900, -1.9);
    expect(await mostOf([100, 200])).toBe(60);
  });

  it.each([
    ["there are too few", [200, 200], "2026-01-01T00", "cn-shanghai"],
    ["they are of another region", [200, 200, 200, 200, 200], "2026-01-01T00", "cn-beijing"],
    ["they are of the day before yesterday", [200, 200, 200, 200, 200], "2025-12-30T23", "cn-shanghai"],
  ])("are what is usual where %s", async (_when, durations, hour, region) => {
    expect(await toldOf(await createDeps(durations, hour), region)).toBe(usual);
  });

  it("are what is usual where they cannot be read, and what was known stays", async () => {
    const deps = await createDeps([]);
    const failing = { ...deps.tallies, read: () => Promise.reject(new Error("down")) };
    expect(await toldOf({ ...deps, tallies: failing })).toBe(usual);
    expect(deps.lines).toMatchObject([{ event: "durations_not_read", error: "Error" }]);
  });
});
