import { describe, expect, it } from "vitest";
import { createProvider } from "../../../../functions/providers/tencent/provider.ts";

const marked = "marked-key-of-the-vendor";

async function reportOf(described: object) {
  const row = { VpnConnectionId: "vpnx-1", State: "AVAILABLE", PreShareKey: marked, ...described };
  const provider = createProvider(async () => ({ VpnConnectionSet: [row] }));
  const found = await provider.provisioning({ connectionId: "vpnx-1", vpnGatewayId: "vpngw-1" });
  return found.state === "ready" ? found.reported : found;
}

describe("what Tencent Cloud shows of a connection", () => {
  it("is read back into the request's words, without the key or anything unnamed", async () => {
    expect(
      await reportOf({
        Extra: marked,
        RouteType: "StaticRoute",
        SecurityPolicyDatabaseSet: [{ LocalCidrBlock: "10.8.4.0/24", RemoteCidrBlock: ["58.211.1.0/24"] }],
        IKEOptionsSpecification: {
          PreShareKey: marked,
          PropoAuthenAlgorithm: "SHA",
          PropoEncryAlgorithm: "3des-cbc",
          LocalIdentity: "FQDN",
          LocalAddress: "203.0.113.1",
          LocalFqdnName: "vpn.example.com",
          RemoteAddress: "198.51.100.1",
        },
        IPSECOptionsSpecification: { IntegrityAlgorithm: "SHA1", PfsDhGroup: "NULL" },
        HealthCheckConfig: { ProbeInterval: 1500 },
      }),
    ).toEqual({
      routing: { mode: "route", pairs: [{ local: "10.8.4.0/24", remotes: ["58.211.1.0/24"] }] },
      tunnels: [
        {
          ike: { integrity: "sha1", encryption: "3des", localId: "vpn.example.com", remoteId: "198.51.100.1" },
          ipsec: { integrity: "sha1", pfsGroup: "none" },
        },
      ],
      healthCheck: { intervalSeconds: 1.5 },
    });
  });

  it("is nothing of what is not filled in yet, and keeps words that are not ours", async () => {
    const described = { DpdEnable: -1, DpdTimeout: "", DpdAction: "", TagSet: [], NegotiationType: "", VpcId: "" };
    expect(
      await reportOf({
        ...described,
        RouteType: "STATIC",
        SecurityPolicyDatabaseSet: [{ LocalCidrBlock: "10.8.4.0/24" }],
      }),
    ).toEqual({
      routing: { mode: "STATIC" },
    });
  });
});
