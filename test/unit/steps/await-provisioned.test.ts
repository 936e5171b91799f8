import { describe, expect, it } from "vitest";
import { decideOutcome } from "../../../functions/domain/record/decide-outcome.ts";
import { toProviderConnectionName } from "../../../functions/domain/record/ids.ts";
import { end } from "../../../functions/domain/record/transitions.ts";
import { awaitProvisioned } from "../../../functions/steps/await-provisioned.ts";
import { failing } from "../../fakes/scripted-provider.ts";
import { after, createStepDeps, heardOf, openAttempt, settle } from "../../support/stepping.ts";

const provisioning = {
  status: "provisioning" as const,
  attempts: 1,
  providerConnectionId: "vco-1",
  providerTaskId: "task-1",
  create: { ...openAttempt, state: "accepted" as const },
};

/** A request whose connection the vendor has accepted. */
const createDeps = (patch: object = {}) => createStepDeps("tencent", { ...provisioning, ...patch });
const gone = () => ({ state: "gone", detail: "it is not listed" }) as const;

describe("a look at the vendor's job", () => {
  it("asks for our connection, on its gateway, by the task that the create has told", async () => {
    const deps = await createDeps();
    const asked: unknown[] = [];
    deps.vendor.answers.provisioning = (connection) => {
      asked.push(connection);
      return { state: "ready", reported: {} };
    };
    await awaitProvisioned(deps, deps.run);
    const { vpnGatewayId } = deps.record.request;
    expect(asked).toEqual([{ connectionId: "vco-1", taskId: "task-1", vpnGatewayId }]);
    await deps.overtake({ providerTaskId: "" });
    await awaitProvisioned(deps, deps.run);
    expect(asked.at(-1)).toEqual({ connectionId: "vco-1", vpnGatewayId });
  });

  it("that finds it ready goes on, and is no news by itself", async () => {
    const deps = await createDeps();
    expect(await heardOf(awaitProvisioned(deps, deps.run))).toBe("done");
    const { version: _, events, ...saved } = await deps.saved();
    expect(deps.record).toMatchObject(saved);
    expect(events.at(-1)).toMatchObject({ type: "vendor_call", action: "provisioning", outcome: "ok" });
  });

  it("that finds it ready with other values than were asked for says so, and goes on all the same", async () => {
    const deps = await createDeps();
    const parameters = { tunnels: [{ ike: { lifetimeSeconds: 60 } }] };
    deps.vendor.answers.provisioning = () => ({ state: "ready", reported: parameters });
    for (const _ of [1, 2]) expect(await heardOf(awaitProvisioned(deps, deps.run))).toBe("done");
    const saved = await deps.saved();
    expect(saved).toMatchObject({
      status: "provisioning",
      revision: deps.record.revision + 1,
      reported: { at: after(0), parameters },
      warnings: ["Tencent Cloud has other values than were asked for: tunnels[0].ike.lifetimeSeconds; see reported"],
    });
    expect(decideOutcome(saved, undefined).status).toBe("succeeded");
    expect(deps.vendor.asked).toEqual(["provisioning", "provisioning"]);
  });

  it("that finds it under way comes again", async () => {
    const deps = await createDeps();
    deps.vendor.answers.provisioning = () => ({ state: "pending", detail: "updating" });
    await expect(awaitProvisioned(deps, deps.run)).rejects.toMatchObject({
      name: "StillProvisioning",
      message: "updating",
    });
    await heardOf(awaitProvisioned(deps, deps.run));
    const saved = await deps.saved();
    // The vendor's state is told once, not at every look.
    expect(saved).toMatchObject({ statusReason: "updating", revision: deps.record.revision + 1 });
    expect(saved.events.at(-1)).toMatchObject({ type: "vendor_call", count: 2 });
  });

  it("that finds a redriven one under way says that it is provisioning again", async () => {
    const deps = await createDeps({ status: "accepted", statusReason: "redriven" });
    deps.vendor.answers.provisioning = () => ({ state: "pending", detail: "updating" });
    await heardOf(awaitProvisioned(deps, deps.run));
    expect(await deps.saved()).toMatchObject({ status: "provisioning", statusReason: "updating" });
  });

  it("that fails comes again, and stands on the timeline", async () => {
    const deps = await createDeps();
    deps.vendor.answers.provisioning = failing("auth");
    expect(await heardOf(awaitProvisioned(deps, deps.run))).toBe("ProviderUnavailable");
    const saved = await deps.saved();
    expect(saved).toMatchObject({ status: "provisioning", create: { state: "accepted" } });
    expect(saved.events.at(-1)).toMatchObject({ type: "vendor_call", outcome: "auth" });
  });

  it("that finds the job failed ends the run, with what to do about what is left", async () => {
    const deps = await createDeps();
    deps.vendor.answers.provisioning = () => ({ state: "failed", detail: "no room" });
    expect(await heardOf(awaitProvisioned(deps, deps.run))).toBe("JobFailed");
    const saved = await deps.saved();
    expect(saved).toMatchObject({
      providerConnectionId: "vco-1",
      create: { state: "failed" },
      refusal: {
        code: "provider_internal",
        message: "the vendor's job for vco-1 failed: no room",
        retryable: true,
        providerRequestId: "task-1",
      },
    });
    expect(saved.refusal?.advice).toContain("delete what is left of it, then redrive");
    expect(decideOutcome(saved, "JobFailed").status).toBe("failed");
  });

  it("that does not find it believes that only once the vendor's lists cannot lag any more", async () => {
    const deps = await createDeps();
    deps.vendor.answers.provisioning = gone;
    deps.clock.advance(settle - 1);
    expect(await heardOf(awaitProvisioned(deps, deps.run))).toBe("StillProvisioning");
    expect(await deps.saved()).toMatchObject({
      statusReason: "it is not listed, which a list that lags would explain",
      create: { state: "accepted" },
    });
    deps.clock.advance(1);
    expect(await heardOf(awaitProvisioned(deps, deps.run))).toBe("JobFailed");
    const saved = await deps.saved();
    expect(saved).toMatchObject({
      create: { state: "failed" },
      refusal: {
        code: "provider_internal",
        message: "vco-1 was accepted, and the vendor does not show it: it is not listed",
      },
    });
    // The list may lag for longer than it should: it is looked at once more.
    expect(end(saved, deps.clock.now(), decideOutcome(saved, "JobFailed")).lastLook).toBe("due");
  });

  it("that finds its gateway gone does not say that a redrive would help", async () => {
    const deps = await createDeps();
    deps.vendor.answers.provisioning = () => ({ state: "gone", detail: "the gateway is not found", gateway: true });
    deps.clock.advance(settle);
    expect(await heardOf(awaitProvisioned(deps, deps.run))).toBe("JobFailed");
    const { refusal } = await deps.saved();
    const message = "vco-1 was accepted, and now the gateway is not found";
    expect(refusal).toMatchObject({ code: "provider_not_found", retryable: false, message });
    expect(refusal?.advice).toContain(toProviderConnectionName(deps.record.request.name, deps.record.id));
    expect(refusal?.advice).not.toContain("redrive");
  });

  it("is not taken when there is nothing to look at", async () => {
    const deps = await createStepDeps("tencent", { create: openAttempt });
    expect(await heardOf(awaitProvisioned(deps, deps.run))).toBe("Undecidable");
    expect(deps.vendor.asked).toEqual([]);
  });

  it("is taken until the deadline and not at it", async () => {
    const deps = await createDeps({ deadlineAt: after(1000) });
    deps.clock.advance(999);
    expect(await heardOf(awaitProvisioned(deps, deps.run))).toBe("done");
    deps.clock.advance(1);
    expect(await heardOf(awaitProvisioned(deps, deps.run))).toBe("DeadlinePassed");
    expect(deps.vendor.asked).toHaveLength(1);
    expect(decideOutcome(await deps.saved(), "DeadlinePassed")).toMatchObject({
      status: "unknown",
      error: {
        message: expect.stringMatching(/^vco-1 was accepted and not reported ready within timeoutSeconds; last/),
      },
    });
  });
});

