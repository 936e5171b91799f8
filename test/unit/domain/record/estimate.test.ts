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
/** Half of all take 200 s, and of those that took that long half take twice as long. */
const slow: ObservedDurations = {
  ...usualDurations,
  secondsOf: (_provider, _region, elapsed) => (elapsed < 200 ? 200 : elapsed * 2),
};

const secondsLeft = (record: typeof accepted, now: Date, observed = slow) =>
  ((estimateCompletion(record, now, observed)?.getTime() ?? Number.NaN) - now.getTime()) / 1000;

describe("the estimate", () => {
  it("is what its vendor and region take, from the turn on", () => {
    const begun = beginTime(accepted, later(100));
    expect(secondsLeft(begun, later(100))).toBe(200);
    expect(secondsLeft(begun, later(150))).toBe(150);
  });

  it("is later, not over, for what takes longer than most", () => {
    const begun = beginTime(accepted, at);
    expect(secondsLeft(begun, later(250))).toBe(250);
    for (let seconds = 0; seconds < 1700; seconds += 50) expect(secondsLeft(begun, later(seconds))).toBeGreaterThan(0);
  });

  it("is no later than the end of its time", () => {
    const begun = beginTime(accepted, at);
    expect(secondsLeft(begun, later(1790))).toBe(10);
    const queued = queue(accepted, at, 100_000);
    expect(secondsLeft(queued, at)).toBe(86_400);
    const hasty = { ...accepted, request: { ...accepted.request, timeoutSeconds: 60 } };
    expect(secondsLeft(hasty, at)).toBe(60);
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
