import { readFileSync } from "node:fs";
import { asyncProperty, assert, constantFrom, record, tuple } from "fast-check";
import { describe, expect, it } from "vitest";
import { listAttention } from "../../../../functions/domain/connections/list-attention.ts";
import { requestErrorOfClass } from "../../../../functions/domain/provider/request-error.ts";
import { toConnectionId, toOperationId } from "../../../../functions/domain/record/ids.ts";
import type { CreateRequest } from "../../../../functions/domain/request/create-request.ts";
import { classify } from "../../../../functions/providers/alibaba/errors.ts";
import { alibabaRequests } from "../../../generators/arbitrary-requests.ts";
import { edit } from "../../../generators/json-edit.ts";
import { createAcceptedRecord, testActor } from "../../../support/accepting.ts";
import { createInProcessVendor } from "../../../support/in-process-vendor.ts";
import { demoRequests } from "../../../support/requests.ts";

type Vendor = ReturnType<typeof createInProcessVendor>;

const policy = demoRequests.alibaba;
const bgp = edit(policy, {
  "/routing": { mode: "bgp" },
  "/tunnels/0/bgp": { tunnelCidr: "169.254.128.0/30", localIp: "169.254.128.1" },
}) as CreateRequest;
const certificate = "-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n";
const existing =
  (request: CreateRequest, edits: Record<string, unknown> = {}) =>
  (vendor: Vendor) =>
    vendor.create(edit(request, edits) as CreateRequest, "earlier");
const traits = (change: object) => (vendor: Vendor) => void vendor.cloud.putGateway("vpn-demo01", { traits: change });
/** By a connection to another peer: of what one to the same peer is in the way of, a dry run cannot tell the rest. */
const full = (name: string) => async (vendor: Vendor) => {
  const elsewhere = { "/routing/remoteCidrs": ["10.3.0.0/24"], "/tunnels/0/customerGatewayId": "cgw-demo02" };
  await existing(policy, elsewhere)(vendor);
  vendor.cloud.configure({ quotas: { [name]: 1 } });
};

const differsFromSibling = "VpnConnectionParamInvalid.SameVpnAndCgwDifferentIkeConfigs";
const notCompared = expect.stringMatching(/^whether the pre-shared key and the IKE settings are those/) as string;

interface Row {
  code: string;
  from?: CreateRequest;
  edits?: Record<string, unknown>;
  before?: (vendor: Vendor) => unknown;
}

