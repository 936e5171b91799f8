import { describe, expect, it } from "vitest";
import type { RequestError } from "../../../../functions/domain/errors.ts";
import type { CreateAttempt } from "../../../../functions/domain/record/connection-record.ts";
import {
  acceptAttempt,
  beginAttempt,
  failJob,
  keepAnswer,
  refuseAttempt,
  voidAttempt,
} from "../../../../functions/domain/record/create-attempt.ts";
import { beginTime } from "../../../../functions/domain/record/deadlines.ts";
import { decideOutcome } from "../../../../functions/domain/record/decide-outcome.ts";
import { toProviderConnectionName } from "../../../../functions/domain/record/ids.ts";
import { noteProblem } from "../../../../functions/domain/record/provider-problem.ts";
import { explain } from "../../../../functions/domain/record/timeline.ts";
import { awaitGateway, queue } from "../../../../functions/domain/record/transitions.ts";
import { createAcceptedRecord } from "../../../support/accepting.ts";

const refusal: RequestError = {
  code: "provider_conflict",
  message: "the gateway is busy",
  retryable: true,
  advice: "Wait.",
};
const attempt: CreateAttempt = {
  number: 1,
  state: "undecided",
  unanswered: 0,
  sends: 1,
  startedAt: "2026-01-01T00:00:01.000Z",
  settledAt: "2026-01-01T00:02:01.000Z",
  action: "CreateVpnConnection",
  parameters: {},
};

const at = new Date(attempt.startedAt);
const fresh = await createAcceptedRecord();
const open = beginAttempt(fresh, at, attempt);
const refused = refuseAttempt(open, at, refusal, { isFinal: true });
const accepted = acceptAttempt(open, at, { connectionId: "vco-1" }, "accepted");

/** What the record may know when the run ends. */
const known = {
  nothing: fresh,
  refused,
  open,
  "open after a refusal": beginAttempt(refused, at, { ...attempt, number: 2 }),
  "accepted without id": acceptAttempt(open, at, { taskId: "task-1" }, "looking up the id"),
  accepted,
  "accepted after a refusal": acceptAttempt(refused, at, { connectionId: "vco-1" }, "accepted"),
};
const failures = [
  "Rejected",
  "Undecidable",
  "DeadlinePassed",
  "GatewayBusy",
  "OutcomeUnclear",
  "ProviderUnavailable",
  "States.Timeout",
  "Error",
];

