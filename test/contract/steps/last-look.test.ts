import { describe, expect, it } from "vitest";
import { listAttention } from "../../../functions/domain/connections/list-attention.ts";
import type { ConnectionRecord } from "../../../functions/domain/record/connection-record.ts";
import { toProviderConnectionName } from "../../../functions/domain/record/ids.ts";
import { toResource } from "../../../functions/domain/record/to-resource.ts";
import type { ProviderName } from "../../../functions/domain/values.ts";
import { submit } from "../../../functions/steps/submit/submit.ts";
import { heardOf } from "../../support/stepping.ts";
import {
  connectionsOf,
  createInProcess,
  lookLate,
  runAgain,
  runToEnd,
  type RunDeps,
} from "../../support/vendor-stepping.ts";

const create = "CreateVpnConnection";
const vendors = ["alibaba", "tencent"] as const;
/** Refusals that nobody doubts at first, and that our own connection would bring about. */
const refused = { alibaba: "IllegalParam.LocalSubnet", tencent: "InvalidParameterValue.TooLong" };
const overlaps = {
  alibaba: "VpnConnectionParamInvalid.SameVpnAndCgwTrafficSelectorOverlap",
  tencent: "InvalidParameterValue.VpnConnCidrConflict",
};

/** A vendor that makes the connection, refuses the create, and does not list what it made for some minutes. */
async function createRefusedAfterEffect(vendor: ProviderName) {
  const deps = await createInProcess(vendor);
  await deps.configure({ visibleAfterMilliseconds: 600_000 });
  await deps.addFault({ action: create, kind: "error-after-effect", code: refused[vendor], times: 1 });
  const ended = await runToEnd(deps);
  expect(ended).toMatchObject({ status: "failed", lastLook: "due", error: { providerCode: refused[vendor] } });
  return deps;
}

async function createsOf(deps: RunDeps): Promise<number> {
  return (await deps.calls()).filter(({ action }) => action === create).length;
}

/** What turned up is named wherever somebody may look. */
async function expectTold(deps: RunDeps, found: ConnectionRecord, connectionId: string): Promise<void> {
  const name = toProviderConnectionName(found.request.name, found.id);
  const advice = expect.stringMatching(new RegExp(`${connectionId} \\(${name}; .*${found.request.vpnGatewayId}`));
  expect(found).toMatchObject({
    status: "failed",
    providerConnectionId: connectionId,
    error: { retryable: true, advice },
  });
  expect(toResource(found).statusReason).toContain(`${connectionId} found at the vendor`);
  expect(found.tunnels.map(({ reason }) => reason).join()).not.toContain("without a connection");
  expect(found.events.at(-1)).toMatchObject({ type: "recovery", connectionIds: [connectionId] });
  const attention = (await listAttention(deps, { tenant: found.tenant, limit: 100 })).items;
  expect(attention).toMatchObject([{ reason: "connection_found", action: advice, record: { id: found.id } }]);
}

