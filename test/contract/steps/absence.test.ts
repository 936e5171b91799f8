import { describe, expect, it } from "vitest";
import { awaitProvisioned } from "../../../functions/steps/await-provisioned.ts";
import { submit } from "../../../functions/steps/submit/submit.ts";
import { heardOf } from "../../support/stepping.ts";
import { acceptedAt, createInProcess, saved } from "../../support/vendor-stepping.ts";

const create = "CreateVpnConnection";
/** Not found, says each code: the region, the action, the network; not the connection that was asked for. */
const others = [
  ["alibaba", "DescribeVpnConnection", "InvalidRegionId.NotFound"],
  ["alibaba", "DescribeVpnConnection", "InvalidApi.NotFound"],
  ["tencent", "DescribeVpnConnections", "InvalidVpcId.NotFound"],
  ["tencent", "DescribeVpnConnections", "InvalidRegion.NotFound"],
] as const;

describe.each(others)("%s's answer to %s with %s", (vendor, action, code) => {
  it("does not show that a duplicate's connection is gone", async () => {
    const deps = await createInProcess(vendor);
    const theirs = await acceptedAt(vendor, "theirs");
    deps.store.put({ ...theirs, status: "succeeded", providerConnectionId: "vco-theirs" });
    // Tencent reads the list of tunnels before, which is another question.
    await deps.addFault({ action, kind: "error", code, times: 9 });
    expect(await heardOf(submit(deps, { id: deps.record.id, generation: 1 }))).toBe("Rejected");
    expect((await saved(deps, deps.record.id)).refusal).toMatchObject({ providerCode: code });
    expect((await deps.calls()).map((call) => call.action)).not.toContain(create);
  });

  it("does not show that our own is, however late", async () => {
    const deps = await createInProcess(vendor);
    const run = { id: deps.record.id, generation: 1 };
    await submit(deps, run);
    deps.clock.advance(300_000);
    await deps.addFault({ action, kind: "error", code, times: 1 });
    expect(await heardOf(awaitProvisioned(deps, run))).toBe("ProviderUnavailable");
    expect(await heardOf(awaitProvisioned(deps, run))).toBe("done");
  });
});