describe("a run that has been overtaken", () => {
  it.each([{ generation: 2 }, { status: "unknown" as const }])("by %o looks at nothing", async (change) => {
    const deps = await createDeps();
    await deps.overtake(change);
    expect(await heardOf(awaitProvisioned(deps, deps.run))).toBe("Superseded");
    expect(deps.vendor.asked).toEqual([]);
  });

  it.each(["ready", "failed"] as const)("while it looked says nothing of what it saw (%s)", async (state) => {
    const deps = await createDeps();
    deps.vendor.answers.provisioning = async () => {
      await deps.overtake({ generation: 2 });
      return state === "ready" ? { state, reported: { name: "late" } } : { state, detail: "no room" };
    };
    expect(await heardOf(awaitProvisioned(deps, deps.run))).toBe("Superseded");
    expect(await deps.saved()).toMatchObject({ generation: 2, create: { state: "accepted" } });
  });

  it("by a write that goes on with the same run is not: what was seen is written on top of it", async () => {
    const deps = await createDeps();
    deps.vendor.answers.provisioning = async () => {
      await deps.overtake({ warnings: ["theirs"] });
      return { state: "failed", detail: "no room" };
    };
    expect(await heardOf(awaitProvisioned(deps, deps.run))).toBe("JobFailed");
    expect(await deps.saved()).toMatchObject({ warnings: ["theirs"], create: { state: "failed" } });
  });
});

it("what a dry run made is not gone for an answer that is older than it arrives", async () => {
  const deps = await createStepDeps("alibaba", { leftover: true, providerConnectionId: "vco-1" });
  deps.vendor.answers.exists = () => {
    deps.clock.advance(10);
    return false;
  };
  deps.clock.advance(settle - 5);
  expect(await heardOf(awaitProvisioned(deps, deps.run))).toBe("StillProvisioning");
  expect(await heardOf(awaitProvisioned(deps, deps.run))).toBe("JobFailed");
});
