import { readFileSync } from "node:fs";
import { asyncProperty, assert, boolean, constantFrom, oneof, record, tuple } from "fast-check";
import { describe, expect, it } from "vitest";
import { requestErrorOfClass } from "../../../../functions/domain/provider/request-error.ts";
import { toConnectionId } from "../../../../functions/domain/record/ids.ts";
import type { Status } from "../../../../functions/domain/record/status.ts";
import type { CreateRequest } from "../../../../functions/domain/request/create-request.ts";
import { classify } from "../../../../functions/providers/tencent/errors.ts";
import { tencentRequests } from "../../../generators/arbitrary-requests.ts";
import { edit } from "../../../generators/json-edit.ts";
import { createAcceptedRecord, testActor } from "../../../support/accepting.ts";
import { flawsOf } from "../../../support/flaws.ts";
import { createInProcessVendor } from "../../../support/in-process-vendor.ts";
import { demoRequests } from "../../../support/requests.ts";

type Vendor = ReturnType<typeof createInProcessVendor>;
type Edits = Record<string, unknown>;

const policy = demoRequests.tencent;
const bgp = edit(policy, {
  "/vpnGatewayId": "vpngw-bgp01",
  "/vpcId": "vpc-bgp01",
  "/routing": { mode: "bgp" },
  "/tunnels/0/bgp": { tunnelCidr: "169.254.128.0/30", localIp: "169.254.128.1" },
}) as CreateRequest;
const route = edit(policy, { "/routing": { mode: "route" } }) as CreateRequest;

interface Row {
  code: string;
  what: string;
  from?: CreateRequest;
  edits?: Edits;
  /** What is at the vendor before. */
  before?: (vendor: Vendor) => unknown;
  /** Where the broker says something else than the code's class, on purpose. */
  as?: string;
}

const existing = (request: CreateRequest, edits: Edits) => (vendor: Vendor) =>
  vendor.create(edit(request, { "/tunnels/0/customerGatewayId": "cgw-demo02", ...edits }) as CreateRequest, "earlier");
const quota = (name: string) => async (vendor: Vendor) => {
  await existing(
    route,
    name === "connectionsPerCustomerGateway" ? { "/tunnels/0/customerGatewayId": "cgw-demo01" } : {},
  )(vendor);
  vendor.cloud.configure({ quotas: { [name]: 1 } });
};

