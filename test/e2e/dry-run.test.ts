import { describe, expect, it } from "vitest";
import { samples } from "../../local/demo/samples.ts";
import { alibabaRequest, tencentRequest } from "../support/requests.ts";
import { useTestStack } from "../support/use-test-stack.ts";

const stack = useTestStack();

interface DryRun {
  ok: boolean;
  errors: { code: string; pointer?: string; detail: string }[];
  warnings: string[];
  vendorRequest: { action: string; parameters: Record<string, unknown> };
}

async function dryRun(request: object) {
  const { status, body } = await stack().call("POST", "/v1/vpn-connections/dry-run", request);
  return { status, ...(body as unknown as DryRun) };
}

async function run(request: object) {
  const { body } = await stack().call("POST", "/v1/vpn-connections", request);
  return stack().follow(String(body["id"]));
}

async function calls(vendor: "alibaba" | "tencent") {
  return (await stack().control(vendor, "GET", "/calls")) as { action: string; parameters: Record<string, unknown> }[];
}

const both = [alibabaRequest, tencentRequest];

describe("a dry run", () => {
  it.each(samples)("of $provider's sample request passes, warns, and creates nothing", async (sample) => {
    const answer = await dryRun(sample);
    expect(answer).toMatchObject({ status: 200, ok: true, errors: [] });
    expect(answer.warnings.join()).toContain("weak cryptography");
    const { connections } = (await stack().control(sample.provider, "GET", "/state")) as { connections: object[] };
    expect(connections).toEqual([]);
  });

  it.each(both)("at $provider shows exactly what the real call then sends, less the key", async (request) => {
    const { vendorRequest } = await dryRun({ ...request, clientToken: `shown-${request.provider}` });
    expect(JSON.stringify(vendorRequest)).not.toContain(request.tunnels[0]?.preSharedKey);
    expect((await run({ ...request, clientToken: `shown-${request.provider}` })).status).toBe("succeeded");
    const sent = (await calls(request.provider)).findLast(({ action }) => action === "CreateVpnConnection");
    const names = new Set(Object.keys(sent?.parameters ?? {}).map((name) => name.split(".")[0]));
    expect(names).toEqual(
      new Set(["RegionId", ...Object.keys(vendorRequest.parameters)].filter((name) => names.has(name))),
    );
    expect(Object.keys(vendorRequest.parameters).every((name) => names.has(name))).toBe(true);
  });

  it("passes no ClientToken to Alibaba's own check", async () => {
    // An earlier connection of these tests may still be waited for.
    await dryRun({ ...alibabaRequest, allowDuplicate: true });
    const [rehearsal] = (await calls("alibaba")).filter(({ action }) => action === "CreateVpnConnection");
    expect(rehearsal?.parameters).toMatchObject({ DryRun: "true" });
    expect(rehearsal?.parameters).not.toHaveProperty("ClientToken");
  });

  it("answers 503 when the vendor cannot be asked, and 400 for a body that is not valid", async () => {
    await stack().control("tencent", "POST", "/faults", { action: "*", kind: "reset-before", times: 4 });
    expect((await dryRun(tencentRequest)).status).toBe(503);
    await stack().control("tencent", "DELETE", "/faults");
    expect((await dryRun({ ...tencentRequest, region: undefined })).status).toBe(400);
  });
});

/** What is wrong with a request, and the flaw that both the dry run and the real call must find. */
const refused: { what: string; request: object; code: string; pointer?: string }[] = [
  {
    what: "a gateway that does not exist",
    request: { ...alibabaRequest, vpnGatewayId: "vpn-nowhere" },
    code: "provider_not_found",
    pointer: "/vpnGatewayId",
  },
  {
    what: "a gateway of another region",
    request: { ...alibabaRequest, region: "cn-beijing" },
    code: "provider_not_found",
    pointer: "/vpnGatewayId",
  },
  {
    what: "a customer gateway that does not exist",
    request: { ...tencentRequest, tunnels: [{ customerGatewayId: "cgw-nowhere" }] },
    code: "provider_not_found",
    pointer: "/tunnels/0/customerGatewayId",
  },
  {
    what: "a VPC's gateway without the VPC",
    request: { ...tencentRequest, vpcId: undefined },
    code: "provider_validation",
    pointer: "/vpcId",
  },
];

describe.each(refused)("$what", ({ request, code, pointer }) => {
  it("is found by the dry run", async () => {
    const { ok, errors } = await dryRun(request);
    expect(ok).toBe(false);
    expect(errors).toContainEqual(expect.objectContaining({ code, ...(pointer ? { pointer } : {}) }));
  });

  it("fails the real call in the same way, before anything is created", async () => {
    const resource = await run(request);
    expect(resource).toMatchObject({ status: "failed", attempts: 0, error: { code } });
    expect(resource.error?.message).toContain(pointer);
  });
});

describe("a second request for the same gateways and overlapping networks", () => {
  it("is a semantic duplicate that links to the first, in the dry run and in the real call", async () => {
    const first = await run(alibabaRequest);
    expect(first.status).toBe("succeeded");
    const rehearsed = await dryRun(alibabaRequest);
    expect(rehearsed).toMatchObject({ ok: false, errors: [{ code: "semantic_duplicate" }] });
    const second = await run(alibabaRequest);
    expect(second).toMatchObject({ status: "failed", attempts: 0, error: { code: "semantic_duplicate" } });
    expect(second.error?.message).toContain(`/v1/vpn-connections/${first.id}`);
  });

  it("is none when the networks differ, or when the first is gone from the vendor", async () => {
    const routing = { mode: "policy", localCidrs: ["10.60.1.0/24"], remoteCidrs: ["10.60.2.0/24"] };
    const [first, other] = [await run({ ...tencentRequest, routing }), await run(tencentRequest)];
    expect([first.status, other.status]).toEqual(["succeeded", "succeeded"]);
    await stack().control("tencent", "POST", "/reset");
    expect((await run(tencentRequest)).status).toBe("succeeded");
  });

  it("is let through by allowDuplicate, unless the vendor's own tunnels show that it would be refused", async () => {
    await run(tencentRequest);
    const second = await run({ ...tencentRequest, allowDuplicate: true });
    expect(second).toMatchObject({
      error: { code: "provider_validation", providerCode: "InvalidParameterValue.VpnConnCidrConflict" },
      attempts: 0,
    });
    const route = { ...tencentRequest, routing: { mode: "route" }, allowDuplicate: true };
    expect((await run(route)).status).toBe("succeeded");
  });
});