/** What the account, its gateways and their connections can say against a request that keeps every rule. */
const rows: Row[] = [
  { code: "InvalidVpnGatewayInstanceId.NotFound", edits: { "/vpnGatewayId": "vpn-nowhere" } },
  { code: "InvalidCustomerGatewayInstanceId.NotFound", edits: { "/tunnels/0/customerGatewayId": "cgw-nowhere" } },
  { code: "VpnGateway.FinancialLocked", edits: { "/vpnGatewayId": "vpn-locked01" } },
  { code: "VpnGateway.IpsecVpnDisabled", edits: { "/vpnGatewayId": "vpn-noipsec01" } },
  { code: "VpnGateway.IPsecServerAndVpnConnectionConflict", before: traits({ ipsecServer: true }) },
  { code: "MissingParameter.TunnelOptionsSpecification", edits: { "/vpnGatewayId": "vpn-dual01" } },
  { code: "OperationUnsupported.SetDPD", edits: { "/vpnGatewayId": "vpn-old01" } },
  {
    code: "OperationUnsupported.SetNatTraversal",
    edits: { "/vpnGatewayId": "vpn-old01", "/tunnels/0/dpd": "vendor-default" },
  },
  { code: "IllegalParam.EnableBgp", edits: { "/vpnGatewayId": "vpn-bgp01" } },
  { code: "OperationUnsupported.EnableBgp", from: bgp, before: traits({ supportsBgp: false }) },
  { code: "OperationFailed.CenLevelNotSupport", from: bgp, before: traits({ fullModeCen: true }) },
  { code: "MissingParam.CustomerGatewayAsn", from: bgp, edits: { "/tunnels/0/customerGatewayId": "cgw-noasn01" } },
  {
    code: "IllegalParam.TunnelCidr",
    from: bgp,
    before: existing(bgp, { "/tunnels/0/customerGatewayId": "cgw-demo02" }),
  },
  {
    code: "OperationFailed.MissCertificate",
    edits: {
      "/vpnGatewayId": "vpn-gmnocert01",
      "/tunnels/0/ike": { remoteId: "198.51.100.1" },
      "/tunnels/0/remoteCaCertificate": certificate,
    },
  },
  {
    code: "MissingParam.RemoteId",
    edits: { "/vpnGatewayId": "vpn-gm01", "/tunnels/0/remoteCaCertificate": certificate },
  },
  { code: "CustomerGateway.ConflictVpnIp", edits: { "/tunnels/0/customerGatewayId": "cgw-samevpnip01" } },
  { code: "CustomerGateway.ConflictRouteEntry", edits: { "/routing/remoteCidrs": ["198.51.100.0/24"] } },
  { code: "VpnRouteEntry.AlreadyExists", before: traits({ routes: ["10.2.0.0/24"] }) },
  { code: "VpnRouteEntry.Conflict", before: traits({ routes: ["10.2.0.0/16"] }) },
  { code: "VpnRouteEntry.ConflictSSL", before: traits({ sslClientCidr: "10.2.0.0/16" }) },
  { code: "CreateVpnConnectionsQuotaFull.QuotaFull", before: full("connectionsPerGateway") },
  { code: "Resource.QuotaFull", before: full("connectionsPerRegion") },
  { code: "QuotaExceeded.PolicyBasedRoute", before: full("policyRoutesPerGateway") },
  {
    code: "CreatePbrRoutesQuotaFull.QuotaFull",
    before: ({ cloud }) => void cloud.configure({ quotas: { policyRoutesPerConnection: 0 } }),
  },
  {
    code: "CreateDbrRoutesQuotaFull.QuotaFull",
    edits: { "/routing": { mode: "route" } },
    before: ({ cloud }) => void cloud.configure({ quotas: { destinationRoutesPerGateway: 0 } }),
  },
];

const documented = JSON.parse(readFileSync("test/fixtures/alibaba-document-codes.json", "utf8")) as { code: string }[];
const codes = [...new Set(documented.map(({ code }) => code))];