describe("decideOutcome", () => {
  it("is success when nothing failed", () => {
    const ending = decideOutcome(known["accepted"], undefined);
    expect(ending).toEqual({ status: "succeeded", reason: "the vendor reports the connection as ready" });
  });

  it("is failure, for the vendor's reason, when the vendor's own job failed", () => {
    const ending = decideOutcome(failJob(accepted, at, refusal), "JobFailed");
    expect(ending).toEqual({ status: "failed", reason: refusal.message, error: refusal });
  });

  it.each(failures)("%s is failure, for the vendor's reason, when the vendor refused", (failure) => {
    expect(decideOutcome(known["refused"], failure)).toEqual({
      status: "failed",
      reason: refusal.message,
      error: refusal,
    });
  });

  describe.each([
    "open",
    "open after a refusal",
    "accepted without id",
    "accepted",
    "accepted after a refusal",
  ] as const)("when the create is %s", (name) => {
    it.each(failures)("%s is not decided", (failure) => {
      const ending = decideOutcome(known[name], failure);
      expect(ending.status).toBe("unknown");
      expect(ending.error?.code).toBe(failure === "DeadlinePassed" ? "deadline_exceeded" : "outcome_unknown");
      expect(ending.error?.retryable).toBe(true);
      expect(ending.error?.advice).toContain("Alibaba Cloud, cn-shanghai, gateway vpn-bp1q8bgx4xnkm");
      expect(ending.error?.advice).toContain("redrive");
      expect(ending.error?.advice).toContain("Do not send it under another clientToken before this is decided.");
      expect(ending.error?.advice.includes("vco-1")).toBe(
        name.startsWith("accepted") && name !== "accepted without id",
      );
    });
  });

  it.each([
    ["its turn did not come", queue(fresh, at, 3), /^queueTimeoutSeconds .* turn came$/, /longer queueTimeoutSeconds/],
    ["the broker came too late", fresh, /^queueTimeoutSeconds .* the broker came/, /^(?!.*longer).*operators/],
    [
      "it had its turn",
      beginTime(fresh, at),
      /^timeoutSeconds .* a create .* sent to Alibaba Cloud; the last/,
      /^(?!.*longer).*events/,
    ],
    [
      "the gateway was at work",
      awaitGateway(beginTime(fresh, at), at, "the gateway is PENDING"),
      /waiting for the gateway: the gateway is PENDING$/,
      /events/,
    ],
    ["a create came to nothing", voidAttempt(beginTime(open, at), at), /before another create could be sent/, /events/],
  ])("is failure by the deadline that passed when nothing was sent: %s", (_, record, message, advice) => {
    const ending = decideOutcome(record, "DeadlinePassed");
    const { reason } = ending;
    expect(ending).toEqual({
      status: "failed",
      reason: expect.stringMatching(message),
      error: { code: "deadline_exceeded", message: reason, retryable: true, advice: expect.stringMatching(advice) },
    });
  });

  it.each([
    [
      "ready, in its own time",
      beginTime(accepted, at),
      "vco-1 was accepted and not reported ready within timeoutSeconds",
    ],
    ["looked at again", accepted, "queueTimeoutSeconds passed before vco-1 could be looked at again"],
    [
      "known, in its own time",
      beginTime(open, at),
      "timeoutSeconds passed before it could be decided whether the create took effect; the last that was known: the vendor's answer was lost",
    ],
    ["known", open, /^queueTimeoutSeconds passed before it could be decided whether the create took effect; the last/],
  ])("says which deadline passed before a connection was %s", (_, record, message) => {
    expect(decideOutcome(record, "DeadlinePassed").reason).toMatch(message);
  });

  it.each(failures.filter((failure) => failure !== "DeadlinePassed"))(
    "%s is failure of the broker when the vendor was never asked",
    (failure) => {
      const ending = decideOutcome(fresh, failure);
      expect(ending).toMatchObject({ status: "failed", error: { code: "provider_internal", retryable: true } });
      expect(ending.reason).toContain("nothing was sent to the vendor");
    },
  );

  const answered: RequestError = {
    code: "provider_internal",
    message: "Alibaba Cloud answered CreateVpnConnection with InternalError",
    retryable: true,
    advice: "Look for it.",
    providerCode: "InternalError",
    providerRequestId: "REQ-1",
  };
  const facts = {
    class: "ambiguous" as const,
    action: "CreateVpnConnection",
    advice: "Look for the connection's name.",
    providerCode: "InternalError",
  };

  it("keeps the code and the request id of the last unclear answer, also once the vendor can be read again", () => {
    const ending = decideOutcome(keepAnswer(beginTime(open, at), answered), "DeadlinePassed");
    expect(ending.error).toMatchObject({ providerCode: "InternalError", providerRequestId: "REQ-1" });
  });

  it("says the last answer to a create once, and what to look for once", () => {
    const kept = explain(keepAnswer(beginTime(open, at), answered), at, answered.message);
    const { reason, error } = decideOutcome(noteProblem(kept, at, facts), "DeadlinePassed");
    expect(reason.split("InternalError")).toHaveLength(2);
    expect(error?.advice.split("Look for")).toHaveLength(2);
    expect(error?.advice).toContain(toProviderConnectionName(fresh.request.name, fresh.id));
  });

  it("tells what is over as over: nobody looks any more when the time has passed", () => {
    const reason = `${answered.message}; looking until 2026-01-01T00:02:01.000Z whether the connection exists`;
    const looking = explain(keepAnswer(beginTime(open, at), answered), at, reason);
    expect(decideOutcome(looking, "DeadlinePassed").reason).toBe(
      `timeoutSeconds passed before it could be decided whether the create took effect; the last that was known: ${answered.message}`,
    );
  });

  it.each([undefined, queue(fresh, at, 1)])("names the gateway that was at work, and how it was seen", (queued) => {
    const gatewayBusy = { why: "the gateway is updating", seenAt: "2026-01-01T00:05:00.000Z" };
    const record = { ...(queued ?? awaitGateway(beginTime(fresh, at), at, gatewayBusy.why)), gatewayBusy };
    const { error } = decideOutcome(record, "DeadlinePassed");
    expect(error).toMatchObject({
      code: "deadline_exceeded",
      message: expect.stringMatching(
        /^(queueT|t)imeoutSeconds passed before .*; seen last, at 2026-01-01T00:05:00.000Z: the gateway is updating$/,
      ),
      advice:
        "Look at vpn-bp1q8bgx4xnkm at Alibaba Cloud, cn-shanghai: it takes no create while another change is under way. Redrive the request when it is free.",
    });
  });

  it("says what was last seen of a connection that is not ready", () => {
    const seen = explain(beginTime(accepted, at), at, "the gateway is updating");
    expect(decideOutcome(seen, "DeadlinePassed").reason).toMatch(
      /within timeoutSeconds; last seen: the gateway is updating$/,
    );
  });

  it("ends by what stood in the way to the last rather than by a refusal of an earlier attempt", () => {
    const throttled = { ...facts, class: "retry" as const, action: "DescribeVpnGateway", providerCode: "Throttling" };
    const record = noteProblem(beginTime(refused, at), at, throttled);
    expect(decideOutcome(record, "DeadlinePassed").error).toMatchObject({ code: "provider_throttled" });
    expect(decideOutcome(record, "Rejected").error).toEqual(refusal);
  });

  it("does not advise to change a request that a redrive goes on with", () => {
    const refusedRead = { ...facts, class: "validation" as const, action: "DescribeVpnGateway", advice: "Correct it." };
    for (const record of [accepted, open]) {
      const { error } = decideOutcome(noteProblem(record, at, refusedRead), "DeadlinePassed");
      expect(error).toMatchObject({ retryable: true, providerCode: refusedRead.providerCode });
      expect(error?.advice).not.toContain("Correct");
    }
  });

  it("does not say that nothing was sent when a create came to nothing", () => {
    const { reason } = decideOutcome(voidAttempt(open, at), "States.Timeout");
    expect(reason).toBe("the broker could not carry out the request; the vendor lists no connection of it");
  });

  it("never says succeeded after a failure, and never failed when a connection may exist", () => {
    for (const [name, record] of Object.entries(known)) {
      for (const failure of failures) {
        const { status } = decideOutcome(record, failure);
        expect(status, `${name}, ${failure}`).toBe(name === "nothing" || name === "refused" ? "failed" : "unknown");
      }
    }
  });
});
