import { describe, expect, it } from "vitest";
import { listAttention } from "../../../functions/domain/connections/list-attention.ts";
import { settleSeconds } from "../../../functions/domain/limits.ts";
import type { ConnectionRecord } from "../../../functions/domain/record/connection-record.ts";
import type { ProviderName } from "../../../functions/domain/values.ts";
import { connectionsOf, createInProcess, runAgain, type RunDeps, runToEnd } from "../../support/vendor-stepping.ts";

const create = "CreateVpnConnection";
const vendors = ["alibaba", "tencent"] as const;
const timeoutSeconds = 300;
/** Refused before it ran, says each vendor's document. */
const throttled = { alibaba: "Throttling.User", tencent: "RequestLimitExceeded" };
const busy = { alibaba: "VpnGateway.Configuring", tencent: "ResourceInUse" };

/** A request with too little time for the broker to count its tries to the last. */
async function createShort(vendor: ProviderName) {
  const deps = await createInProcess(vendor);
  const request = { ...deps.record.request, timeoutSeconds };
  deps.store.put({ ...deps.record, request });
  return deps;
}

const keepAnswering = (deps: RunDeps, code: string, kind: "error" | "error-after-effect" = "error", times = 9999) =>
  deps.addFault({ action: create, kind, code, times });

/** Seconds from the acceptance, which is when the turn was taken here. */
const secondsOf = ({ createdAt, completedAt }: ConnectionRecord) =>
  (Date.parse(completedAt ?? "") - Date.parse(createdAt)) / 1000;

describe("a vendor that turns the create away until the time is over", () => {
  it.each(vendors)("is told as that, once a look shows that nothing came of it: %s", async (vendor) => {
    const deps = await createShort(vendor);
    await keepAnswering(deps, throttled[vendor]);
    const ended = await runToEnd(deps, deps.record.id, 20_000);
    expect(ended).toMatchObject({
      status: "failed",
      lastLook: "due",
      error: { code: "provider_throttled", retryable: true, providerCode: throttled[vendor] },
    });
    expect(ended.error?.message).toMatch(/ times since .*, until timeoutSeconds passed$/);
    const calls = await deps.calls();
    const sent = calls.filter(({ action }) => action === create).map(({ at }) => at);
    const looked = calls.findLast(({ action }) => action === "DescribeVpnConnections")?.at ?? 0;
    const last = Math.max(...sent);
    expect(looked).toBeGreaterThanOrEqual(last + settleSeconds * 1000);
    expect(last).toBeLessThan(Date.parse(ended.createdAt) + timeoutSeconds * 1000);
    expect(secondsOf(ended)).toBeLessThanOrEqual(timeoutSeconds + settleSeconds + 20);
    const attention = (await listAttention(deps, { tenant: ended.tenant, limit: 100 })).items;
    expect(attention).toMatchObject([{ reason: "failed", action: ended.error?.advice }]);
  });

  it.each(vendors)("is not believed where the look finds a connection all the same: %s", async (vendor) => {
    const deps = await createShort(vendor);
    await deps.configure({ visibleAfterMilliseconds: 100_000 });
    await keepAnswering(deps, throttled[vendor], "error-after-effect");
    const ended = await runToEnd(deps, deps.record.id, 20_000);
    const [made = "", ...others] = await connectionsOf(deps);
    expect(others).toEqual([]);
    expect(ended).toMatchObject({ status: "succeeded", providerConnectionId: made });
  });

  it.each(vendors)("leaves it open whether a create before it worked that nobody heard of: %s", async (vendor) => {
    const deps = await createShort(vendor);
    await deps.addFault({ action: create, kind: "reset-before", times: 1 });
    await keepAnswering(deps, throttled[vendor]);
    const ended = await runToEnd(deps, deps.record.id, 20_000);
    expect(ended).toMatchObject({ status: "unknown", error: { code: "deadline_exceeded" } });
    expect(secondsOf(ended)).toBeLessThanOrEqual(timeoutSeconds + 20);
  });

  it.each(vendors)("and whether one worked that was answered with busy: %s", async (vendor) => {
    const deps = await createShort(vendor);
    await keepAnswering(deps, busy[vendor]);
    const ended = await runToEnd(deps, deps.record.id, 20_000);
    expect(ended).toMatchObject({
      status: "unknown",
      error: { code: "deadline_exceeded", providerCode: busy[vendor] },
    });
  });
});

describe("a vendor that is busy for longer than all tries of a run", () => {
  it.each(vendors)("is tried as often by the run after it, each time anew: %s", async (vendor) => {
    const deps = await createInProcess(vendor);
    await keepAnswering(deps, busy[vendor]);
    // So short that not all tries fit in, but some.
    deps.store.put({ ...deps.record, request: { ...deps.record.request, timeoutSeconds: 1200 } });
    const ended = await runToEnd(deps);
    expect(ended).toMatchObject({ status: "unknown" });
    deps.store.put({ ...ended, request: { ...ended.request, timeoutSeconds: 9000 } });
    const again = await runAgain(deps);
    expect(again).toMatchObject({ status: "failed", error: { code: "provider_conflict" } });
    expect((again.create?.number ?? 0) - (ended.create?.number ?? 0)).toBe(12);
  });
});
