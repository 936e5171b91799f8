import { describe, expect, it } from "vitest";
import type { RequestError } from "../../../functions/domain/errors.ts";
import type { ConnectionRecord } from "../../../functions/domain/record/connection-record.ts";
import { recordOutcome } from "../../../functions/steps/record-outcome.ts";
import { after, createStepDeps, heardOf, openAttempt, start, type StepDeps } from "../../support/stepping.ts";

const refusal: RequestError = { code: "provider_quota", message: "no room", retryable: true, advice: "Make room." };
const sent = { status: "creating", attempts: 1, create: openAttempt } as const;
const made = {
  status: "provisioning",
  attempts: 1,
  create: { ...openAttempt, state: "accepted" },
  providerConnectionId: "vco-1",
} as const;

const fail = (deps: StepDeps, error: string) => recordOutcome(deps, { ...deps.run, failure: { Error: error } });

describe("a run that went through", () => {
  it("has succeeded: its key is erased, its end is to be told, its tunnels are to be watched", async () => {
    const deps = await createStepDeps("alibaba", made);
    deps.clock.advance(45_000);
    expect(await recordOutcome(deps, deps.run)).toEqual({
      deliver: true,
      watch: true,
      provider: deps.record.request.provider,
    });
    expect(await deps.saved()).toMatchObject({
      status: "succeeded",
      completedAt: after(45_000),
      sealedKeys: [""],
      delivery: { state: "pending", attempts: 0 },
    });
    expect(deps.lines).toEqual([
      {
        event: "request_ended",
        connectionId: deps.record.id,
        execution: `${deps.record.id}-1`,
        status: "succeeded",
        code: undefined,
      },
    ]);
  });

  it("is told to nobody who did not ask for it", async () => {
    const deps = await createStepDeps("tencent", made);
    expect(await recordOutcome(deps, deps.run)).toEqual({
      deliver: false,
      watch: true,
      provider: deps.record.request.provider,
    });
    expect(await deps.saved()).not.toHaveProperty("delivery");
  });
});

describe("a run that was ended by an error", () => {
  it("is late by the deadline that it missed, whatever turn was written down meanwhile", async () => {
    const queueDeadlineAt = after(1000);
    const deps = await createStepDeps("tencent", { queueDeadlineAt, deadlineAt: after(60_000) });
    deps.clock.advance(1000);
    await fail(deps, "DeadlinePassed");
    expect((await deps.saved()).error?.message).toMatch(/^queueTimeoutSeconds passed/);
    const late = await createStepDeps("tencent", { queueDeadlineAt, deadlineAt: after(1000) });
    late.clock.advance(1000);
    await fail(late, "DeadlinePassed");
    expect((await late.saved()).error?.message).toMatch(/^timeoutSeconds passed/);
  });

  it.each<[string, string, Partial<ConnectionRecord>, object]>([
    [
      "failed, where the vendor refused",
      "Rejected",
      { ...sent, create: { ...openAttempt, state: "refused" }, refusal },
      refusal,
    ],
    [
      "failed, where the vendor's job failed",
      "JobFailed",
      { ...made, create: { ...openAttempt, state: "failed" }, refusal },
      refusal,
    ],
    ["failed, where it was too late to ask the vendor", "DeadlinePassed", {}, { code: "deadline_exceeded" }],
    ["failed, where nothing was sent", "States.Timeout", {}, { code: "provider_internal" }],
    ["unknown, where the create may have worked", "Undecidable", sent, { code: "outcome_unknown" }],
    [
      "unknown, where a refusal is of an earlier attempt",
      "DeadlinePassed",
      { ...sent, refusal },
      { code: "deadline_exceeded" },
    ],
    ["unknown, where the connection exists", "DeadlinePassed", made, { code: "deadline_exceeded" }],
  ])("is %s", async (ending, error, patch, expected) => {
    const deps = await createStepDeps("alibaba", patch);
    expect(await fail(deps, error)).toEqual({ deliver: true, watch: false, provider: deps.record.request.provider });
    const saved = await deps.saved();
    expect(`${saved.status},`).toBe(ending.split(" ")[0]);
    expect(saved).toMatchObject({ error: expected, completedAt: start, sealedKeys: deps.record.sealedKeys });
    expect(deps.lines).toMatchObject([{ status: saved.status, code: saved.error?.code }]);
  });

  it.each<[boolean, string, Partial<ConnectionRecord>]>([
    [true, "the vendor was asked and no connection is known", sent],
    [false, "the vendor was never asked", {}],
    [false, "the connection is known", made],
  ])("is to be looked for once more (%s) where %s", async (due, _, patch) => {
    const deps = await createStepDeps("alibaba", patch);
    await fail(deps, "DeadlinePassed");
    expect((await deps.saved()).lastLook).toBe(due ? "due" : undefined);
  });
});

describe("an outcome", () => {
  it("that is recorded twice is the first one", async () => {
    const deps = await createStepDeps("alibaba", made);
    const first = await recordOutcome(deps, deps.run);
    const saved = await deps.saved();
    expect(await fail(deps, "States.Timeout")).toEqual(first);
    expect(await deps.saved()).toEqual(saved);
    expect(deps.lines).toHaveLength(1);
  });

  it("is not told once more when it has arrived", async () => {
    const deps = await createStepDeps("alibaba", made);
    await recordOutcome(deps, deps.run);
    await deps.overtake({ delivery: { state: "delivered", attempts: 1 } });
    expect(await recordOutcome(deps, deps.run)).toEqual({
      deliver: false,
      watch: true,
      provider: deps.record.request.provider,
    });
  });

  it("of a request that a caller has canceled is the cancellation", async () => {
    const deps = await createStepDeps("alibaba", { status: "canceled" });
    expect(await fail(deps, "Rejected")).toEqual({
      deliver: false,
      watch: false,
      provider: deps.record.request.provider,
    });
    expect(await deps.saved()).toEqual(deps.record);
  });

  it.each<[string, Partial<ConnectionRecord>]>([
    ["is under way", { generation: 2 }],
    ["has ended", { generation: 2, status: "succeeded" }],
  ])("of a run is nothing to a later one that %s", async (_, patch) => {
    const deps = await createStepDeps("alibaba", made);
    await deps.overtake(patch);
    const later = await deps.saved();
    expect(await heardOf(recordOutcome(deps, deps.run))).toBe("Superseded");
    expect([await deps.saved(), deps.lines]).toEqual([later, []]);
  });

  it("is answered as the first time where another invocation has written it at the same moment", async () => {
    const deps = await createStepDeps("alibaba", made);
    const said: unknown[] = [];
    const save = async (record: ConnectionRecord) => {
      if (said.length === 0) said.push(await recordOutcome(deps, deps.run));
      return deps.store.save(record);
    };
    said.push(await recordOutcome({ ...deps, store: { ...deps.store, save } }, deps.run));
    expect(said).toMatchObject([{ watch: true }, { watch: true }]);
    expect(deps.lines.map(({ event }) => event)).toEqual(["request_ended"]);
  });

  it("is decided anew where somebody else has learned more meanwhile", async () => {
    const deps = await createStepDeps("alibaba", { refusal });
    let first = true;
    const save = async (record: ConnectionRecord) => {
      if (first) await deps.overtake(made);
      first = false;
      return deps.store.save(record);
    };
    await recordOutcome({ ...deps, store: { ...deps.store, save } }, { ...deps.run, failure: { Error: "Rejected" } });
    expect(await deps.saved()).toMatchObject({ status: "unknown", providerConnectionId: "vco-1" });
  });
});
