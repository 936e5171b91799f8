import { describe, expect, it } from "vitest";
import { end } from "../../../../functions/domain/record/transitions.ts";
import { emptyBucket, greaterOf } from "../../../../functions/domain/stats/bucket.ts";
import { recountTallies } from "../../../../functions/domain/stats/recount.ts";
import { tallyEnd } from "../../../../functions/domain/stats/tallies.ts";
import { createFakeClock } from "../../../fakes/fake-clock.ts";
import { createMemoryTallies } from "../../../fakes/memory-tallies.ts";
import { createRecordingLog } from "../../../fakes/recording-log.ts";
import { createAcceptedRecord } from "../../../support/accepting.ts";

const run = {
  tenant: "acme",
  status: "failed",
  provider: "tencent",
  region: "ap-shanghai",
  errorCode: "provider_quota",
} as const;
const cell = "failed#tencent#ap-shanghai#provider_quota";
const hour = "2026-01-01T00";
const countOf = async (tallies: ReturnType<typeof createMemoryTallies>, tenant: string, at = hour) =>
  (await tallies.read(tenant, [at])).get(at)?.counts[cell];

describe("counting anew", () => {
  it("finds what was never counted, for its tenant and for all, once the hour is over for a while", async () => {
    const tallies = createMemoryTallies();
    tallies.ended.set(hour, [run, run, { ...run, tenant: "other" }]);
    await tallies.add(run, hour);
    const clock = createFakeClock("2026-01-01T01:09:59.000Z");
    await recountTallies({ tallies, clock });
    expect(await countOf(tallies, "acme")).toBe(1);
    clock.advance(1000);
    await recountTallies({ tallies, clock });
    expect(await Promise.all(["acme", "other", "*"].map((tenant) => countOf(tallies, tenant)))).toEqual([2, 1, 3]);
    expect(await tallies.checkedUntil()).toBe(hour);
  });

  it("takes nothing away: a request that was run again has ended twice", async () => {
    const tallies = createMemoryTallies();
    tallies.ended.set(hour, [run]);
    await tallies.add(run, hour);
    await tallies.add(run, hour);
    await recountTallies({ tallies, clock: createFakeClock("2026-01-01T02:00:00.000Z") });
    expect(await countOf(tallies, "acme")).toBe(2);
  });

  it("goes on where it was, hour by hour, however long nobody swept", async () => {
    const tallies = createMemoryTallies();
    const hours = ["2026-01-01T00", "2026-01-03T07", "2026-01-09T23"];
    for (const at of hours) tallies.ended.set(at, [run]);
    const clock = createFakeClock("2026-01-10T01:00:00.000Z");
    for (let sweeps = 0; sweeps < 3; sweeps += 1) await recountTallies({ tallies, clock });
    expect(await Promise.all(hours.map((at) => countOf(tallies, "acme", at)))).toEqual([1, 1, 1]);
    expect(await tallies.checkedUntil()).toBe("2026-01-09T23");
  });

  it("begins with the oldest hour that can be asked for, in a table that is years old", async () => {
    const tallies = createMemoryTallies();
    for (const at of ["2023-01-01T00", "2026-01-01T00"]) tallies.ended.set(at, [run]);
    await recountTallies({ tallies, clock: createFakeClock("2026-01-31T00:30:00.000Z") });
    expect(await countOf(tallies, "acme")).toBe(1);
    expect(await countOf(tallies, "acme", "2023-01-01T00")).toBeUndefined();
  });

  it("leaves alone an hour in which more regions were named than a bucket has room for", async () => {
    const tallies = createMemoryTallies();
    const runs = Array.from({ length: 2000 }, (_, n) => ({ ...run, region: `${"x-".repeat(50)}${n}` }));
    for (const one of runs) await tallies.add(one, hour);
    tallies.ended.set(hour, runs.toReversed());
    await recountTallies({ tallies, clock: createFakeClock("2026-01-01T02:00:00.000Z") });
    const bucket = (await tallies.read("acme", [hour])).get(hour) ?? emptyBucket;
    expect(Object.values(bucket.counts).reduce((sum, count) => sum + count, 0)).toBe(2000);
    expect(Buffer.byteLength(JSON.stringify(bucket))).toBeLessThan(100_000);
    expect(await tallies.checkedUntil()).toBe(hour);
  });

  it("has nothing to do where nothing has ended", async () => {
    const tallies = createMemoryTallies();
    await recountTallies({ tallies, clock: createFakeClock() });
    expect(await tallies.checkedUntil()).toBeUndefined();
  });
});

describe("an end", () => {
  const at = new Date("2026-01-01T00:00:00.000Z");

  it("that cannot be counted is in the log, and keeps nothing waiting", async () => {
    const { log, lines } = createRecordingLog();
    const tallies = { ...createMemoryTallies(), add: () => Promise.reject(new Error("down")) };
    const record = end(await createAcceptedRecord(), at, { status: "succeeded", reason: "ready" });
    await tallyEnd({ tallies, log }, record);
    expect(lines).toMatchObject([{ event: "tally_failed", connectionId: record.id, error: "Error" }]);
  });

  it("is counted from the acceptance, and from the turn at the gateway", async () => {
    const { log } = createRecordingLog();
    const tallies = createMemoryTallies();
    const accepted = await createAcceptedRecord();
    const turn = new Date(Date.parse(accepted.createdAt) + 100_000);
    const begun = { ...accepted, deadlineAt: new Date(turn.getTime() + 1_800_000).toISOString() };
    const ended = end(begun, new Date(turn.getTime() + 50_000), { status: "succeeded", reason: "ready" });
    await tallyEnd({ tallies, log }, ended);
    const bucket = (await tallies.read(ended.tenant, [hour])).get(hour) ?? emptyBucket;
    const place = `alibaba#${ended.request.region}`;
    const only = (steps: object | undefined) => Object.entries(steps ?? {});
    expect(only(bucket.seconds[place])).toEqual([[String(Math.ceil(Math.log(150) / Math.log(1.08))), 1]]);
    expect(only(bucket.workSeconds[place])).toEqual([[String(Math.ceil(Math.log(50) / Math.log(1.08))), 1]]);
  });
});

it("the greater of two countings is the very first one where nothing of the second is greater", () => {
  const a = { ...emptyBucket, counts: { a: 1, b: 2 } };
  expect(greaterOf(a, { ...emptyBucket, counts: { b: 1 } })).toBe(a);
  expect(greaterOf(a, { ...emptyBucket, counts: { a: 2 } }).counts).toEqual({ a: 2, b: 2 });
});
