import { describe, expect, it } from "vitest";
import type { RequestError } from "../../../../functions/domain/errors.ts";
import {
  acceptAttempt,
  beginAttempt,
  failJob,
  isSameSending,
  refuseAttempt,
  resendAttempt,
} from "../../../../functions/domain/record/create-attempt.ts";
import { raiseGeneration } from "../../../../functions/domain/record/recovery.ts";
import {
  end,
  needsSweep,
  needsWork,
  noteDelivery,
  noteTunnels,
  type Outcome,
} from "../../../../functions/domain/record/transitions.ts";
import { createAcceptedRecord } from "../../../support/accepting.ts";
import { validDualTunnelRequest, validPairsRequest } from "../../../support/create-requests.ts";
import { at, attempt, call, expectRevised, later, statusesOf } from "../../../support/record-changes.ts";

const accepted = await createAcceptedRecord();
const refusal: RequestError = { code: "provider_quota", message: "no room", retryable: true, advice: "Make room." };

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

  it("that is sent once more by a clock that is behind keeps the longer of both windows", () => {
    const { settledAt } = attempt;
    expect(resendAttempt(begun, at, new Date(Date.parse(settledAt) - 1)).create).toMatchObject({ sends: 2, settledAt });
    const longer = new Date(Date.parse(settledAt) + 1);
    expect(resendAttempt(begun, at, longer).create).toMatchObject({ settledAt: longer.toISOString() });
  });

  it("waits for an answer as long as that is the one to its last sending, and nobody knows better", () => {
    const taken = acceptAttempt(begun, at, { connectionId: "vco-1" }, "found");
    const again = resendAttempt(begun, at, later(1));
    const next = { ...begun, create: { ...attempt, number: attempt.number + 1 } };
    const records = [begun, taken, again, next];
    expect(records.map((record) => isSameSending(record, attempt))).toEqual([true, false, false, false]);
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
    const refused = refuseAttempt(begun, at, refusal, { isFinal: true });
    expectRevised(begun, refused);
    expect(refused).toMatchObject({
      status: "creating",
      statusReason: "no room",
      create: { state: "refused", final: true },
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

describe("the end of a run", () => {
  const endings: Outcome[] = [
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

  it.each(endings)("erases a key that its caller gave, unless it may be run again: $status", (ending) => {
    const over = ["succeeded", "canceled"].includes(ending.status);
    expect(end(accepted, at, ending).sealedKeys).toEqual(over ? [""] : accepted.sealedKeys);
  });

  it("keeps after success a key that the broker made, and that alone: its owner may want to see it", async () => {
    const succeeded = { status: "succeeded", reason: "ready" } as const;
    const single = await createAcceptedRecord(validPairsRequest());
    expect(end(single, at, succeeded).sealedKeys).toEqual(single.sealedKeys);
    const pair = await createAcceptedRecord(validDualTunnelRequest());
    expect(end(pair, at, succeeded).sealedKeys).toEqual(["", pair.sealedKeys[1]]);
  });

  it("erases every key when it was canceled: it will never need any", async () => {
    const pair = await createAcceptedRecord(validDualTunnelRequest());
    expect(end(pair, at, { status: "canceled", reason: "by a caller" }).sealedKeys).toEqual(["", ""]);
  });

  it("is delivered to the tenant's own endpoint where it was accepted for that", async () => {
    const silent = await createAcceptedRecord(validPairsRequest(), { notifyTenant: true });
    const { delivery } = end(silent, at, { status: "failed", reason: "x" });
    expect(delivery).toEqual({ state: "pending", attempts: 0 });
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
      { state: "pending" },
    );
    const done = noteDelivery(
      failed,
      at,
      { outcome: "ok", statusCode: 200, durationMilliseconds: 5 },
      { state: "delivered" },
    );
    expect(failed.delivery).toEqual({ state: "pending", attempts: 1 });
    expect(done).toMatchObject({ delivery: { state: "delivered", attempts: 2 }, revision: ended.revision });
    const deliveryId = `msg_${ended.id}_1`;
    expect(done.events.slice(-2)).toMatchObject([
      { type: "webhook_attempt", deliveryId, attempt: 1, outcome: "HTTP 500" },
      { type: "webhook_attempt", deliveryId, attempt: 2, outcome: "ok" },
    ]);
  });

  it("keeps what is known of an earlier delivery, less the time it waited for", () => {
    const ended = end(accepted, at, { status: "failed", reason: "x" });
    const about = { attempts: 8, resentAfter: 8, restarts: 2 };
    const waiting = { ...ended, delivery: { ...about, state: "pending" as const, nextAttemptAt: at.toISOString() } };
    const noted = noteDelivery(
      waiting,
      at,
      { outcome: "ok", statusCode: 200, durationMilliseconds: 5 },
      { state: "delivered" },
    );
    expect(noted.delivery).toEqual({ state: "delivered", attempts: 9, resentAfter: 8, restarts: 2 });
  });
});

describe("needsSweep", () => {
  it("is so until the end is reached and told", () => {
    expect(needsSweep(accepted)).toBe(true);
    const ended = end(accepted, at, { status: "failed", reason: "x" });
    expect(needsSweep(ended)).toBe(true);
    expect(needsSweep({ ...ended, delivery: { state: "delivered", attempts: 1 } })).toBe(false);
    expect(needsSweep({ ...ended, delivery: { state: "exhausted", attempts: 8 } })).toBe(false);
  });

  it("is so while a key that the broker made is still to be erased, although there is no work left", async () => {
    const pair = await createAcceptedRecord(validDualTunnelRequest());
    const ended = end(pair, at, { status: "succeeded", reason: "ready" });
    expect({ open: needsSweep(ended), work: needsWork(ended) }).toEqual({ open: true, work: false });
    expect(needsSweep({ ...ended, sealedKeys: ["", ""] })).toBe(false);
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
