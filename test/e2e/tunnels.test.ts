import { describe, expect, it } from "vitest";
import type { ConnectionResource } from "../../functions/domain/record/to-resource.ts";
import { alibabaRequest, tencentRequest } from "../support/requests.ts";
import { useTestStack } from "../support/use-test-stack.ts";

// Its tunnels are watched for half an hour, which is 36 seconds here.
const stack = useTestStack({ LOCAL_TIME_SCALE: "0.02" });

async function succeed(request: object): Promise<ConnectionResource> {
  const { body } = await stack().call("POST", "/v1/vpn-connections", request);
  const resource = await stack().follow(String(body["id"]));
  expect(resource.status).toBe("succeeded");
  return resource;
}

const read = async (id: string) =>
  (await stack().call("GET", `/v1/vpn-connections/${id}`)).body as unknown as ConnectionResource;
const tunnelsOf = (id: string) => expect.poll(async () => (await read(id)).tunnels);
const setTunnels = (vendor: "alibaba" | "tencent", { providerConnectionId }: ConnectionResource, body: object) =>
  stack().control(vendor, "PUT", `/connections/${providerConnectionId}/tunnels`, body);
const reason = (pattern: RegExp) => expect.stringMatching(pattern) as string;

const dualRequest = {
  ...alibabaRequest,
  vpnGatewayId: "vpn-dual01",
  tunnels: [
    { role: "backup", customerGatewayId: "cgw-demo02", preSharedKey: "Test-key_2" },
    { role: "primary", customerGatewayId: "cgw-demo01", preSharedKey: "Test-key_1" },
  ],
};
const notEstablished = { Status: "ike_sa_not_established" };

describe.each([
  { vendor: "alibaba", request: alibabaRequest, up: { tunnels: [{ Status: "ipsec_sa_established" }] } },
  { vendor: "tencent", request: tencentRequest, up: { NetStatus: "AVAILABLE" } },
] as const)("a tunnel at $vendor", ({ vendor, request, up }) => {
  it("is down until its peer negotiates, then up, which the request tells without changing its status", async () => {
    const resource = await succeed(request);
    await tunnelsOf(resource.id).toEqual([{ state: "down", reason: reason(/not (negotiated|connected)/) }]);
    const before = await read(resource.id);
    expect(before.revision).toBeGreaterThanOrEqual(resource.revision);

    await setTunnels(vendor, resource, up);
    await tunnelsOf(resource.id).toMatchObject([{ state: "up" }]);
    const after = await read(resource.id);
    expect(after).toMatchObject({ status: "succeeded", statusReason: resource.statusReason });
    expect(after.completedAt).toBe(resource.completedAt);
    expect(after.revision).toBe(before.revision + 1);
    const told = (await stack().events(resource.id)).filter(({ type }) => type === "tunnel");
    expect(told).toMatchObject([
      { tunnel: 0, state: "down", reason: before.tunnels[0]?.reason },
      { tunnel: 0, state: "up", reason: after.tunnels[0]?.reason },
    ]);
  });

  it("whose vendor cannot be read for a while is looked at again", async () => {
    const resource = await succeed(request);
    await tunnelsOf(resource.id).toMatchObject([{ state: "down" }]);
    await stack().control(vendor, "POST", "/faults", { action: "*", kind: "reset-before", times: 2 });
    await setTunnels(vendor, resource, up);
    await tunnelsOf(resource.id).toMatchObject([{ state: "up" }]);
  });
});

describe("the two tunnels of a dual-tunnel gateway", () => {
  it("are told apart by their roles, each with what the vendor's diagnosis names", async () => {
    const resource = await succeed(dualRequest);
    const diagnosis = {
      FailedReasonCode: "EncryptionAlgorithmMismatch",
      FailedReason: "The encryption algorithm does not match",
      MismatchLocalParam: "aes256",
      MismatchRemoteParam: "aes",
      Severity: "Warn",
    };
    // The simulator keeps the order of the request, which has the backup first.
    const tunnels = [{ Status: "ike_sa_established", diagnosis }, { Status: "ipsec_sa_established" }];
    await setTunnels("alibaba", resource, { tunnels });
    await tunnelsOf(resource.id).toEqual([
      { state: "negotiating", reason: reason(/encryption .*differs \(aes256 at Alibaba Cloud, aes at the peer\)$/) },
      { state: "up", reason: reason(/negotiated/) },
    ]);
  });
});

describe("a pre-shared key in the vendor's diagnosis", () => {
  it.each(["PskMismatch", "AlgorithmMismatch"])(
    "(%s) reaches neither the request nor what is written",
    async (code) => {
      const marker = "Marked-key_8f1c";
      const tunnels = [{ customerGatewayId: "cgw-p0w2jemrcj5u61un8", preSharedKey: marker }];
      const resource = await succeed({ ...alibabaRequest, tunnels });
      const diagnosis = {
        FailedReasonCode: code,
        FailedReason: `${marker} is not the peer's key`,
        MismatchLocalParam: marker,
        MismatchRemoteParam: `peer-${marker}`,
      };
      await setTunnels("alibaba", resource, { tunnels: [{ ...notEstablished, diagnosis }] });
      await tunnelsOf(resource.id).toEqual([{ state: "down", reason: reason(/differs$/) }]);
      const events = await stack().events(resource.id);
      for (const written of [await read(resource.id), events, stack().logged]) {
        expect(JSON.stringify(written)).not.toContain(marker);
      }
    },
  );
});

it("a request that failed is not looked at any more", async () => {
  const fault = { action: "CreateVpnConnection", kind: "error", code: "LimitExceeded" };
  await stack().control("tencent", "POST", "/faults", fault);
  const { body } = await stack().call("POST", "/v1/vpn-connections", tencentRequest);
  const resource = await stack().follow(String(body["id"]));
  expect(resource).toMatchObject({ status: "failed", tunnels: [{ state: "unknown" }] });
  expect((await stack().events(resource.id)).filter(({ type }) => type === "tunnel")).toEqual([]);
});