const rows: Row[] = [
  {
    code: "InvalidParameter.Coexist",
    what: "BGP beside policies",
    edits: { "/tunnels/0/bgp": { tunnelCidr: "169.254.128.0/30", localIp: "169.254.128.1" } },
  },
  {
    code: "InvalidParameterValue.Duplicate",
    what: "a network twice",
    edits: { "/routing/remoteCidrs": ["10.2.0.0/24", "10.2.0.0/24"] },
  },
  { code: "InvalidParameterValue.Empty", what: "policies without networks", edits: { "/routing": { mode: "policy" } } },
  {
    code: "InvalidParameterValue.Malformed",
    what: "a probe every six seconds",
    from: route,
    edits: { "/healthCheck": { enabled: true, intervalSeconds: 6 } },
  },
  { code: "InvalidParameterValue.TagInvalidKey", what: "a character of a key", edits: { "/tags": { "a*": "" } } },
  {
    code: "InvalidParameterValue.TagInvalidKeyLen",
    what: "a long key",
    edits: { "/tags": { ["k".repeat(128)]: "" } },
  },
  { code: "InvalidParameterValue.TagInvalidVal", what: "a character of a value", edits: { "/tags": { a: "b*" } } },
  { code: "InvalidParameterValue.TooLong", what: "a long name", edits: { "/name": "n".repeat(48) } },
  {
    code: "InvalidParameterValue.VpcCidrConflict",
    what: "a remote network in the VPC",
    before: ({ cloud }) => cloud.putGateway("vpngw-demo01", { traits: { vpcCidr: "10.0.0.0/8" } }),
  },
  {
    code: "InvalidParameterValue.VpnConnBgpTunnelCidrConflict",
    what: "another tunnel's BGP network",
    from: bgp,
    before: existing(bgp, {}),
  },
  {
    code: "InvalidParameterValue.VpnConnBgpTunnelCidrMask",
    what: "a BGP network of another size",
    from: bgp,
    edits: { "/tunnels/0/bgp/tunnelCidr": "169.254.128.0/29", "/tunnels/0/bgp/remoteIp": "169.254.128.2" },
  },
  {
    code: "InvalidParameterValue.VpnConnBgpTunnelCidrNotSupported",
    what: "a BGP address outside",
    from: bgp,
    edits: { "/tunnels/0/bgp/localIp": "169.254.129.1", "/tunnels/0/bgp/remoteIp": "169.254.128.2" },
  },
  {
    code: "InvalidParameterValue.VpnConnCidrConflict",
    what: "another tunnel's networks",
    before: existing(policy, { "/routing/remoteCidrs": ["10.2.0.128/25"] }),
  },
  {
    code: "InvalidParameterValue.VpnConnHealthCheckIpConflict",
    what: "another tunnel's probe",
    from: route,
    edits: { "/healthCheck": { enabled: true, sourceIp: "169.254.200.1", targetIp: "169.254.200.2" } },
    before: existing(route, { "/healthCheck": { enabled: true, sourceIp: "169.254.200.2" } }),
  },
  ...["connectionsPerGateway", "connectionsPerCustomerGateway", "connectionsPerRegion"].map((name) => ({
    code: "LimitExceeded",
    what: `the quota ${name}`,
    from: route,
    before: quota(name),
  })),
  {
    code: "LimitExceeded",
    what: "eleven policies",
    edits: { "/routing/localCidrs": Array.from({ length: 11 }, (_, index) => `10.3.${index}.0/24`) },
    as: "provider_validation",
  },
  {
    code: "LimitExceeded.TagKeyPerResourceExceeded",
    what: "many tags",
    edits: { "/tags": Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`k${index}`, ""])) },
    as: "provider_validation",
  },
  { code: "ResourceNotFound", what: "no gateway", edits: { "/vpnGatewayId": "vpngw-nowhere" } },
  { code: "ResourceNotFound", what: "no customer gateway", edits: { "/tunnels/0/customerGatewayId": "cgw-nowhere" } },
  {
    code: "UnsupportedOperation",
    what: "an SSL gateway",
    edits: { "/vpnGatewayId": "vpngw-ssl01", "/vpcId": "vpc-ssl01" },
  },
  {
    code: "UnsupportedOperation.InvalidState",
    what: "a gateway that is deleted, for which nobody waits",
    before: ({ cloud }) => cloud.putGateway("vpngw-demo01", { State: "DELETING" }),
    as: "provider_validation",
  },
  { code: "UnsupportedOperation.TagSystemReservedTagKey", what: "a reserved key", edits: { "/tags": { "qcs:a": "" } } },
  { code: "UnsupportedOperation.TagSystemReservedTagKey", what: "a project", edits: { "/tags": { project: "" } } },
  {
    code: "UnsupportedOperation.VpnUnsupportedBgp",
    what: "a gateway without BGP",
    from: bgp,
    edits: { "/vpnGatewayId": "vpngw-nobgp01", "/vpcId": "vpc-nobgp01" },
  },
  {
    code: "UnsupportedOperation.VpnUnsupportedBgpAsnEqual",
    what: "the gateway's ASN",
    from: bgp,
    edits: { "/tunnels/0/customerGatewayId": "cgw-sameasn01" },
  },
  {
    code: "UnsupportedOperation.VpnUnsupportedBgpAsnEqual",
    what: "another peer's ASN",
    from: bgp,
    before: (vendor) => {
      vendor.cloud.putCustomerGateway("cgw-demo02", { BgpAsn: 65_101 });
      return existing(bgp, { "/tunnels/0/bgp": { tunnelCidr: "169.254.129.0/30", localIp: "169.254.129.1" } })(vendor);
    },
  },
  {
    code: "UnsupportedOperation.VpnUnsupportedNotExistBgpAsn",
    what: "a gateway without an ASN",
    from: bgp,
    edits: { "/vpnGatewayId": "vpngw-v4", "/vpcId": "vpc-v4" },
  },
];

/** No call shows them before the create, or no request leads to them. */
const notSeen = [
  "InvalidParameterValue.TagDuplicateKey",
  "InvalidParameterValue.TagDuplicateResourceType",
  "InvalidParameterValue.TagKeyNotExists",
  "InvalidParameterValue.TagNotAllocatedQuota",
  "InvalidParameterValue.TagNotExisted",
  "InvalidParameterValue.TagNotSupportTag",
  "InvalidParameterValue.TagResourceFormatError",
  "InvalidParameterValue.TagTimestampExceeded",
  "InvalidParameterValue.TagValNotExists",
  "LimitExceeded.TagKeyExceeded",
  "LimitExceeded.TagNotEnoughQuota",
  "LimitExceeded.TagQuota",
  "LimitExceeded.TagQuotaExceeded",
  "LimitExceeded.TagTagsExceeded",
  "ResourceInUse",
  "UnsupportedOperation.TagAllocate",
  "UnsupportedOperation.TagFree",
  "UnsupportedOperation.TagNotPermit",
];

