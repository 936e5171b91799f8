import { describe, expect, it } from "vitest";
import { beginTime, deadlineOf, warnOfQueue } from "../../../../functions/domain/record/deadlines.ts";
import { restart } from "../../../../functions/domain/record/recovery.ts";
import { createAcceptedRecord } from "../../../support/accepting.ts";
import { validAlibabaRequest } from "../../../support/create-requests.ts";

const request = { ...validAlibabaRequest(), timeoutSeconds: 60, queueTimeoutSeconds: 600 };
const accepted = await createAcceptedRecord(request);
const at = new Date("2026-01-01T00:05:00.000Z");

describe("the deadline that counts", () => {
  it("is the queue's until the first turn, and the request's own from then on", () => {
    expect(deadlineOf(accepted)).toEqual({ at: new Date("2026-01-01T00:10:00.000Z"), member: "queueTimeoutSeconds" });
    const begun = beginTime(accepted, at);
    expect(deadlineOf(begun)).toEqual({ at: new Date("2026-01-01T00:06:00.000Z"), member: "timeoutSeconds" });
    expect(beginTime(begun, new Date("2026-01-01T00:05:30.000Z"))).toBe(begun);
  });

  it("is the queue's again after a redrive, with the whole of its time", () => {
    const again = restart({ ...beginTime(accepted, at), status: "failed" }, at, { reason: "again", by: "tests" });
    expect(deadlineOf(again)).toEqual({ at: new Date("2026-01-01T00:15:00.000Z"), member: "queueTimeoutSeconds" });
  });
});

describe("a queue", () => {
  it.each([
    ["alibaba", 800, 10],
    ["tencent", 150, 10],
  ] as const)(
    "at %s is warned of where its usual turns take longer than %i s",
    (provider, queueTimeoutSeconds, ahead) => {
      expect(warnOfQueue({ provider, queueTimeoutSeconds }, ahead)).toEqual([]);
      expect(warnOfQueue({ provider, queueTimeoutSeconds: queueTimeoutSeconds - 1 }, ahead)).toHaveLength(1);
    },
  );
});
