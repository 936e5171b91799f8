import { describe, expect, it } from "vitest";
import { samples } from "../../local/demo/samples.ts";
import { alibabaRequest, tencentRequest } from "../support/requests.ts";
import { useTestStack } from "../support/use-test-stack.ts";

const stack = useTestStack({ LOCAL_TIME_SCALE: "0.005" });

async function run(request: object) {
  const { status, body } = await stack().call("POST", "/v1/vpn-connections", request);
  expect(status).toBe(202);
  return stack().follow(String(body["id"]));
}

async function creates(vendor: "alibaba" | "tencent") {
  const calls = (await stack().control(vendor, "GET", "/calls")) as { action: string }[];
  return calls.filter(({ action }) => action === "CreateVpnConnection").length;
}

async function connections(vendor: "alibaba" | "tencent") {
  const { connections: found } = (await stack().control(vendor, "GET", "/state")) as { connections: object[] };
  return found;
}

const both = [
  { vendor: "alibaba", request: alibabaRequest },
  { vendor: "tencent", request: tencentRequest },
] as const;

describe("the vendors' own sample requests", () => {
  it.each(samples)("$provider: become a connection", async (sample) => {
    const resource = await run(sample);
    expect(resource).toMatchObject({ status: "succeeded", attempts: 1 });
    expect(resource.providerConnectionId).toMatch(/^(vco|vpnx)-/);
    expect(resource.warnings.length).toBeGreaterThan(0);
    expect(await connections(sample.provider)).toHaveLength(1);
  });
});

/** Another lifetime than any that is asked for, and a word that nobody knows. */
const others = {
  alibaba: { IkeConfig: { IkeLifetime: "60", IkeEncAlg: "chacha20" }, LocalSubnet: "10.10.1.0/24, 10.99.0.0/24" },
  tencent: {
    IKEOptionsSpecification: { IKESaLifetimeSeconds: 60, PropoEncryAlgorithm: "CHACHA20" },
    SecurityPolicyDatabaseSet: ["10.8.4.0/24", "10.99.0.0/24"].map((LocalCidrBlock) => ({
      LocalCidrBlock,
      RemoteCidrBlock: ["58.211.1.0/24"],
    })),
  },
};

describe.each(both)("what $vendor shows of a connection", ({ vendor, request }) => {
  it("is told beside what was asked for, and is the same", async () => {
    const { reported, request: asked, providerConnectionName, warnings } = await run(request);
    expect(reported).toMatchObject({
      parameters: {
        name: providerConnectionName,
        routing: asked.routing,
        tunnels: [{ ...asked.tunnels[0], ...(vendor === "tencent" ? {} : { natTraversal: true }) }],
      },
      differences: [],
    });
    expect(JSON.stringify(reported)).not.toContain(String(request.tunnels[0]?.preSharedKey));
    expect(warnings.join()).not.toContain("other values");
  });

  it("is told with a warning where it is something else, and fails nothing", async () => {
    await stack().control(vendor, "PUT", "/settings", { shownInstead: others[vendor] });
    const { status, reported, warnings } = await run({ ...request, name: "other" });
    expect(status).toBe("succeeded");
    expect(reported).toMatchObject({
      parameters: { tunnels: [{ ike: { lifetimeSeconds: 60, encryption: expect.stringMatching(/^chacha20$/i) } }] },
      differences: ["/tunnels/0/ike/encryption", "/tunnels/0/ike/lifetimeSeconds", "/routing/localCidrs"],
    });
    const named = "tunnels[0].ike.encryption, tunnels[0].ike.lifetimeSeconds, routing.localCidrs; see reported";
    expect(warnings).toContainEqual(expect.stringMatching(/ Cloud has other values than were asked for: /));
    expect(warnings.join("\n")).toContain(named);
  });
});

describe.each(both)("a lost answer of $vendor", ({ vendor, request }) => {
  it.each(["reset-after", "http-500-after", "garbage-body", "http-502-html"])(
    "(%s) ends in exactly one connection, which the request names",
    async (kind) => {
      await stack().control(vendor, "POST", "/faults", { action: "CreateVpnConnection", kind });
      const resource = await run(request);
      expect(resource.status).toBe("succeeded");
      expect(await connections(vendor)).toHaveLength(1);
      expect(JSON.stringify(await connections(vendor))).toContain(resource.providerConnectionId);
    },
  );

  it("that was lost before it took effect is sent again, once", async () => {
    await stack().control(vendor, "POST", "/faults", { action: "CreateVpnConnection", kind: "reset-before" });
    const resource = await run(request);
    expect(resource.status).toBe("succeeded");
    expect(await connections(vendor)).toHaveLength(1);
    expect(await creates(vendor)).toBe(2);
  });

  it("without an id in it is found by its name", async () => {
    await stack().control(vendor, "POST", "/faults", { action: "CreateVpnConnection", kind: "empty-id" });
    const resource = await run(request);
    expect(resource.status).toBe("succeeded");
    expect(await creates(vendor)).toBe(1);
  });
});