const make = ({ from = policy, edits = {} }: Row) => edit(from, edits) as CreateRequest;

/** What the caller hears: of a broken rule at once, otherwise from the dry run. */
async function hear(vendor: Vendor, request: CreateRequest): Promise<string[]> {
  if (flawsOf(request).length > 0) return ["provider_validation"];
  const { ok, errors } = await vendor.dryRun(request);
  expect(ok).toBe(errors.length === 0);
  return errors.map(({ code }) => code);
}

describe("a dry run at Tencent Cloud", () => {
  it("meets every documented code of the create that reading can show", () => {
    const documented = JSON.parse(readFileSync("test/fixtures/tencent-document-codes.json", "utf8")) as {
      code: string;
    }[];
    const covered = new Set([...rows.map(({ code }) => code), ...notSeen]);
    expect([...covered].toSorted()).toEqual(documented.map(({ code }) => code).toSorted());
  });

  it.each(rows)("says what the create would answer with $code: $what", async (row) => {
    const vendor = createInProcessVendor("tencent");
    expect((await row.before?.(vendor)) ?? undefined).not.toBeTypeOf("string");
    const request = make(row);
    expect(await hear(vendor, request)).toContain(row.as ?? requestErrorOfClass[classify(row.code).class]);
    expect(await vendor.create(request)).toBe(row.code);
  });

  it.each([policy, route, bgp])("passes what the create takes", async (request) => {
    const vendor = createInProcessVendor("tencent");
    expect(await hear(vendor, request)).toEqual([]);
    expect(await vendor.create(request)).toBeUndefined();
  });

  it.each([
    ["local", { "/routing/localCidrs": ["10.9.0.0/24"] }],
    ["remote", { "/routing/remoteCidrs": ["10.9.0.0/24"] }],
  ])("passes beside a tunnel whose %s networks alone differ", async (_side, networks) => {
    const vendor = createInProcessVendor("tencent");
    expect(await existing(policy, networks)(vendor)).toBeUndefined();
    expect(await hear(vendor, policy)).toEqual([]);
    expect(await vendor.create(policy)).toBeUndefined();
  });

  it("reads the tunnels of every page", async () => {
    const vendor = createInProcessVendor("tencent");
    vendor.cloud.configure({ quotas: { connectionsPerGateway: 1000 } });
    await existing(policy, {})(vendor);
    for (let index = 0; index < 205; index += 1) {
      const networks = { "/routing/localCidrs": ["172.16.0.0/24"], "/routing/remoteCidrs": [`172.17.${index}.0/24`] };
      expect(await existing(policy, networks)(vendor)).toBeUndefined();
    }
    expect(await hear(vendor, policy)).toEqual(["provider_validation"]);
  });

  it("warns of an assistant network of the VPC, of which nothing is documented", async () => {
    const vendor = createInProcessVendor("tencent");
    vendor.cloud.putGateway("vpngw-demo01", { traits: { vpcCidr: "172.16.0.0/16", assistantCidrs: ["10.2.0.0/16"] } });
    const { ok, warnings } = await vendor.dryRun(policy);
    expect({ ok, warnings }).toEqual({
      ok: true,
      warnings: ["/routing/remoteCidrs/0: 10.2.0.0/24 overlaps the VPC's assistant network 10.2.0.0/16"],
    });
  });

  it("does not take the request's own connection for a collision", async () => {
    const vendor = createInProcessVendor("tencent");
    const request = { ...policy, clientToken: "mine", allowDuplicate: true };
    await vendor.create(request, toConnectionId(testActor.tenant, "mine"));
    expect((await vendor.dryRun(request)).ok).toBe(true);
  });
});