describe("a dry run at Alibaba Cloud", () => {
  it.each(rows)("says what the create would answer with $code", async ({ code, from = policy, edits = {}, before }) => {
    const vendor = createInProcessVendor("alibaba");
    expect((await before?.(vendor)) ?? undefined).toBeUndefined();
    const request = edit(from, edits) as CreateRequest;
    const { ok, errors } = await vendor.dryRun(request);
    expect(ok).toBe(false);
    expect(errors.map((error) => error.code)).toContain(requestErrorOfClass[classify(code).class]);
    expect(await vendor.create(request)).toBe(code);
  });

  it.each(codes)("says what the vendor's own dry run answers with %s, or waits with the real call", async (code) => {
    const vendor = createInProcessVendor("alibaba");
    vendor.addFault({ action: "CreateVpnConnection", kind: "error", times: 1, code });
    const said = requestErrorOfClass[classify(code).class];
    const asked = vendor.dryRun(policy);
    if (said === "provider_internal") return expect(asked).rejects.toMatchObject({ code: "unavailable" });
    const { ok, errors, notChecked } = await asked;
    const waits = said === "provider_conflict";
    const passes = waits || code === differsFromSibling;
    const busy = `Alibaba Cloud answered CreateVpnConnection with ${code}`;
    expect(notChecked.some((one) => one.includes(busy))).toBe(waits);
    return expect({ ok, codes: errors.map((error) => error.code) }).toEqual({
      ok: passes,
      codes: passes ? [] : [said],
    });
  });

  it("passes what the create takes, and shows every parameter of it", async () => {
    const vendor = createInProcessVendor("alibaba");
    const { ok, vendorRequest, notChecked } = await vendor.dryRun(policy);
    expect(ok).toBe(true);
    expect(vendorRequest.parameters).toMatchObject({ RegionId: "cn-shanghai", VpnGatewayId: "vpn-demo01" });
    expect(notChecked.length).toBeGreaterThan(0);
    expect(await vendor.create(policy)).toBeUndefined();
  });

  it("passes on a gateway too old for DPD and NAT traversal where nothing is sent for them", async () => {
    const vendor = createInProcessVendor("alibaba");
    const request = edit(policy, {
      "/vpnGatewayId": "vpn-old01",
      "/tunnels/0/dpd": "vendor-default",
      "/tunnels/0/natTraversal": "vendor-default",
    }) as CreateRequest;
    expect((await vendor.dryRun(request)).ok).toBe(true);
    expect(await vendor.create(request)).toBeUndefined();
  });

  it.each(["a-key", "another-key"])(
    "warns of a first connection between the same gateways alike with the key %s",
    async (key) => {
      const vendor = createInProcessVendor("alibaba");
      await existing(policy, { "/tunnels/0/preSharedKey": key, "/routing/remoteCidrs": ["10.3.0.0/24"] })(vendor);
      const { warnings } = await vendor.dryRun(policy);
      expect(warnings).toEqual([expect.stringMatching(/^these gateways are connected already: .*same IKE settings$/)]);
      const elsewhere = edit(policy, { "/tunnels/0/customerGatewayId": "cgw-demo02" }) as CreateRequest;
      expect((await vendor.dryRun(elsewhere)).warnings).toEqual([]);
    },
  );

  it.each([
    ["the same networks, which the create is refused for", {}],
    ["other networks", { "/routing/remoteCidrs": ["10.3.0.0/24"] }],
  ])("does not tell whether a key is that of a connection between the same gateways: %s", async (_, edits) => {
    const vendor = createInProcessVendor("alibaba");
    await existing(policy, edits)(vendor);
    const guess = async (key: string) => {
      const request = edit(policy, { "/tunnels/0/preSharedKey": key }) as CreateRequest;
      const { vendorRequest: _named, ...answer } = await vendor.dryRun(request);
      return answer;
    };
    const right = await guess("a-key");
    expect(right).toMatchObject({ ok: true, notChecked: expect.arrayContaining([notCompared]) as string[] });
    expect(await guess("another")).toEqual(right);
    expect(await vendor.create(edit(policy, { "/tunnels/0/preSharedKey": "another" }) as CreateRequest)).toBe(
      differsFromSibling,
    );
  });

  it("is told without the warning where other connections may not be listed", async () => {
    const vendor = createInProcessVendor("alibaba");
    vendor.addFault({ action: "DescribeVpnConnections", kind: "error", times: 1, code: "Forbidden.RAM" });
    const { ok, warnings } = await vendor.dryRun(policy);
    expect(ok).toBe(true);
    expect(warnings).toEqual([expect.stringContaining("lack the permission vpc:DescribeVpnConnections")]);
  });

  it.each(["DescribeVpnGateway", "DescribeCustomerGateway", "CreateVpnConnection"])(
    "names the permission for %s that the real call needs",
    async (action) => {
      const vendor = createInProcessVendor("alibaba");
      vendor.addFault({ action, kind: "error", times: 1, code: "Forbidden.RAM" });
      const { ok, errors } = await vendor.dryRun(policy);
      expect(ok).toBe(false);
      expect(errors).toMatchObject([
        { code: "provider_auth", detail: expect.stringContaining(`vpc:${action}`) as string },
      ]);
    },
  );
});

it.each([
  ["DescribeVpnGateway", "what the gateways and the vendor itself would say"],
  ["CreateVpnConnection", "what the vendor itself would say"],
])("does not pass in silence what %s was too busy to show", async (action, what) => {
  const vendor = createInProcessVendor("alibaba");
  vendor.addFault({ action, kind: "error", times: 1, code: "TaskConflict" });
  const { ok, notChecked } = await vendor.dryRun(policy);
  expect(ok).toBe(true);
  expect(notChecked).toContainEqual(expect.stringContaining(what));
  expect(notChecked).toContainEqual(expect.stringContaining(`Alibaba Cloud answered ${action} with TaskConflict`));
});

it("names what is to be done where nothing can be said", async () => {
  const vendor = createInProcessVendor("alibaba");
  vendor.addFault({ action: "DescribeVpnGateway", kind: "error", times: 1, code: "InvalidTimeStamp.Expired" });
  await expect(vendor.dryRun(policy)).rejects.toMatchObject({
    code: "unavailable",
    message: expect.stringContaining("Check the clock (NTP)") as string,
  });
});

