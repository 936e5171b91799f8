import { describe, expect, it } from "vitest";
import type { ConnectionRecord, TimelineEvent } from "../../../../functions/domain/record/connection-record.ts";
import { acceptAttempt, beginAttempt } from "../../../../functions/domain/record/create-attempt.ts";
import { raiseGeneration } from "../../../../functions/domain/record/recovery.ts";
import { explain, noteCalls } from "../../../../functions/domain/record/timeline.ts";
import { createAcceptedRecord } from "../../../support/accepting.ts";
import { at, attempt, call, expectRevised, later, statusesOf } from "../../../support/record-changes.ts";

const accepted = await createAcceptedRecord();

describe("explain", () => {
  it("is a change when the reason is another, and none when it is the same", () => {
    const explained = explain(accepted, at, "waiting");
    expectRevised(accepted, explained);
    expect(explained.statusReason).toBe("waiting");
    expect(explain(explained, at, "waiting")).toBe(explained);
  });
});

describe("vendor calls on the timeline", () => {
  const callsOf = (record: ConnectionRecord) => record.events.filter((event) => event.type === "vendor_call");

  it("are no change that a caller waits for", () => {
    const noted = noteCalls(accepted, at, [call()]);
    expect(noted).toMatchObject({ revision: accepted.revision, updatedAt: accepted.updatedAt });
    expect(callsOf(noted)).toEqual([
      { type: "vendor_call", at: at.toISOString(), lastAt: at.toISOString(), count: 1, ...call() },
    ]);
  });

  it.each([
    ["as long as it asked for", [{}, { retryAfterSeconds: 7 }], 7],
    ["as long as the longest of them", [{ retryAfterSeconds: 9 }, { retryAfterSeconds: 7 }], 9],
    ["ten minutes at most", [{ retryAfterSeconds: 86_400 }], 600],
  ])("keep us away from the vendor %s, and off the timeline", (_, calls, seconds) => {
    const noted = noteCalls(accepted, at, calls.map(call));
    expect(noted.providerNotBefore).toBe(later(seconds).toISOString());
    expect(JSON.stringify(callsOf(noted))).not.toContain("retryAfter");
    expect(noteCalls(noted, later(1), [call()]).providerNotBefore).toBe(noted.providerNotBefore);
  });

  it("are folded into one while they say the same, with the last one's facts", () => {
    let record = noteCalls(accepted, at, [call({ providerRequestId: "r-1" })]);
    for (let count = 1; count < 500; count += 1)
      record = noteCalls(record, later(count), [call({ providerRequestId: `r-${count}` })]);
    expect(callsOf(record)).toEqual([
      {
        type: "vendor_call",
        at: at.toISOString(),
        lastAt: later(499).toISOString(),
        count: 500,
        ...call({ providerRequestId: "r-499" }),
      },
    ]);
  });

  it("are folded also when two kinds take turns", () => {
    const round = [call(), call({ action: "DescribeVpnConnection" })];
    const record = noteCalls(noteCalls(noteCalls(accepted, at, round), later(1), round), later(2), round);
    expect(callsOf(record).map((event) => [event.action, event.count])).toEqual([
      ["DescribeVpnGateway", 3],
      ["DescribeVpnConnection", 3],
    ]);
  });

  it("are kept apart by outcome", () => {
    const record = noteCalls(accepted, at, [call(), call({ outcome: "Throttling.User" }), call()]);
    expect(callsOf(record).map((event) => [event.outcome, event.count])).toEqual([
      ["ok", 2],
      ["Throttling.User", 1],
    ]);
  });

  it("are kept apart by what happened between them", () => {
    const begun = beginAttempt(noteCalls(accepted, at, [call()]), at, attempt);
    expect(callsOf(noteCalls(begun, later(1), [call()])).map(({ count }) => count)).toEqual([1, 1]);
    const raised = raiseGeneration(noteCalls(accepted, at, [call()]), at, "started again");
    expect(callsOf(noteCalls(raised, later(1), [call()]))).toHaveLength(2);
  });

  it("do not touch the record they were noted on", () => {
    const before = structuredClone(accepted);
    noteCalls(noteCalls(accepted, at, [call()]), later(1), [call()]);
    expect(accepted).toEqual(before);
  });
});

describe("a timeline that grows past its bound", () => {
  const many = Array.from({ length: 1000 }, (_, index) => call({ outcome: `error-${index}` }));

  it("is bounded, loses the oldest calls and no change of status", () => {
    const begun = beginAttempt(accepted, at, attempt);
    const record = acceptAttempt(noteCalls(begun, at, many), later(1), { connectionId: "vco-1" }, "accepted");
    expect(record.events).toHaveLength(400);
    expect(statusesOf(record)).toEqual(["accepted", "creating", "provisioning"]);
    const outcomes = record.events.flatMap((event) => (event.type === "vendor_call" ? [event.outcome] : []));
    expect(outcomes).toEqual(many.slice(-397).map(({ outcome }) => outcome));
  });

  it("keeps its order", () => {
    let record = accepted;
    for (let index = 0; index < 500; index += 1)
      record = noteCalls(record, later(index), [call({ outcome: `error-${index}` })]);
    const times = record.events.map((event: TimelineEvent) => event.at);
    expect(times).toEqual(times.toSorted());
  });
});