describe("a connection that turns up after its request has failed", () => {
  it.each(vendors)("is told of, needs a person, and is what a redrive goes on with: %s", async (vendor) => {
    const deps = await createRefusedAfterEffect(vendor);
    const before = (await listAttention(deps, { tenant: deps.record.tenant, limit: 100 })).items;
    expect(before).toMatchObject([{ reason: "failed" }]);
    const [made = ""] = await connectionsOf(deps);
    await expectTold(deps, await lookLate(deps), made);
    const sent = await createsOf(deps);
    expect(await runAgain(deps)).toMatchObject({ status: "succeeded", providerConnectionId: made });
    expect(await createsOf(deps)).toBe(sent);
    expect((await listAttention(deps, { tenant: deps.record.tenant, limit: 100 })).items).toEqual([]);
  });

  it.each(vendors)("also when a redrive failed by its being in the way: %s", async (vendor) => {
    const deps = await createRefusedAfterEffect(vendor);
    deps.clock.advance(130_000);
    await deps.addFault({ action: create, kind: "error", code: overlaps[vendor], times: 9 });
    const again = await runAgain(deps);
    expect(again).toMatchObject({ status: "failed", generation: 2, lastLook: "due" });
    const [made = "", ...others] = await connectionsOf(deps);
    expect(others).toEqual([]);
    await expectTold(deps, await lookLate(deps), made);
    expect(await runAgain(deps)).toMatchObject({ status: "succeeded", providerConnectionId: made });
    expect(await connectionsOf(deps)).toEqual([made]);
  });

  it.each(vendors)("is what a redrive's overlap is put down to, until the last look: %s", async (vendor) => {
    const deps = await createInProcess(vendor);
    await deps.configure({ visibleAfterMilliseconds: 1_200_000 });
    await deps.addFault({ action: create, kind: "reset-after", times: 1 });
    await deps.addFault({ action: create, kind: "error", code: refused[vendor], times: 1 });
    expect(await runToEnd(deps)).toMatchObject({ status: "failed", lastLook: "due" });
    await deps.addFault({ action: create, kind: "error", code: overlaps[vendor], times: 9 });
    const again = await runAgain(deps);
    expect(again).toMatchObject({ status: "unknown", lastLook: "due", error: { providerCode: overlaps[vendor] } });
    const [made = "", ...others] = await connectionsOf(deps);
    expect([others, (await lookLate(deps)).providerConnectionId]).toEqual([[], made]);
  });

  it.each(vendors)("and after a last look that showed nothing it is another's: %s", async (vendor) => {
    const deps = await createInProcess(vendor);
    await deps.addFault({ action: create, kind: "reset-before", times: 1 });
    await deps.addFault({ action: create, kind: "error", code: refused[vendor], times: 1 });
    expect(await runToEnd(deps)).toMatchObject({ status: "failed", lastLook: "due" });
    expect(await lookLate(deps)).not.toHaveProperty("lastLook");
    await deps.addFault({ action: create, kind: "error", code: overlaps[vendor], times: 9 });
    expect(await runAgain(deps)).toMatchObject({ status: "failed", error: { providerCode: overlaps[vendor] } });
  });
});

describe("a second connection of a request", () => {
  /** The first create works, its answer is lost, and the vendor does not list what it made for much longer than it should. */
  async function createTwice(ending: "succeeded" | "unknown") {
    const deps = await createInProcess("tencent");
    await deps.configure({ visibleAfterMilliseconds: 300_000, provisioningMilliseconds: 0 });
    if (ending === "unknown") await deps.addFault({ action: "DescribeVpcTaskResult", kind: "throttle", times: 999 });
    await deps.addFault({ action: create, kind: "reset-after", times: 1 });
    await heardOf(submit(deps, { id: deps.record.id, generation: 1 }));
    await deps.configure({ visibleAfterMilliseconds: 0 });
    const ended = await runToEnd(deps);
    const known = ended.providerConnectionId;
    const [lost = "", ...others] = (await connectionsOf(deps)).filter((id) => id !== known);
    expect(others).toEqual([]);
    return { deps, ended, known, lost };
  }

  it("that turns up beside the one that is known is told of", async () => {
    const { deps, ended, known, lost } = await createTwice("unknown");
    expect(ended).toMatchObject({ status: "unknown", lastLook: "due" });
    const found = await lookLate(deps);
    expect(found).toMatchObject({ status: "unknown", providerConnectionId: known, lastLook: "found" });
    const [attention] = (await listAttention(deps, { tenant: found.tenant, limit: 100 })).items;
    expect(attention?.action).toContain(`Delete ${lost}`);
  });

  it("also where the request has succeeded", async () => {
    const { deps, ended, known, lost } = await createTwice("succeeded");
    expect(ended).toMatchObject({ status: "succeeded", lastLook: "due" });
    const found = await lookLate(deps);
    expect(found).toMatchObject({ status: "succeeded", providerConnectionId: known, lastLook: "found" });
    expect(found.statusReason).toContain(`${lost} (`);
    const attention = (await listAttention(deps, { tenant: found.tenant, limit: 100 })).items;
    expect(attention).toMatchObject([{ reason: "connection_found", action: expect.stringContaining(`elete ${lost}`) }]);
  });

  it("is looked for once, and nothing is said where there is none", async () => {
    const deps = await createInProcess("tencent");
    await deps.addFault({ action: create, kind: "reset-before", times: 1 });
    expect(await runToEnd(deps)).toMatchObject({ status: "succeeded", lastLook: "due" });
    const looked = await lookLate(deps);
    expect(looked).not.toHaveProperty("lastLook");
    expect((await listAttention(deps, { tenant: looked.tenant, limit: 100 })).items).toEqual([]);
  });

  it("is not looked for after a create that worked at once", async () => {
    const deps = await createInProcess("tencent");
    expect(await runToEnd(deps)).not.toHaveProperty("lastLook");
  });
});
