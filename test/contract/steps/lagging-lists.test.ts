import { describe, expect, it } from "vitest";
import { settleSeconds } from "../../../functions/domain/limits.ts";
import type { ConnectProvider } from "../../../functions/domain/provider/provider.ts";
import { toProviderConnectionName } from "../../../functions/domain/record/ids.ts";
import { awaitProvisioned } from "../../../functions/steps/await-provisioned.ts";
import { submit } from "../../../functions/steps/submit/submit.ts";
import { takeTurn } from "../../../functions/steps/take-turn.ts";
import { heardOf } from "../../support/stepping.ts";
import {
  acceptedAt,
  connectionsOf,
  createInProcess,
  lookLate,
  runToEnd,
  saved,
} from "../../support/vendor-stepping.ts";

const create = "CreateVpnConnection";
const vendors = ["alibaba", "tencent"] as const;
const overlaps = {
  alibaba: "VpnConnectionParamInvalid.SameVpnAndCgwTrafficSelectorOverlap",
  tencent: "InvalidParameterValue.VpnConnCidrConflict",
};

describe("a list that lags for longer than it should, after an answer that was lost", () => {
  it.each(vendors)("leaves a refusal that our own connection explains for a person: %s", async (vendor) => {
    const deps = await createInProcess(vendor);
    await deps.configure({ visibleAfterMilliseconds: 300_000 });
    await deps.addFault({ action: create, kind: "reset-after", times: 1 });
    await deps.addFault({ action: create, kind: "error", code: overlaps[vendor], times: 9 });
    const ended = await runToEnd(deps);
    const name = toProviderConnectionName(ended.request.name, ended.id);
    expect(ended).toMatchObject({
      status: "unknown",
      lastLook: "due",
      error: { code: "outcome_unknown", providerCode: overlaps[vendor], advice: expect.stringContaining(name) },
    });
    expect(ended.error?.message).toContain(overlaps[vendor]);
    const made = await connectionsOf(deps);
    expect(made).toHaveLength(1);
    expect((await lookLate(deps)).providerConnectionId).toBe(made[0]);
  });

  it.each(vendors)("and so it does where the refusal takes longer than the settle window: %s", async (vendor) => {
    const deps = await createInProcess(vendor);
    await deps.addFault({ action: create, kind: "reset-before", times: 1 });
    await deps.addFault({ action: create, kind: "error", code: overlaps[vendor], times: 9 });
    const ended = await runToEnd({ ...deps, timeScale: 0 });
    expect(ended).toMatchObject({ status: "unknown", error: { providerCode: overlaps[vendor] } });
  });

  it("and the vendor's own refusal of the second attempt at Tencent has the same end", async () => {
    const deps = await createInProcess("tencent");
    await deps.configure({ visibleAfterMilliseconds: 300_000 });
    await deps.addFault({ action: create, kind: "reset-after", times: 1 });
    deps.compareCreates();
    const ended = await runToEnd(deps);
    expect(ended).toMatchObject({ status: "unknown", lastLook: "due" });
    expect(await connectionsOf(deps)).toHaveLength(1);
  });
});

describe("an answer that is heard while the look after it fails", () => {
  it.each(vendors)("is not told as lost, and is the last word: %s", async (vendor) => {
    const deps = await createInProcess(vendor);
    const code = { alibaba: "InvalidVpnConnection.AlreadyExists", tencent: "ResourceInUse" }[vendor];
    await deps.addFault({ action: create, kind: "error", code, times: 1 });
    const connectProvider: ConnectProvider = (name, options) =>
      deps.connectProvider(name, {
        ...options,
        onCall(call) {
          options.onCall(call);
          const fault = { action: "DescribeVpnConnections", kind: "throttle", times: 1 } as const;
          if (call.action === create) void deps.addFault(fault);
        },
      });
    const run = { id: deps.record.id, generation: 1 };
    await heardOf(submit({ ...deps, connectProvider }, run));
    expect((await saved(deps, run.id)).create).toMatchObject({ state: "undecided", doubt: { providerCode: code } });
    await heardOf(submit(deps, run));
    expect((await saved(deps, run.id)).statusReason).toContain(code);
  });
});

