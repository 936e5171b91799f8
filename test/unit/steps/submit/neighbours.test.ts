import { expect, it } from "vitest";
import type { PreflightFlaw } from "../../../../functions/domain/provider/provider.ts";
import type { ConnectionRecord } from "../../../../functions/domain/record/connection-record.ts";
import { toConnectionId } from "../../../../functions/domain/record/ids.ts";
import { applyDefaults } from "../../../../functions/domain/request/apply-defaults.ts";
import { checkTunnels } from "../../../../functions/providers/tencent/check-estate.ts";
import { anotherRequest, createStepDeps, openAttempt, submitAt } from "../../../support/stepping.ts";

const flaw = {
  code: "provider_validation",
  pointer: "/routing/remoteCidrs/0",
  detail: "10.2.0.0/24 overlaps 10.2.0.0/16 of vpnx-theirs on the same gateway",
  advice: "Give other networks, or delete that tunnel.",
  providerCode: "InvalidParameterValue.VpnConnCidrConflict",
  collidesWith: "vpnx-theirs",
} as const;

/** How our request ends where the vendor shows a tunnel that is in its way, beside this record of the gateway. */
async function endsBeside(
  patch: Partial<ConnectionRecord>,
  flaws: PreflightFlaw[] = [flaw],
): Promise<ConnectionRecord> {
  const deps = await createStepDeps("tencent", { request: { ...(await ours()), allowDuplicate: true } });
  const id = toConnectionId("neighbour", "its");
  const made = { id, status: "succeeded" as const, providerConnectionId: "vpnx-theirs", ...patch };
  deps.store.put(await anotherRequest("tencent", "theirs", made));
  deps.vendor.answers.preflight = () => ({ flaws, facts: {} });
  expect(await submitAt(deps, 0)).toBe("Rejected");
  return deps.saved();
}
const ours = async () => (await createStepDeps("tencent")).record.request;

it.each([
  ["another tenant's connection", { tenant: "neighbour" }],
  ["one that may be another tenant's", { tenant: "neighbour", providerConnectionId: undefined, create: openAttempt }],
])("a refusal for %s names neither its id nor its networks", async (_what, patch) => {
  const { refusal, events } = await endsBeside(patch as Partial<ConnectionRecord>);
  expect(refusal?.code).toBe("provider_validation");
  expect(refusal?.message).toContain("/vpnGatewayId: collides with a connection");
  expect(JSON.stringify({ refusal, events })).not.toMatch(/vpnx-theirs|10\.2\.0\.0\/16/);
});

it("a refusal does not say which of many networks and addresses another tenant's connection has", async () => {
  const probed = { ...flaw, pointer: "/healthCheck/sourceIp", providerCode: "VpnConnHealthCheckIpConflict" };
  const ends = [[flaw], [{ ...flaw, pointer: "/routing/remoteCidrs/7" }, flaw], [probed], [flaw, probed]].map(
    async (flaws) => (await endsBeside({ tenant: "neighbour" }, flaws)).refusal,
  );
  expect(new Set((await Promise.all(ends)).map((refusal) => JSON.stringify(refusal))).size).toBe(1);
});

it.each([
  ["the request's own flaw", { collidesWith: undefined }],
  ["the tenant's own connection", { collidesWith: "vpnx-ours" }],
])("a request that ends for %s is told nothing of another tenant's", async (_what, { collidesWith }) => {
  const { collidesWith: _theirs, ...plain } = { ...flaw, pointer: "/vpcId", detail: "the gateway belongs to vpc-1" };
  const own = collidesWith === undefined ? plain : { ...plain, collidesWith };
  const beside = { tenant: "neighbour" };
  const alone = (await endsBeside(beside, [own])).refusal;
  expect(alone?.message).toContain("/vpcId");
  expect((await endsBeside(beside, [flaw, own])).refusal).toEqual(alone);
});

it("a refusal for a connection that the vendor shows without its id tells of it where no other tenant has any", async () => {
  const shown = {
    SecurityPolicyDatabaseSet: [{ LocalCidrBlock: "0.0.0.0/0", RemoteCidrBlock: ["0.0.0.0/0"] }],
    VpnConnectionId: undefined,
    VpnConnectionName: undefined,
    CustomerGatewayId: undefined,
    HealthCheckLocalIp: undefined,
    HealthCheckRemoteIp: undefined,
  };
  const flaws = checkTunnels(applyDefaults(await ours()), [shown], undefined);
  expect((await endsBeside({}, flaws)).refusal?.message).toContain("0.0.0.0/0");
  expect((await endsBeside({ tenant: "neighbour" }, flaws)).refusal?.message).not.toContain("0.0.0.0/0");
});

it("a refusal for the tenant's own connection, or one that no request made, says all of it", async () => {
  for (const patch of [{}, { tenant: "neighbour", providerConnectionId: "vpnx-another" }]) {
    expect((await endsBeside(patch)).refusal?.message).toContain(flaw.detail);
  }
});

/** The same gateways, other networks. */
const apart = { mode: "policy" as const, localCidrs: ["10.200.0.0/24"], remoteCidrs: ["10.201.0.0/24"] };

it.each([
  ["of its own tenant's", {}, {}, undefined],
  [
    "that both tenants were given by name",
    { tenant: "neighbour", namesGateways: true },
    { namesGateways: true },
    undefined,
  ],
  ["that one of them was given by name", { tenant: "neighbour" }, { namesGateways: true }, "semantic_duplicate"],
  ["that both have by a wildcard", { tenant: "neighbour" }, {}, "semantic_duplicate"],
] as const)("networks are compared, or not, between gateways %s", async (_what, theirs, patch, code) => {
  const deps = await createStepDeps("tencent", patch);
  const id = toConnectionId("neighbour", "its");
  const made = { id, status: "succeeded" as const, providerConnectionId: "vpnx-theirs", ...theirs };
  const record = await anotherRequest("tencent", "theirs", made);
  deps.store.put({ ...record, request: { ...record.request, routing: apart } });
  expect(await submitAt(deps, 0)).toBe(code === undefined ? "done" : "Rejected");
  const { refusal } = await deps.saved();
  expect(refusal?.code).toBe(code);
  if (refusal)
    expect(refusal.message).toBe(
      "another tenant's request has, or may have, a connection between these gateways for networks that are not told",
    );
});
