import { describe, expect, it } from "vitest";
import { decideOutcome } from "../../../functions/domain/record/decide-outcome.ts";
import { submit } from "../../../functions/steps/submit/submit.ts";
import { failing } from "../../fakes/scripted-provider.ts";
import { after, createStepDeps, heardOf, pause, preSharedKey, settle, submitAt } from "../../support/stepping.ts";

describe("an answer that was lost", () => {
  /** A request whose only create went out and was never answered. */
  async function createLost(provider: "alibaba" | "tencent") {
    const deps = await createStepDeps(provider);
    deps.vendor.answers.create = failing("ambiguous");
    expect(await heardOf(submit(deps, deps.run))).toBe("OutcomeUnclear");
    expect(await deps.saved()).toMatchObject({ status: "creating", create: { state: "undecided", sends: 1 } });
    deps.vendor.asked.length = 0;
    return deps;
  }

  it.each(["alibaba", "tencent"] as const)("is looked for by name first, and what is found is ours: %s", async (at) => {
    const deps = await createLost(at);
    const { request, id } = deps.record;
    const looked: unknown[] = [];
    deps.vendor.answers.find = (identity) => [`vco-${looked.push(identity)}`];
    expect(await submitAt(deps, 1)).toBe("done");
    const [customerGatewayId, operationId] = [request.tunnels[0]?.customerGatewayId, id.slice(0, 12)];
    expect(looked).toEqual([{ operationId, vpnGatewayId: request.vpnGatewayId, customerGatewayId }]);
    expect(deps.vendor.asked).toEqual(["find"]);
    expect(await deps.saved()).toMatchObject({
      status: "provisioning",
      statusReason: "found vco-1 at the vendor by its name",
      providerConnectionId: "vco-1",
      create: { state: "accepted" },
    });
  });

  it.each(["alibaba", "tencent"] as const)("is for a person when two carry our name: %s", async (at) => {
    const deps = await createLost(at);
    deps.vendor.answers.find = () => ["vco-1", "vco-2"];
    expect(await submitAt(deps, settle)).toBe("Undecidable");
    expect(deps.vendor.asked).toEqual(["find"]);
    const saved = await deps.saved();
    expect(saved).toMatchObject({
      statusReason: "the vendor lists vco-1 and vco-2 for this request",
      create: { state: "undecided" },
    });
    expect(decideOutcome(saved, "Undecidable").status).toBe("unknown");
  });

  it.each(["alibaba", "tencent"] as const)("stays open while the vendor cannot be read: %s", async (at) => {
    const deps = await createLost(at);
    deps.vendor.answers.find = failing("auth");
    expect(await submitAt(deps, settle)).toBe("ProviderUnavailable");
    expect(deps.vendor.asked).toEqual(["find"]);
    const { create, events } = await deps.saved();
    expect(create).toMatchObject({ state: "undecided", sends: 1 });
    expect(events.at(-1)).toMatchObject({ type: "vendor_call", action: "find", outcome: "auth" });
  });

  it("is not looked for any more once the deadline has passed", async () => {
    const deps = await createLost("tencent");
    await deps.overtake({ deadlineAt: after(1_800_000) });
    expect(await submitAt(deps, 1_800_000)).toBe("DeadlinePassed");
    expect(deps.vendor.asked).toEqual([]);
    expect(decideOutcome(await deps.saved(), "DeadlinePassed").status).toBe("unknown");
  });

  it("has Alibaba asked again at once, with the same token", async () => {
    const deps = await createLost("alibaba");
    let atSending: unknown;
    deps.vendor.answers.create = async () => {
      atSending = (await deps.saved()).create;
      return { connectionId: "vco-1" };
    };
    expect(await submitAt(deps, 1)).toBe("done");
    expect(deps.vendor.asked).toEqual(["find", "create"]);
    const [first, second] = deps.vendor.sent;
    expect(second).toEqual(first);
    expect(second).toMatchObject({ token: `${deps.record.id}-1`, keys: [preSharedKey] });
    // The second sending is noted before it leaves, and has a window of its own.
    expect(atSending).toMatchObject({ number: 1, state: "undecided", sends: 2, settledAt: after(settle + 1) });
    expect(await deps.saved()).toMatchObject({ attempts: 2, providerConnectionId: "vco-1" });
  });

  it("has Tencent asked once more only after a clean settle window", async () => {
    const deps = await createLost("tencent");
    expect(await submitAt(deps, settle - 1)).toBe("OutcomeUnclear");
    expect(deps.vendor.asked).toEqual(["find"]);
    deps.vendor.answers.create = () => ({ connectionId: "vco-2" });
    expect(await submitAt(deps, settle)).toBe("done");
    expect(deps.vendor.asked).toEqual(["find", "find", "preflight", "create"]);
    expect(deps.vendor.sent.map(({ token }) => token)).toEqual([`${deps.record.id}-1`, `${deps.record.id}-2`]);
    expect(await deps.saved()).toMatchObject({
      providerConnectionId: "vco-2",
      create: { number: 2, state: "accepted", unanswered: 1, settledAt: after(2 * settle) },
    });
  });

  it("counts from when the vendor was asked: its answer can be older than it arrives", async () => {
    const deps = await createLost("tencent");
    deps.vendor.answers.find = () => {
      deps.clock.advance(1);
      return [];
    };
    expect(await submitAt(deps, settle - 1)).toBe("OutcomeUnclear");
    expect(deps.vendor.sent).toHaveLength(1);
  });

  it("is lost three times at Tencent at most; then a person must look", async () => {
    const deps = await createLost("tencent");
    expect(await submitAt(deps, settle)).toBe("OutcomeUnclear");
    expect(await submitAt(deps, 2 * settle)).toBe("OutcomeUnclear");
    expect(await submitAt(deps, 3 * settle - 1)).toBe("OutcomeUnclear");
    expect(await submitAt(deps, 3 * settle)).toBe("Undecidable");
    expect(deps.vendor.sent).toHaveLength(3);
    const saved = await deps.saved();
    expect(saved).toMatchObject({
      statusReason: "the vendor's answer was lost 3 times in a row",
      attempts: 3,
      create: { number: 3, state: "undecided", unanswered: 2 },
    });
    expect(decideOutcome(saved, "Undecidable").status).toBe("unknown");
  });

  it("is counted as void, and not forgotten, when the gateway is busy before the next sending", async () => {
    const deps = await createLost("tencent");
    const { preflight } = deps.vendor.answers;
    deps.vendor.answers.preflight = () => ({ flaws: [], facts: {}, busy: "the gateway is being changed" });
    expect(await submitAt(deps, settle)).toBe("GatewayBusy");
    expect((await deps.saved()).create).toMatchObject({ number: 1, state: "void", unanswered: 1 });
    deps.vendor.answers.preflight = preflight;
    expect(await submitAt(deps, settle + 1)).toBe("OutcomeUnclear");
    expect((await deps.saved()).create).toMatchObject({ number: 2, state: "undecided", unanswered: 1 });
  });

  it("counts no more once the vendor has answered in between", async () => {
    const deps = await createLost("tencent");
    deps.vendor.answers.create = failing("conflict", { providerCode: "Busy" });
    expect(await submitAt(deps, settle)).toBe("OutcomeUnclear");
    deps.vendor.answers.create = failing("ambiguous");
    expect(await submitAt(deps, 2 * settle)).toBe("Throttled");
    expect(await submitAt(deps, 2 * settle + pause)).toBe("OutcomeUnclear");
    expect((await deps.saved()).create).toMatchObject({ number: 3, unanswered: 0 });
  });
});