describe("a lost answer, and then a clear no", () => {
  it("ends failed with the vendor's reason once nothing can turn up any more, and sends no third time", async () => {
    const action = "CreateVpnConnection";
    await stack().control("alibaba", "POST", "/faults", { action, kind: "reset-before" });
    await stack().control("alibaba", "POST", "/faults", {
      action,
      kind: "error",
      code: "Resource.QuotaFull",
      times: 9,
    });
    const resource = await run(alibabaRequest);
    expect(resource).toMatchObject({ status: "failed", error: { code: "provider_quota" } });
    expect(await creates("alibaba")).toBe(2);
  });
});

describe("a vendor that says no", () => {
  it.each([
    { vendor: "alibaba", code: "Resource.QuotaFull", expected: "provider_quota", request: alibabaRequest },
    { vendor: "alibaba", code: "Forbidden", expected: "provider_auth", request: alibabaRequest },
    { vendor: "tencent", code: "LimitExceeded", expected: "provider_quota", request: tencentRequest },
    {
      vendor: "tencent",
      code: "InvalidParameterValue.Malformed",
      expected: "provider_validation",
      request: tencentRequest,
    },
  ] as const)("($code) fails the request at once, with advice", async ({ vendor, code, expected, request }) => {
    await stack().control(vendor, "POST", "/faults", { action: "CreateVpnConnection", kind: "error", code, times: 9 });
    const resource = await run(request);
    expect(resource).toMatchObject({ status: "failed", attempts: 1, error: { code: expected, providerCode: code } });
    expect(resource.error?.advice).toMatch(/\w{3}/);
    expect(resource.error?.providerRequestId).toMatch(/\w{8}/);
  });

  it.each([
    { vendor: "alibaba", code: "VpnGateway.Configuring", request: alibabaRequest },
    { vendor: "alibaba", code: "Throttling.User", request: alibabaRequest },
    { vendor: "tencent", code: "ResourceInUse", request: tencentRequest },
    { vendor: "tencent", code: "RequestLimitExceeded", request: tencentRequest },
  ] as const)("not now ($code) is asked again until it says yes", async ({ vendor, code, request }) => {
    await stack().control(vendor, "POST", "/faults", { action: "CreateVpnConnection", kind: "error", code, times: 2 });
    expect(await run(request)).toMatchObject({ status: "succeeded", attempts: 3 });
    expect(await connections(vendor)).toHaveLength(1);
  });

  it.each(both)("to the job after it said yes ($vendor) fails the request", async ({ vendor, request }) => {
    await stack().control(vendor, "POST", "/faults", { action: "CreateVpnConnection", kind: "task-failed" });
    const resource = await run(request);
    expect(resource).toMatchObject({ status: "failed", error: { code: "provider_internal" } });
    expect(resource.error?.advice).toContain(resource.providerConnectionId);
  });

  it("to a gateway it does not have names the code", async () => {
    const resource = await run({ ...alibabaRequest, vpnGatewayId: "vpn-nowhere" });
    expect(resource).toMatchObject({
      status: "failed",
      error: { code: "provider_not_found", providerCode: "InvalidVpnGatewayInstanceId.NotFound" },
    });
  });
});

describe("the pre-shared key", () => {
  it("is made by the broker when the caller sends none, and reaches the vendor", async () => {
    const [tunnel] = alibabaRequest.tunnels;
    const { preSharedKey: _none, ...keyless } = tunnel ?? { customerGatewayId: "" };
    expect((await run({ ...alibabaRequest, tunnels: [keyless] })).status).toBe("succeeded");
  });

  it("is in no answer, event or log line", async () => {
    const marker = "Marked-key_8f1c";
    const [tunnel] = tencentRequest.tunnels;
    const resource = await run({ ...tencentRequest, tunnels: [{ ...tunnel, preSharedKey: marker }] });
    const events = await stack().events(resource.id);
    for (const written of [resource, events, stack().logged]) expect(JSON.stringify(written)).not.toContain(marker);
  });
});

describe("the timeline", () => {
  it("tells every change and every vendor call, oldest first, looks folded into one", async () => {
    const unused = { vpnGatewayId: "vpn-demo01", tunnels: [{ customerGatewayId: "cgw-demo01" }] };
    const resource = await run({ ...alibabaRequest, ...unused });
    const all = await stack().events(resource.id);
    // What comes after the end is the watch over the tunnels.
    const events = all.slice(0, 1 + all.findLastIndex(({ type }) => type === "status"));
    expect(events.flatMap((event) => (event.type === "status" ? [event.status] : []))).toEqual([
      "accepted",
      "creating",
      "provisioning",
      "succeeded",
    ]);
    const calls = events.flatMap((event) => (event.type === "vendor_call" ? [event] : []));
    expect(calls.map(({ action }) => action)).toEqual([
      "DescribeVpnGateway",
      "DescribeCustomerGateway",
      "DescribeVpnConnections",
      "CreateVpnConnection",
      "DescribeVpnGateway",
      "DescribeVpnConnection",
    ]);
    for (const call of calls) {
      expect(call).toMatchObject({ outcome: "ok", durationMilliseconds: expect.any(Number) as number });
      expect(call.providerRequestId).toMatch(/\w{8}/);
    }
    const times = events.map(({ at }) => at);
    expect(times).toEqual(times.toSorted());
  });
});