describe("the same request again, 6 s later, without allowDuplicate", () => {
  it.each(vendors)("waits while the list does not show the first one's connection: %s", async (vendor) => {
    const deps = await createInProcess(vendor);
    await deps.configure({ visibleAfterMilliseconds: 60_000, provisioningMilliseconds: 1000 });
    const first = { id: deps.record.id, generation: 1 };
    await takeTurn(deps, first);
    await submit(deps, first);
    const second = await acceptedAt(vendor, "theirs");
    deps.store.put(second);
    deps.clock.advance(6000);
    const run = { id: second.id, generation: 1 };
    // Alibaba's turn ends with the vendor's job, Tencent's with the create.
    if (vendor === "alibaba") {
      expect(await heardOf(takeTurn(deps, run))).toBe("GatewayBusy");
      await runToEnd(deps);
    } else {
      await takeTurn(deps, run);
      expect(await heardOf(submit(deps, run))).toBe("ProviderUnavailable");
      expect((await saved(deps, run.id)).statusReason).toContain("does not list yet");
    }
    const ended = await runToEnd(deps, second.id);
    expect(ended).toMatchObject({ status: "failed", attempts: 0, error: { code: "semantic_duplicate" } });
    expect(await connectionsOf(deps, second)).toEqual([]);
    expect(await deps.connections()).toHaveLength(1);
  });
});

describe("a look at the vendor's job", () => {
  /** Accepted a moment ago. */
  async function createSubmitted(vendor: (typeof vendors)[number], settings: Record<string, unknown> = {}) {
    const deps = await createInProcess(vendor);
    await deps.configure(settings);
    const run = { id: deps.record.id, generation: 1 };
    await submit(deps, run);
    return { ...deps, run };
  }

  it("believes a task that succeeded at Tencent as long as the list may lag", async () => {
    const lag = settleSeconds * 1000 - 1;
    const deps = await createSubmitted("tencent", { visibleAfterMilliseconds: lag, provisioningMilliseconds: 0 });
    deps.clock.advance(lag - 1);
    expect(await heardOf(awaitProvisioned(deps, deps.run))).toBe("StillProvisioning");
    expect((await saved(deps, deps.run.id)).statusReason).toMatch(
      /task is SUCCESS.* not found, which a list that lags/,
    );
    expect((await runToEnd(deps)).status).toBe("succeeded");
  });

  it.each(vendors)("ends soon after somebody has deleted the connection: %s", async (vendor) => {
    const deps = await createSubmitted(vendor, { provisioningMilliseconds: 1000 });
    const [made = ""] = await connectionsOf(deps);
    deps.clock.advance(2000);
    deps.cloud.tables.connections.delete(made);
    const ended = await runToEnd(deps);
    expect(ended).toMatchObject({ status: "failed", lastLook: "due", error: { code: "provider_internal" } });
    expect(ended.error?.message).toContain(`${made} is not found`);
    expect(Date.parse(ended.completedAt ?? "") - Date.parse(ended.createdAt)).toBeLessThan(settleSeconds * 2000);
  });

  it.each([
    ["alibaba", 0],
    ["alibaba", 900_000],
    ["tencent", 0],
    ["tencent", 900_000],
  ] as const)(
    "ends when the gateway is gone at %s, once that can be believed (a job of %s ms)",
    async (vendor, job) => {
      const deps = await createSubmitted(vendor, { provisioningMilliseconds: job });
      const { vpnGatewayId } = deps.record.request;
      deps.cloud.removeGateway(vpnGatewayId);
      deps.cloud.tables.connections.clear();
      expect(await heardOf(awaitProvisioned(deps, deps.run))).toBe("StillProvisioning");
      deps.clock.advance(settleSeconds * 1000);
      expect(await heardOf(awaitProvisioned(deps, deps.run))).toBe("JobFailed");
      const { refusal } = await saved(deps, deps.run.id);
      expect(refusal).toMatchObject({ code: "provider_not_found", retryable: false });
      expect(refusal?.message).toContain(`the gateway ${vpnGatewayId} is not found`);
    },
  );

  it("does without the gateway's description at Tencent, where only the connection's is needed", async () => {
    const deps = await createSubmitted("tencent", { provisioningMilliseconds: 60_000 });
    await deps.addFault({ action: "DescribeVpnGateways", kind: "error", code: "UnauthorizedOperation", times: 99 });
    expect((await runToEnd(deps)).status).toBe("succeeded");
  });

  it.each(vendors)("does not believe %s that a connection is gone before its lists are sure", async (vendor) => {
    const deps = await createSubmitted(vendor, {
      visibleAfterMilliseconds: settleSeconds * 1000 - 1,
      provisioningMilliseconds: 0,
    });
    // Without its task Tencent knows no better either.
    await deps.addFault({ action: "DescribeVpcTaskResult", kind: "error", code: "ResourceNotFound", times: 9 });
    deps.clock.advance(settleSeconds * 1000 - 2);
    expect(await heardOf(awaitProvisioned(deps, deps.run))).toBe("StillProvisioning");
    deps.clock.advance(2);
    expect(await heardOf(awaitProvisioned(deps, deps.run))).toBe("done");
  });
});
