import { describe, expect, it } from "vitest";
import { toConnectionId, toOperationId } from "../../../functions/domain/record/ids.ts";
import type { CreateRequest } from "../../../functions/domain/request/create-request.ts";
import { toText } from "../../generators/arbitrary-networks.ts";
import { edit } from "../../generators/json-edit.ts";
import { createAcceptedRecord } from "../../support/accepting.ts";
import { createInProcessVendor } from "../../support/in-process-vendor.ts";
import { demoRequests } from "../../support/requests.ts";

const { alibaba, tencent } = demoRequests;
const vendors = [
  ["alibaba", alibaba],
  ["tencent", tencent],
] as const;
type Stage = "made" | "unlisted" | "waiting";

/** A request with these networks. */
const between = (request: CreateRequest, local: string, remote: string, more: Record<string, unknown> = {}) =>
  edit(request, { "/routing/localCidrs": [local], "/routing/remoteCidrs": [remote], ...more }) as CreateRequest;

/** A vendor's gateway with a connection of another tenant's: what dry runs on it answer, less the names they make up. */
async function createWorld(
  request: CreateRequest,
  { stage = "made", named = {} }: { stage?: Stage; named?: { namesGateways?: true } } = {},
) {
  const vendor = createInProcessVendor(request.provider);
  const id = toConnectionId("neighbour", "its");
  const settledAt = new Date(vendor.clock.now().getTime() + 86_400_000).toISOString();
  if (stage === "made") expect(await vendor.create(request, toOperationId(id))).toBeUndefined();
  const [made] = (vendor.cloud.inspect()["connections"] ?? []) as { VpnConnectionId: string }[];
  const create = { state: "undecided", settledAt } as never;
  await vendor.store.create(
    await createAcceptedRecord(request, {
      id,
      tenant: "neighbour",
      ...named,
      ...(stage === "waiting" ? { status: "queued" } : { status: "succeeded" }),
      ...(made ? { providerConnectionId: made.VpnConnectionId } : {}),
      ...(stage === "unlisted" ? { create, status: "unknown" } : {}),
    }),
  );
  return {
    vendor,
    id,
    connectionId: made?.VpnConnectionId ?? "no connection",
    ask: async (probe: CreateRequest, as: { namesGateways?: true } = {}) => {
      // Nobody is turned away for asking too often.
      vendor.clock.advance(1000);
      const { vendorRequest: _own, ...answer } = await vendor.dryRun({ ...probe, clientToken: "probe" }, as);
      return answer;
    },
  };
}

/** The networks that are to be found out, and others. */
const secret = { local: "10.64.37.0/24", remote: "10.3.77.0/24" };
const other = { local: "10.99.1.0/24", remote: "10.7.9.0/24" };

/** The network of so many bits around an address, or the one beside it. */
function around(network: string, bits: number, beside: boolean): string {
  const [a = 0, b = 0, c = 0] = network.split(/[./]/).map(Number);
  const [address, size] = [a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8, 2 ** (32 - bits)];
  const first = address - (address % size);
  return `${toText(beside ? (first % (2 * size) === 0 ? first + size : first - size) : first)}/${bits}`;
}

/** Bit for bit, each half against everything: what found out both networks where yes and no were told. */
function toProbes(request: CreateRequest, more: Record<string, unknown>): CreateRequest[] {
  const halves = Array.from({ length: 24 }, (_, index) => index + 1).flatMap((bits) =>
    [false, true].flatMap((beside) => [
      between(request, around(secret.local, bits, beside), "0.0.0.0/0", more),
      between(request, "0.0.0.0/0", around(secret.remote, bits, beside), more),
    ]),
  );
  return halves.slice(0, 87);
}

describe.each(vendors)("a neighbour on a gateway at %s that both tenants have by a wildcard", (_name, request) => {
  const twoWorlds = (options: { stage?: Stage } = {}) =>
    Promise.all([
      createWorld(between(request, secret.local, secret.remote), options),
      createWorld(between(request, other.local, other.remote), options),
    ]);

  it.each([
    ["made", {}],
    ["unlisted", {}],
    ["waiting", {}],
    ["made", { "/allowDuplicate": true }],
    ["made", { "/tunnels/0/customerGatewayId": "cgw-demo02" }],
  ] as const)("answers 87 dry runs alike, whatever its networks are: %s %j", async (stage, more) => {
    const [here, there] = await twoWorlds({ stage });
    const probes = toProbes(request, more);
    expect(probes).toHaveLength(87);
    for (const probe of probes) expect(await here.ask(probe)).toEqual(await there.ask(probe));
  });

  it("is named by neither its id nor its networks", async () => {
    const { ask, id, connectionId } = await createWorld(between(request, secret.local, secret.remote));
    for (const more of [{}, { "/allowDuplicate": true }]) {
      const answer = await ask(between(request, "10.64.37.128/25", "10.3.77.128/25", more));
      const text = JSON.stringify(answer);
      for (const hidden of [id, connectionId, secret.local, secret.remote]) expect(text).not.toContain(hidden);
      expect(answer.notChecked).toContainEqual(expect.stringContaining("other tenants' connections"));
    }
  });

  it("is refused the same gateways without a word about networks", async () => {
    const { ask } = await createWorld(request);
    const far = between(request, "10.200.0.0/24", "10.201.0.0/24");
    for (const probe of [request, far]) {
      const { errors } = await ask(probe);
      expect(errors).toEqual([
        { code: "semantic_duplicate", detail: expect.stringContaining("networks that are not told") as string },
      ]);
    }
  });
});

describe.each(vendors)("a neighbour on a gateway at %s that both tenants were given by name", (_name, request) => {
  const given = { namesGateways: true } as const;

  it("is told to overlap or not, and still by neither its id nor its networks", async () => {
    const { ask, id, connectionId } = await createWorld(request, { named: given });
    const overlapping = await ask(between(request, "10.1.0.0/25", "10.2.0.0/25"), given);
    expect(overlapping.errors).toContainEqual(
      expect.objectContaining({ code: "semantic_duplicate", detail: expect.stringContaining("overlapping") as string }),
    );
    const text = JSON.stringify(overlapping);
    for (const hidden of [id, connectionId, "10.1.0.0/24", "10.2.0.0/24"]) expect(text).not.toContain(hidden);
    const apart = await ask(between(request, "10.60.0.0/24", "10.61.0.0/24"), given);
    expect(apart.errors.filter(({ code }) => code === "semantic_duplicate")).toEqual([]);
  });

  it("is none of it while only one of them was", async () => {
    const { ask } = await createWorld(request, { named: given });
    const { errors } = await ask(between(request, "10.60.0.0/24", "10.61.0.0/24"));
    expect(errors).toMatchObject([{ code: "semantic_duplicate" }]);
  });
});

it.each(vendors)("a dry run at %s is in the audit log, also one that finds nothing", async (_name, request) => {
  const vendor = createInProcessVendor(request.provider);
  await vendor.dryRun(request);
  expect(vendor.audit.entries).toMatchObject([
    { action: "connection.dry_run", target: request.vpnGatewayId, details: { customerGatewayIds: ["cgw-demo01"] } },
  ]);
});
