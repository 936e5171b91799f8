import { describe, expect, it } from "vitest";
import type { RequestError } from "../../../../functions/domain/errors.ts";
import type { CreateAttempt } from "../../../../functions/domain/record/connection-record.ts";
import {
  acceptAttempt,
  beginAttempt,
  failJob,
  refuseAttempt,
} from "../../../../functions/domain/record/create-attempt.ts";
import { beginTime } from "../../../../functions/domain/record/deadlines.ts";
import { decideOutcome } from "../../../../functions/domain/record/decide-outcome.ts";
import { queue } from "../../../../functions/domain/record/transitions.ts";
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
const refused = refuseAttempt(open, at, refusal);
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
      expect(ending.error?.advice.includes("vco-1")).toBe(
        name.startsWith("accepted") && name !== "accepted without id",
      );
    });
  });

  it.each([
    ["its turn did not come", queue(fresh, at, 3), /^queueTimeoutSeconds .* turn came$/, /longer queueTimeoutSeconds/],
    ["the broker came too late", fresh, /^queueTimeoutSeconds .* the broker came/, /^(?!.*longer).*operators/],
    ["it had its turn", beginTime(fresh, at), /^timeoutSeconds .* sent to Alibaba Cloud$/, /^(?!.*longer).*events/],
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
    ["known, in its own time", beginTime(open, at), /could not be decided safely: .*, until timeoutSeconds passed$/],
    ["known", open, /could not be decided safely: .*, until queueTimeoutSeconds passed$/],
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

  it("never says succeeded after a failure, and never failed when a connection may exist", () => {
    for (const [name, record] of Object.entries(known)) {
      for (const failure of failures) {
        const { status } = decideOutcome(record, failure);
        expect(status, `${name}, ${failure}`).toBe(name === "nothing" || name === "refused" ? "failed" : "unknown");
      }
    }
  });
});
