import { describe, expect, it } from "vitest";
import type {
  ConnectionRecord,
  CreateAttempt,
  TimelineEvent,
  VendorCall,
} from "../../../functions/domain/connection-record.ts";
import type { JobError } from "../../../functions/domain/errors.ts";
import { acceptAttempt, beginAttempt, failJob, refuseAttempt } from "../../../functions/domain/create-attempt.ts";
import { raiseGeneration } from "../../../functions/domain/recovery.ts";
import { explain, noteCalls } from "../../../functions/domain/timeline.ts";
import { end, type Ending, isOpen, noteDelivery, noteTunnels } from "../../../functions/domain/transitions.ts";
import { createAcceptedRecord } from "../../support/accepting.ts";
import { validDualTunnelRequest, validPairsRequest } from "../../support/create-requests.ts";

const accepted = await createAcceptedRecord();
const at = new Date("2026-01-01T00:00:10.000Z");
const attempt: CreateAttempt = {
  number: 1,
  state: "open",
  unanswered: 0,
  sends: 1,
  startedAt: at.toISOString(),
  settledAt: "2026-01-01T00:02:10.000Z",
  action: "CreateVpnConnection",
  parameters: { Name: "hq" },
};
const refusal: JobError = { code: "provider_quota", message: "no room", retryable: true, advice: "Make room." };
const call = (patch: Partial<VendorCall> = {}): VendorCall => ({
  action: "DescribeVpnGateway",
  outcome: "ok",
  durationMilliseconds: 5,
  ...patch,
});
const later = (seconds: number) => new Date(at.getTime() + seconds * 1000);
const statusesOf = (record: ConnectionRecord) =>
  record.events.flatMap((event) => (event.type === "status" ? [event.status] : []));

/** What every change that a caller can see does. */
function expectRevised(from: ConnectionRecord, to: ConnectionRecord): void {
  expect(to.revision).toBe(from.revision + 1);
  expect(to.updatedAt).toBe(at.toISOString());
  expect(to.version).toBe(from.version);
}

describe("an attempt", () => {
  const begun = beginAttempt(accepted, at, attempt);

  it("begins: creating, told on the timeline in the same write", () => {
    expectRevised(accepted, begun);
    expect(begun).toMatchObject({ status: "creating", attempts: 1, create: attempt });
    expect(statusesOf(begun)).toEqual(["accepted", "creating"]);
  });

  it("that is another one of the same run tells no new status", () => {
    const second = beginAttempt(begun, at, { ...attempt, number: 2 });
    expectRevised(begun, second);
    expect(second).toMatchObject({ status: "creating", attempts: 2, create: { number: 2 } });
    expect(statusesOf(second)).toEqual(["accepted", "creating"]);
  });

  it("is accepted: provisioning, with the vendor's ids", () => {
    const taken = acceptAttempt(begun, at, { connectionId: "vco-1", taskId: "task-1" }, "accepted");
    expectRevised(begun, taken);
    expect(taken).toMatchObject({
      status: "provisioning",
      statusReason: "accepted",
      providerConnectionId: "vco-1",
      providerTaskId: "task-1",
      create: { state: "accepted" },
    });
  });

  it("is accepted without an id: still creating", () => {
    const taken = acceptAttempt(begun, at, { taskId: "task-1" }, "looking up the id");
    expect(taken).toMatchObject({ status: "creating", providerTaskId: "task-1", create: { state: "accepted" } });
    expect(taken).not.toHaveProperty("providerConnectionId");
  });

  it("is refused: noted with the reason, the status stays", () => {
    const refused = refuseAttempt(begun, at, refusal);
    expectRevised(begun, refused);
    expect(refused).toMatchObject({
      status: "creating",
      statusReason: "no room",
      create: { state: "refused" },
      refusal,
    });
    expect(refused).not.toHaveProperty("error");
  });

  it("whose job failed stays where it is, with the reason", () => {
    const failed = failJob(acceptAttempt(begun, at, { connectionId: "vco-1" }, "accepted"), at, refusal);
    expect(failed).toMatchObject({
      status: "provisioning",
      providerConnectionId: "vco-1",
      statusReason: "no room",
      refusal,
    });
  });
});

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

