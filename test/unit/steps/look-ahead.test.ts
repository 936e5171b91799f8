import { describe, expect, it } from "vitest";
import type { ConnectionRecord } from "../../../functions/domain/record/connection-record.ts";
import { decideOutcome } from "../../../functions/domain/record/decide-outcome.ts";
import { submit } from "../../../functions/steps/submit/submit.ts";
import { failing } from "../../fakes/scripted-provider.ts";
import { anotherRequest, createStepDeps, heardOf } from "../../support/stepping.ts";

describe("before the first sending the gateways are read", () => {
  it("and what they show goes into the create", async () => {
    const deps = await createStepDeps("tencent");
    deps.vendor.answers.preflight = ({ vpnGatewayId }) => ({ flaws: [], facts: { localAddress: vpnGatewayId } });
    await submit(deps, deps.run);
    expect(deps.vendor.sent).toMatchObject([{ localAddress: deps.record.request.vpnGatewayId }]);
  });

  it("and what the vendor would refuse is refused before it is asked", async () => {
    const deps = await createStepDeps("tencent");
    const flaw = {
      code: "provider_not_found",
      pointer: "/vpnGatewayId",
      detail: "is not there",
      advice: "Make it.",
    } as const;
    deps.vendor.answers.preflight = () => ({ flaws: [flaw], facts: {} });
    expect(await heardOf(submit(deps, deps.run))).toBe("Rejected");
    expect(deps.vendor.asked).toEqual(["preflight"]);
    const saved = await deps.saved();
    expect(saved).toMatchObject({ attempts: 0, refusal: { code: "provider_not_found", advice: "Make it." } });
    expect(saved).not.toHaveProperty("create");
    expect(decideOutcome(saved, "Rejected")).toMatchObject({ status: "failed", reason: "/vpnGatewayId: is not there" });
    expect(saved.events.at(-1)).toMatchObject({ type: "vendor_call", action: "preflight" });
  });

  it("and a gateway that is busy is waited for", async () => {
    const deps = await createStepDeps("tencent");
    deps.vendor.answers.preflight = () => ({ flaws: [], facts: {}, busy: "the gateway is being changed" });
    expect(await heardOf(submit(deps, deps.run))).toBe("GatewayBusy");
    expect(await deps.saved()).toMatchObject({
      attempts: 0,
      status: "queued",
      statusReason: "waiting for the gateway: the gateway is being changed",
    });
    expect(deps.vendor.sent).toEqual([]);
  });

  it.each(["retry", "conflict", "ambiguous"] as const)("and a vendor out of reach (%s) is waited for", async (kind) => {
    const deps = await createStepDeps("tencent");
    deps.vendor.answers.preflight = failing(kind);
    expect(await heardOf(submit(deps, deps.run))).toBe("ProviderUnavailable");
    const saved = await deps.saved();
    expect(saved).toMatchObject({ attempts: 0, status: "queued" });
    expect(saved.events).toContainEqual(expect.objectContaining({ type: "vendor_call", outcome: kind }));
    expect(deps.vendor.sent).toEqual([]);
  });

  it.each(["auth", "validation", "quota", "not-found", "exists"] as const)(
    "and what may not be read (%s) ends the request: nothing is sent that was not looked at",
    async (kind) => {
      const deps = await createStepDeps("tencent");
      deps.vendor.answers.preflight = failing(kind);
      expect(await heardOf(submit(deps, deps.run))).toBe("Rejected");
      expect(deps.vendor.sent).toEqual([]);
      expect(decideOutcome(await deps.saved(), "Rejected")).toMatchObject({
        status: "failed",
        error: { retryable: kind === "quota" },
      });
    },
  );
});

describe("an earlier request for the same gateways and networks", () => {
  const made = { status: "succeeded", providerConnectionId: "vco-9", createdAt: "2025-12-31T00:00:00.000Z" } as const;

  /** A new request after an earlier one of that state. */
  async function createAfter(earlier: Partial<ConnectionRecord>, own: Partial<ConnectionRecord["request"]> = {}) {
    const deps = await createStepDeps("tencent");
    deps.store.put({ ...deps.record, request: { ...deps.record.request, ...own } });
    const other = await anotherRequest("tencent", "earlier", { ...made, ...earlier });
    deps.store.put(other);
    return { ...deps, other };
  }

  it("whose connection is there is a reason to refuse", async () => {
    const deps = await createAfter({});
    expect(await heardOf(submit(deps, deps.run))).toBe("Rejected");
    expect(deps.vendor.asked).toEqual(["preflight", "exists"]);
    const saved = await deps.saved();
    expect(saved).toMatchObject({ attempts: 0, refusal: { code: "semantic_duplicate" } });
    expect(saved.refusal?.message).toContain(deps.other.id);
  });

  it("whose connection is gone is none", async () => {
    const deps = await createAfter({});
    deps.vendor.answers.exists = () => false;
    expect(await heardOf(submit(deps, deps.run))).toBe("done");
  });

  it("is none for a request that wants a second connection", async () => {
    const deps = await createAfter({}, { allowDuplicate: true });
    expect(await heardOf(submit(deps, deps.run))).toBe("done");
    expect(deps.vendor.asked).toEqual(["preflight", "create"]);
  });

  it("is waited for while the vendor cannot tell whether its connection is there", async () => {
    const deps = await createAfter({});
    deps.vendor.answers.exists = failing("ambiguous");
    expect(await heardOf(submit(deps, deps.run))).toBe("ProviderUnavailable");
    expect(deps.vendor.sent).toEqual([]);
  });
});