describe("requests that are ahead on the gateway", () => {
  const behind = async (...requests: CreateRequest[]) => {
    const vendor = createInProcessVendor("alibaba");
    for (const [index, request] of requests.entries()) {
      const patch = { status: "queued" as const, createdAt: `2026-01-01T00:00:0${index}.000Z` };
      await vendor.store.create(await createAcceptedRecord({ ...request, clientToken: `ahead-${index}` }, patch));
    }
    return vendor;
  };
  const change = (request: CreateRequest, edits: Record<string, unknown>) => edit(request, edits) as CreateRequest;
  const peer = { "/tunnels/0/customerGatewayId": "cgw-demo02" };

  it("will have taken a BGP network", async () => {
    const ahead = change(bgp, peer);
    const vendor = await behind(ahead);
    expect((await vendor.dryRun(bgp)).errors).toEqual([
      {
        code: "provider_validation",
        pointer: "/tunnels/0/bgp/tunnelCidr",
        detail: expect.stringMatching(
          /^collides with the connection of .*, which goes first on this gateway$/,
        ) as string,
      },
    ]);
    expect(await vendor.create(ahead, "earlier")).toBeUndefined();
    expect(await vendor.create(bgp)).toBe("IllegalParam.TunnelCidr");
  });

  it("will have made a connection whose networks overlap, whatever the request allows", async () => {
    const request = { ...policy, allowDuplicate: true };
    const vendor = await behind(policy);
    expect((await vendor.dryRun(request)).errors).toMatchObject([{ code: "provider_validation", pointer: "/routing" }]);
    await vendor.create(policy, "earlier");
    expect(await vendor.create(request)).toBe("VpnConnectionParamInvalid.SameVpnAndCgwTrafficSelectorOverlap");
  });

  it("will have made the first connection between the same gateways", async () => {
    const ahead = change(policy, { "/routing/remoteCidrs": ["10.9.0.0/24"] });
    const { ok, warnings } = await (await behind(ahead)).dryRun(policy);
    expect({ ok, warnings }).toEqual({
      ok: true,
      warnings: [expect.stringMatching(/^these gateways will be connected by then: .* the same IKE settings$/)],
    });
    expect((await (await behind(change(ahead, peer))).dryRun(policy)).warnings).toEqual([]);
  });

  it("do not count for what is in their own way", async () => {
    const second = change(bgp, { ...peer, "/tunnels/0/customerGatewayId": "cgw-demo03" });
    const third = change(bgp, { "/tunnels/0/bgp": { tunnelCidr: "169.254.130.0/30" } });
    expect((await (await behind(change(bgp, peer), second)).dryRun(third)).ok).toBe(true);
  });
});

describe("a clientToken that was used before", () => {
  const used = { ...policy, clientToken: "used" };
  const withRecord = async () => {
    const vendor = createInProcessVendor("alibaba");
    await vendor.store.create(await createAcceptedRecord(used, { status: "failed" }));
    return vendor;
  };

  it("for the same request passes, because the real call only answers with that one", async () => {
    const vendor = await withRecord();
    vendor.cloud.configure({ quotas: { connectionsPerGateway: 0 } });
    const { ok, warnings } = await vendor.dryRun(used);
    expect(ok).toBe(true);
    expect(warnings).toEqual([
      expect.stringMatching(/^\/clientToken: .* answers with \/v1\/vpn-connections\/\w+, which is failed, .*nothing/),
    ]);
  });

  it("for another request is refused as the real call refuses it", async () => {
    const vendor = await withRecord();
    await expect(vendor.dryRun({ ...used, name: "other" })).rejects.toMatchObject({
      code: "idempotency_mismatch",
      errors: [{ pointer: "/name" }],
    });
  });

  it("does not show whether a key is right", async () => {
    const vendor = await withRecord();
    const other = edit(used, { "/tunnels/0/preSharedKey": "another-key" }) as CreateRequest;
    const answers = [await vendor.dryRun(used), await vendor.dryRun(other)];
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[0]?.notChecked).toContainEqual(expect.stringContaining("pre-shared keys"));
  });
});