describe("the end of a run", () => {
  const endings: Ending[] = [
    { status: "succeeded", reason: "ready" },
    { status: "failed", reason: "no room", error: refusal },
    { status: "canceled", reason: "by a caller" },
    { status: "unknown", reason: "nobody knows", error: { ...refusal, code: "outcome_unknown" } },
  ];

  it.each(endings)("is told: $status", (ending) => {
    const ended = end(accepted, at, ending);
    expectRevised(accepted, ended);
    expect(ended).toMatchObject({ status: ending.status, statusReason: ending.reason, completedAt: at.toISOString() });
    expect(ended.error).toEqual(ending.error);
    expect(statusesOf(ended)).toEqual(["accepted", ending.status]);
  });

  it("leaves an error of an earlier run behind", () => {
    const ended = end({ ...accepted, error: refusal }, at, { status: "succeeded", reason: "ready" });
    expect(ended).not.toHaveProperty("error");
  });

  it.each(endings)("erases the sealed keys after success only: $status", (ending) => {
    expect(end(accepted, at, ending).sealedKeys).toEqual(ending.status === "succeeded" ? [] : accepted.sealedKeys);
  });

  it("keeps them when the broker made one: its owner may want to see it", async () => {
    for (const request of [validDualTunnelRequest(), validPairsRequest()]) {
      const record = await createAcceptedRecord(request);
      expect(end(record, at, { status: "succeeded", reason: "ready" }).sealedKeys).toEqual(record.sealedKeys);
    }
  });

  it("is delivered where there is a callback", async () => {
    const fresh = end({ ...accepted, delivery: { state: "delivered", attempts: 3 } }, at, {
      status: "failed",
      reason: "x",
    });
    expect(fresh.delivery).toEqual({ state: "pending", attempts: 0 });
    const silent = await createAcceptedRecord(validPairsRequest());
    expect(end(silent, at, { status: "failed", reason: "x" })).not.toHaveProperty("delivery");
  });

  it("says of the tunnels only that they are provisioned", () => {
    const [tunnel] = end(accepted, at, { status: "succeeded", reason: "ready" }).tunnels;
    expect(tunnel).toMatchObject({ state: "unknown", reason: expect.stringContaining("provisioned") });
  });
});

describe("raiseGeneration", () => {
  it("makes a new run of the same request, told on the timeline", () => {
    const raised = raiseGeneration(accepted, at, "started again");
    expectRevised(accepted, raised);
    expect(raised).toMatchObject({ generation: 2, status: "accepted" });
    expect(raised.events.at(-1)).toEqual({ type: "recovery", at: at.toISOString(), action: "started again" });
  });
});

describe("noteDelivery", () => {
  it("counts attempts and tells each, without a new revision", () => {
    const ended = end(accepted, at, { status: "failed", reason: "x" });
    const failed = noteDelivery(
      ended,
      at,
      { outcome: "HTTP 500", statusCode: 500, durationMilliseconds: 5 },
      "pending",
    );
    const done = noteDelivery(failed, at, { outcome: "ok", statusCode: 200, durationMilliseconds: 5 }, "delivered");
    expect(failed.delivery).toEqual({ state: "pending", attempts: 1 });
    expect(done).toMatchObject({ delivery: { state: "delivered", attempts: 2 }, revision: ended.revision });
    expect(done.events.slice(-2)).toMatchObject([
      { type: "webhook_attempt", attempt: 1, outcome: "HTTP 500" },
      { type: "webhook_attempt", attempt: 2, outcome: "ok" },
    ]);
  });
});

describe("isOpen", () => {
  it("is so until the end is reached and told", () => {
    expect(isOpen(accepted)).toBe(true);
    const ended = end(accepted, at, { status: "failed", reason: "x" });
    expect(isOpen(ended)).toBe(true);
    expect(isOpen({ ...ended, delivery: { state: "delivered", attempts: 1 } })).toBe(false);
    expect(isOpen({ ...ended, delivery: { state: "exhausted", attempts: 8 } })).toBe(false);
  });
});

describe("the tunnels", () => {
  const up = { state: "up", reason: "connected" } as const;
  const ended = end(accepted, at, { status: "succeeded", reason: "ready" });

  it("change: a new revision, told on the timeline after the calls that showed it", () => {
    const noted = noteTunnels(ended, at, [up], [call()]);
    expectRevised(ended, noted);
    expect(noted).toMatchObject({ status: "succeeded", statusReason: ended.statusReason, tunnels: [up] });
    expect(noted.events.slice(ended.events.length)).toMatchObject([
      { type: "vendor_call" },
      { type: "tunnel", at: at.toISOString(), tunnel: 0, ...up },
    ]);
  });

  it("have a new reason: that is a change, too", () => {
    const noted = noteTunnels(noteTunnels(ended, at, [up], []), at, [{ ...up, reason: "healthy" }], []);
    expect(noted.revision).toBe(ended.revision + 2);
  });

  it("are as they were: the calls alone are noted", () => {
    const before = noteTunnels(ended, at, [up], [call()]);
    const noted = noteTunnels(before, later(10), [up], [call(), call()]);
    expect(noted).toMatchObject({ revision: before.revision, updatedAt: before.updatedAt });
    expect(noted.events.at(-1)).toMatchObject({ type: "vendor_call", count: 2 });
  });

  it("change one by one; what was not seen stays", async () => {
    const pair = end(await createAcceptedRecord(validDualTunnelRequest()), at, {
      status: "succeeded",
      reason: "ready",
    });
    const noted = noteTunnels(pair, at, [up], []);
    expect(noted.tunnels).toEqual([up, pair.tunnels[1]]);
    expect(noted.events.filter(({ type }) => type === "tunnel")).toHaveLength(1);
  });
});
