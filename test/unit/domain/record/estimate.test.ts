import { describe, expect, it } from "vitest";
import { beginTime } from "../../../../functions/domain/record/deadlines.ts";
import { estimateCompletion } from "../../../../functions/domain/record/estimate.ts";
import { end, queue } from "../../../../functions/domain/record/transitions.ts";
import { type ObservedDurations, usualDurations } from "../../../../functions/domain/stats/observed-durations.ts";
import { createAcceptedRecord } from "../../../support/accepting.ts";
import { validAlibabaRequest, validTencentRequest } from "../../../support/create-requests.ts";

const accepted = await createAcceptedRecord();
const at = new Date(accepted.createdAt);
const later = (seconds: number) => new Date(at.getTime() + seconds * 1000);
/** Half of all take 200 s, nearly all 500 s. */
const slow: ObservedDurations = {
  ...usualDurations,
  secondsOf: (_provider, _region, elapsed) => [200, 500].find((seconds) => seconds > elapsed),
};

const secondsLeft = (record: typeof accepted, now: Date, observed = slow) =>
  ((estimateCompletion(record, now, observed)?.getTime() ?? Number.NaN) - now.getTime()) / 1000;
/** Every time that is told while the clock goes, in seconds from the record's creation. */
const toldOf = (record: typeof accepted, seconds: number, observed = slow) => {
  const told = Array.from({ length: seconds }, (_, second) => estimateCompletion(record, later(second), observed));
  return [...new Set(told.map((end) => end && (end.getTime() - at.getTime()) / 1000))];
};

describe("the estimate", () => {
  it("is what its vendor and region take, from the turn on", () => {
    const begun = beginTime(accepted, later(100));
    expect(secondsLeft(begun, later(100))).toBe(200);
    expect(secondsLeft(begun, later(150))).toBe(150);
  });

  it("does not go with the clock: later once for what takes longer than most, and none for what takes longer than known", () => {
    const begun = beginTime(accepted, at);
    expect(toldOf(begun, 1900)).toEqual([200, 500, undefined]);
    expect(toldOf(begun, 1900, usualDurations)).toEqual([60, undefined]);
    expect(toldOf(accepted, 1900)).toEqual([200, 500, undefined]);
  });

  it("is none behind a request that has had the turn for longer than known, until the queue goes on", async () => {
    const queued = queue(accepted, at, 3);
    expect(toldOf(queued, 2000)).toEqual([3 * 210 + 200, 510 + 2 * 210 + 200, undefined]);
    expect(secondsLeft(queue(queued, later(2000), 2), later(2000))).toBe(2 * 210 + 200);
    const { timeoutSeconds = 0, ...request } = validTencentRequest();
    const tencent = queue(await createAcceptedRecord({ ...request, timeoutSeconds }), at, 3);
    expect(toldOf(tencent, 2000)).toEqual([3 * 15 + timeoutSeconds, 30 + 2 * 15 + timeoutSeconds, undefined]);
    const settling = queue(accepted, at, 0);
    expect(toldOf(settling, 2000)).toEqual([210 + 200, 510 + 200, undefined]);
  });

  it("is no later than the end of its time", () => {
    const hasty = { ...accepted, request: { ...accepted.request, timeoutSeconds: 60 } };
    expect(toldOf(beginTime(hasty, at), 600)).toEqual([60, undefined]);
    expect(toldOf(hasty, 600)).toEqual([60, undefined]);
    const queued = queue(accepted, at, 100_000);
    expect(secondsLeft(queued, at)).toBe(86_400);
    expect(secondsLeft(queued, later(86_400))).toBeNaN();
  });

  it("has the queue in it: at Alibaba Cloud a whole creation each, at Tencent Cloud a turn", async () => {
    expect(secondsLeft(queue(accepted, at, 3), at)).toBe(3 * 210 + 200);
    const tencent = await createAcceptedRecord(validTencentRequest());
    expect(secondsLeft(queue(tencent, at, 3), at)).toBeLessThan(3 * 60 + 201);
    expect(validAlibabaRequest().provider).toBe(accepted.request.provider);
  });

  it("is there without anything observed, and gone with the end", () => {
    expect(secondsLeft(accepted, at, usualDurations)).toBeGreaterThan(0);
    const ended = end(accepted, later(9), { status: "succeeded", reason: "ready" });
    expect(estimateCompletion(ended, later(9), slow)).toBeUndefined();
  });
});