describe("an API that carries a dry run out", () => {
  async function carriedOut(fault?: "reset-after" | "empty-id") {
    const vendor = createInProcessVendor("alibaba");
    vendor.cloud.configure({ ignoreDryRun: true });
    if (fault) vendor.addFault({ action: "CreateVpnConnection", kind: fault, times: 1 });
    const answer = await vendor.dryRun({
      ...policy,
      clientToken: "mine",
      callback: { url: "https://hooks.example.com/" },
    });
    const [made] = (vendor.cloud.inspect()["connections"] ?? []) as { VpnConnectionId: string; Name: string }[];
    return { vendor, answer, made };
  }

  it.each([undefined, "reset-after", "empty-id"] as const)(
    "is an error that names the connection, which is on the attention list: %s",
    async (fault) => {
      const { vendor, answer, made } = await carriedOut(fault);
      expect(answer.ok).toBe(false);
      const names = `${made?.VpnConnectionId} (${made?.Name})`;
      expect(answer.errors).toEqual([
        {
          code: "provider_internal",
          detail: expect.stringContaining(`carried out a dry run and made ${names}`) as string,
        },
      ]);
      const [attention] = (await listAttention(vendor, { tenant: testActor.tenant, limit: 100 })).items;
      expect(attention).toMatchObject({
        reason: "unknown",
        action: `Delete ${names} at Alibaba Cloud: nobody asked for it. Then redrive ${attention?.record.id}, which only looks whether it is gone, and leaves the attention list when it is.`,
        record: { providerConnectionId: made?.VpnConnectionId, sealedKeys: [""] },
      });
      expect(attention?.record.request).not.toHaveProperty("callback");
      expect(JSON.stringify(attention)).not.toContain("a-key");
      expect(vendor.lines).toMatchObject([{ event: "dry_run_carried_out", connectionId: attention?.record.id }]);
    },
  );

  it("made it under a name that no request's connection has", async () => {
    const { answer, made } = await carriedOut();
    expect(made?.Name).toMatch(/^hq-[a-z2-7]{12}$/);
    expect(made?.Name?.slice(-12)).not.toBe(toOperationId(toConnectionId(testActor.tenant, "mine")));
    expect(answer.vendorRequest.parameters["Name"]).toBe(made?.Name);
  });

  it("is a duplicate for the next request while it is there", async () => {
    const { vendor } = await carriedOut();
    expect((await vendor.dryRun(policy)).errors).toMatchObject([{ code: "semantic_duplicate" }]);
  });
});

const worlds = record({
  neighbour: constantFrom("none", "same peer", "other peer", "other networks"),
  connectionsPerGateway: constantFrom(1, 100),
  policyRoutesPerConnection: constantFrom(20, 1000),
});

const customersOf = ({ tunnels }: CreateRequest) => tunnels.map(({ customerGatewayId }) => customerGatewayId);

it("any valid request passes the dry run if, and only if, the create then takes it, or it says what it could not look at", async () => {
  const outcomes = { taken: 0, refused: 0 };
  await assert(
    asyncProperty(tuple(alibabaRequests, worlds), async ([request, { neighbour, ...quotas }]) => {
      const vendor = createInProcessVendor("alibaba");
      if (neighbour !== "none") {
        const { routing } = request;
        const other =
          routing.mode === "policy"
            ? { mode: "policy", localCidrs: ["198.18.0.0/24"], remoteCidrs: ["198.19.0.0/24"] }
            : routing;
        const others = ["cgw-demo20", "cgw-demo19"].filter((one) => !customersOf(request).includes(one));
        const tunnels = request.tunnels.map((tunnel) =>
          neighbour === "other peer" ? { ...tunnel, customerGatewayId: others[0] ?? "cgw-demo18" } : tunnel,
        );
        const earlier = { ...request, tunnels, routing: neighbour === "other networks" ? other : routing };
        await vendor.create(earlier as CreateRequest, "earlier");
      }
      vendor.cloud.configure({ quotas: { policyRoutesPerGateway: 10_000, ...quotas } });
      const { ok, errors, notChecked } = await vendor.dryRun(request);
      const code = await vendor.create(request);
      const isKnown = !notChecked.some((one) => one.startsWith("whether the pre-shared key"));
      if (isKnown) expect({ ok, errors, code }).toMatchObject(code === undefined ? { ok: true } : { ok: false });
      else
        expect({ ok, neighbour }).toEqual({
          ok: true,
          neighbour: expect.stringMatching(/^(same peer|other networks)$/),
        });
      outcomes[ok ? "taken" : "refused"] += 1;
    }),
    { numRuns: 150 },
  );
  expect(Math.min(outcomes.taken, outcomes.refused)).toBeGreaterThan(15);
});