describe("a request that is ahead on the gateway", () => {
  const ahead = async (status: Status, request = policy, tenant = testActor.tenant) => {
    const vendor = createInProcessVendor("tencent");
    await vendor.store.create(await createAcceptedRecord({ ...request, clientToken: "ahead" }, { status, tenant }));
    return vendor;
  };

  it.each(["accepted", "queued", "creating"] as const)("and %s will have made the connection", async (status) => {
    const { errors } = await (await ahead(status)).dryRun(policy);
    expect(errors).toEqual([
      {
        code: "semantic_duplicate",
        detail: expect.stringMatching(/^\/v1\/vpn-connections\/\w+ is about to connect these gateways/) as string,
      },
    ]);
  });

  it("is not named to another tenant", async () => {
    const { errors } = await (await ahead("queued", policy, "other")).dryRun(policy);
    expect(errors[0]?.detail).toMatch(/^another tenant's request is about to/);
  });

  it("does not count when it has ended, is the same request, makes another connection, or may be doubled", async () => {
    expect((await (await ahead("failed")).dryRun(policy)).ok).toBe(true);
    const vendor = await ahead("queued");
    expect((await vendor.dryRun({ ...policy, clientToken: "ahead" })).ok).toBe(true);
    // The vendor takes no second policy for the same networks.
    expect((await vendor.dryRun({ ...policy, allowDuplicate: true })).errors).toMatchObject([
      { code: "provider_validation", pointer: "/routing/remoteCidrs/0" },
    ]);
    expect((await (await ahead("queued", route)).dryRun({ ...route, allowDuplicate: true })).ok).toBe(true);
    const networks = { "/routing/remoteCidrs": ["10.9.0.0/24"] };
    expect((await vendor.dryRun(edit(policy, networks) as CreateRequest)).ok).toBe(true);
  });
});

describe("requests that are ahead on the gateway", () => {
  const peer = { "/tunnels/0/customerGatewayId": "cgw-demo02" };
  const health = { enabled: true, sourceIp: "169.254.200.1", targetIp: "169.254.200.2" };
  const other = { "/tunnels/0/bgp": { tunnelCidr: "169.254.129.0/30", localIp: "169.254.129.1" } };

  async function behind(...requests: CreateRequest[]) {
    const vendor = createInProcessVendor("tencent");
    for (const [index, request] of requests.entries()) {
      const createdAt = `2026-01-01T00:00:0${index}.000Z`;
      const patch = { status: "queued" as const, createdAt };
      await vendor.store.create(await createAcceptedRecord({ ...request, clientToken: `ahead-${index}` }, patch));
    }
    return vendor;
  }
  const change = (request: CreateRequest, edits: Edits) => edit(request, edits) as CreateRequest;

  it.each([
    ["networks", policy, change(policy, peer), "/routing/remoteCidrs/0"],
    ["a BGP network", bgp, change(bgp, peer), "/tunnels/0/bgp/tunnelCidr"],
    [
      "an address that is probed",
      { ...route, healthCheck: health },
      change({ ...route, healthCheck: { ...health, targetIp: "169.254.200.9" } }, peer),
      "/healthCheck/sourceIp",
    ],
  ])("will have taken %s", async (_what, request, ahead, pointer) => {
    const vendor = await behind(ahead);
    const { ok, errors } = await vendor.dryRun(request);
    expect(ok).toBe(false);
    const detail = expect.stringMatching(
      /^collides with the connection of \/v1\/vpn-connections\/\w+, which goes first on this gateway$/,
    ) as string;
    expect(errors).toContainEqual({ code: "provider_validation", pointer, detail });
    expect(await vendor.create(ahead, "made-by-ahead")).toBeUndefined();
    expect(await vendor.create(request)).not.toBeUndefined();
  });

  it("will have made a peer with this ASN", async () => {
    const vendor = await behind(change(bgp, { ...peer, ...other }));
    vendor.cloud.putCustomerGateway("cgw-demo02", { BgpAsn: 65_101 });
    expect((await vendor.dryRun(bgp)).errors).toMatchObject([{ pointer: "/tunnels/0/customerGatewayId" }]);
  });

  it.each([
    ["connectionsPerGateway", peer, "/vpnGatewayId"],
    ["connectionsPerCustomerGateway", {}, "/tunnels/0/customerGatewayId"],
    ["connectionsPerRegion", peer, "/region"],
  ])("will have used the quota %s up", async (name, edits, pointer) => {
    const ahead = change(policy, { ...edits, "/routing/remoteCidrs": ["10.9.0.0/24"] });
    const vendor = await behind(ahead);
    vendor.cloud.configure({ quotas: { [name]: 1 } });
    expect((await vendor.dryRun(policy)).errors).toEqual([
      {
        code: "provider_quota",
        pointer,
        detail: expect.stringContaining("0 tunnels and 1 by requests that") as string,
      },
    ]);
  });

  it("do not count for what is in their own way", async () => {
    const first = change(policy, peer);
    const second = change(policy, { ...peer, "/routing/remoteCidrs": ["10.2.0.0/16"], "/allowDuplicate": true });
    const third = change(policy, { "/routing/remoteCidrs": ["10.2.9.0/24"] });
    expect((await (await behind(second)).dryRun(third)).ok).toBe(false);
    expect((await (await behind(first, second)).dryRun(third)).ok).toBe(true);
    expect((await (await behind(first, { ...second, allowDuplicate: false })).dryRun(third)).ok).toBe(true);
  });

  it("do not count twice once their tunnel is there", async () => {
    const ahead = change(route, peer);
    const vendor = await behind(ahead);
    await vendor.create(ahead, (await vendor.store.list({ tenant: testActor.tenant, limit: 1 })).items[0]?.id ?? "");
    vendor.cloud.configure({ quotas: { connectionsPerGateway: 2 } });
    expect((await vendor.dryRun(route)).ok).toBe(true);
    vendor.cloud.configure({ quotas: { connectionsPerGateway: 1 } });
    expect((await vendor.dryRun(route)).errors).toMatchObject([{ pointer: "/vpnGatewayId" }]);
  });

  it("are told where the turn may not come in time", async () => {
    const aheads = Array.from({ length: 5 }, (_, index) =>
      change(policy, { ...peer, "/routing/remoteCidrs": [`10.3.${index}.0/24`] }),
    );
    const { ok, warnings } = await (await behind(...aheads)).dryRun({ ...policy, queueTimeoutSeconds: 60 });
    expect({ ok, warnings }).toEqual({
      ok: true,
      warnings: [expect.stringMatching(/^\/queueTimeoutSeconds: 5 requests on this gateway should go first/)],
    });
  });
});

const denied = (action: string) => ({ action, kind: "error", times: 99, code: "UnauthorizedOperation" }) as const;

describe("a permission that is missing", () => {
  it.each([
    ["DescribeVpcs", "an overlap with the VPC's network"],
    ["DescribeVpcLimits", "quotas of tunnels"],
  ])("for %s, which tells nothing that the create would not, is a warning", async (action, what) => {
    const vendor = createInProcessVendor("tencent");
    vendor.addFault(denied(action));
    const { ok, warnings, notChecked } = await vendor.dryRun(policy);
    expect(ok).toBe(true);
    expect(warnings).toEqual([`the vendor's credentials lack the permission vpc:${action}: ${what} cannot be checked`]);
    expect(notChecked).toContain(`${what}: ${action} is not permitted`);
  });

  it.each(["DescribeVpnGateways", "DescribeCustomerGateways", "DescribeVpnConnections"])(
    "for %s, which the real call needs, is an error that names it",
    async (action) => {
      const vendor = createInProcessVendor("tencent");
      vendor.addFault(denied(action));
      const { ok, errors } = await vendor.dryRun(policy);
      expect(ok).toBe(false);
      expect(errors).toMatchObject([
        { code: "provider_auth", detail: expect.stringContaining(`vpc:${action}`) as string },
      ]);
    },
  );
});

it("a read that fails is told, and only a needed one stops the dry run", async () => {
  const vendor = createInProcessVendor("tencent");
  vendor.addFault({ action: "DescribeVpcs", kind: "reset-before", times: 1 });
  const { ok, notChecked } = await vendor.dryRun(policy);
  expect(ok).toBe(true);
  expect(notChecked).toContain("an overlap with the VPC's network: DescribeVpcs could not be read");
  vendor.addFault({ action: "DescribeVpnConnections", kind: "reset-before", times: 1 });
  await expect(vendor.dryRun(policy)).rejects.toMatchObject({ code: "unavailable" });
});

/** Something that is on the same gateway before, more or less like the request. */
const neighbours = record({
  routing: constantFrom("same", "route", "half"),
  peer: constantFrom("cgw-2wqq41m9", "cgw-qa9sxpy7"),
  bgp: constantFrom("same", "other"),
  healthCheck: constantFrom("same", "none"),
});
const worlds = record({
  vpc: constantFrom("none", "remote", "apart"),
  quota: constantFrom(1, 2, 100),
  neighbour: oneof(neighbours, constantFrom(undefined)),
  isAhead: boolean(),
});

function toNeighbour(
  request: CreateRequest,
  like: { routing: string; peer: string; bgp: string; healthCheck: string },
) {
  const { routing, healthCheck: _check, ...rest } = request;
  const [tunnel] = request.tunnels;
  const mode = routing.mode === "bgp" ? routing : like.routing === "route" ? { mode: "route" as const } : routing;
  const cut = (list: string[] = []) => list.slice(0, Math.ceil(list.length / 2));
  const half =
    mode.localCidrs && like.routing === "half"
      ? { ...mode, localCidrs: cut(mode.localCidrs), remoteCidrs: cut(mode.remoteCidrs) }
      : mode;
  const bgp = like.bgp === "same" ? tunnel?.bgp : { tunnelCidr: "169.254.250.0/30", localIp: "169.254.250.1" };
  return {
    ...rest,
    routing: half,
    tunnels: [{ ...tunnel, customerGatewayId: like.peer, ...(tunnel?.bgp ? { bgp } : {}) }],
    ...(like.healthCheck === "same" && request.healthCheck
      ? { healthCheck: { ...request.healthCheck, enabled: half.mode !== "policy" } }
      : {}),
  } as CreateRequest;
}

it("any valid request passes the dry run if, and only if, the create then takes it", async () => {
  const outcomes = { taken: 0, refused: 0 };
  await assert(
    asyncProperty(
      tuple(tencentRequests, worlds),
      async ([asked, { vpc, quota: connectionsPerGateway, neighbour, isAhead }]) => {
        const vendor = createInProcessVendor("tencent");
        // What our own records say of a duplicate, the vendor's create does not.
        const request = isAhead ? { ...asked, allowDuplicate: true } : asked;
        const remote = request.routing.remoteCidrs?.at(-1) ?? request.routing.pairs?.[0]?.remotes[0];
        const vpcCidr = vpc === "remote" ? remote : vpc === "apart" ? "198.18.0.0/15" : undefined;
        // A CCN's networks cannot be read, and its gateway has no VPC.
        if (vpcCidr && request.vpcId) vendor.cloud.putGateway(request.vpnGatewayId, { traits: { vpcCidr } });
        const earlier = neighbour && toNeighbour(request, neighbour);
        if (earlier && isAhead) {
          const record = await createAcceptedRecord({ ...earlier, clientToken: "ahead" }, { status: "queued" });
          await vendor.store.create(record);
        } else if (earlier) await vendor.create(earlier, "earlier");
        vendor.cloud.configure({ quotas: { connectionsPerGateway } });
        const { ok, errors } = await vendor.dryRun(request);
        if (earlier && isAhead && (await vendor.create(earlier, "earlier")) !== undefined) return;
        const code = await vendor.create(request);
        expect({ ok, errors, code }).toMatchObject(code === undefined ? { ok: true } : { ok: false });
        outcomes[ok ? "taken" : "refused"] += 1;
      },
    ),
    { numRuns: 150 },
  );
  expect(Math.min(outcomes.taken, outcomes.refused)).toBeGreaterThan(15);
});

it("a duplicate is told as such, without what its own connection is in the way of", async () => {
  const vendor = createInProcessVendor("tencent");
  await vendor.create(policy, "earlier");
  const [made] = vendor.cloud.inspect()["connections"] as { VpnConnectionId: string }[];
  const patch = { status: "succeeded" as const, providerConnectionId: made?.VpnConnectionId ?? "" };
  await vendor.store.create(await createAcceptedRecord({ ...policy, clientToken: "earlier" }, patch));
  const { errors } = await vendor.dryRun(policy);
  expect(errors).toEqual([
    {
      code: "semantic_duplicate",
      detail: expect.stringMatching(
        /^\/v1\/vpn-connections\/\w+ has a connection \(\S+\) between these gateways/,
      ) as string,
    },
  ]);
});

it("a duplicate that the vendor does not list yet is not told as one that is there", async () => {
  const vendor = createInProcessVendor("tencent");
  const create = {
    number: 1,
    state: "accepted" as const,
    sends: 1,
    unanswered: 0,
    startedAt: vendor.clock.now().toISOString(),
    settledAt: new Date(vendor.clock.now().getTime() + 60_000).toISOString(),
    action: "CreateVpnConnection",
    parameters: {},
  };
  const patch = { status: "succeeded" as const, providerConnectionId: "vpnx-new", create };
  await vendor.store.create(await createAcceptedRecord({ ...policy, clientToken: "earlier" }, patch));
  const { errors } = await vendor.dryRun(policy);
  expect(errors).toEqual([
    {
      code: "semantic_duplicate",
      detail: expect.stringMatching(/ may have a connection .* does not list yet$/) as string,
    },
  ]);
});
