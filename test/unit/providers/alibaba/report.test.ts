import { describe, expect, it } from "vitest";
import { createProvider } from "../../../../functions/providers/alibaba/provider.ts";

const marked = "marked-key-of-the-vendor";
const certificate = "-----BEGIN CERTIFICATE-----marked";

async function reportOf(described: object) {
  const provider = createProvider(async (action) =>
    action === "DescribeVpnGateway" ? { Status: "active" } : { State: "active", ...described },
  );
  const found = await provider.provisioning({ connectionId: "vco-1", vpnGatewayId: "vpn-1" });
  return found.state === "ready" ? found.reported : found;
}

describe("what Alibaba Cloud shows of a connection", () => {
  it("is read from objects and from JSON in a text alike, without a key, a certificate or anything unnamed", async () => {
    const IkeConfig = {
      Psk: marked,
      IkeVersion: "ikev2",
      IkeEncAlg: "aes",
      IkePfs: "group14",
      IkeLifetime: "28800",
      Log: marked,
    };
    const IpsecConfig = { IpsecPfs: "disabled", IpsecLifetime: 3600 };
    const rest = {
      RemoteCaCertificate: certificate,
      VpnBgpConfig: { EnableBgp: "true", AuthKey: marked },
      Extra: marked,
    };
    const expected = {
      tunnels: [
        {
          ike: { version: "ikev2", encryption: "aes128", dhGroup: 14, lifetimeSeconds: 28_800 },
          ipsec: { pfsGroup: "none", lifetimeSeconds: 3600 },
        },
      ],
    };
    expect(await reportOf({ IkeConfig, IpsecConfig, ...rest })).toEqual(expected);
    const asText = { IkeConfig: JSON.stringify(IkeConfig), IpsecConfig: JSON.stringify(IpsecConfig) };
    expect(await reportOf({ ...asText, ...rest })).toEqual(expected);
  });

  it("is read per tunnel where there are two, with text for every boolean and number", async () => {
    const tunnel = (Role: string) => ({
      Role,
      Status: "ipsec_sa_established",
      EnableDpd: "false",
      TunnelIkeConfig: { Psk: marked, LocalId: "47.0.0.1", IkeLifetime: "86400" },
      TunnelBgpConfig: { LocalAsn: "1.10", TunnelCidr: "169.254.10.0/30", PeerBgpIp: "169.254.10.2" },
    });
    const parts = { dpd: { enabled: false }, ike: { localId: "47.0.0.1", lifetimeSeconds: 86_400 } };
    const bgp = { localAsn: 65_546, tunnelCidr: "169.254.10.0/30", remoteIp: "169.254.10.2" };
    const described = {
      LocalSubnet: "0.0.0.0/0",
      RemoteSubnet: "0.0.0.0/0",
      IkeConfig: {},
      TunnelOptionsSpecification: { TunnelOptions: [tunnel("slave"), tunnel("master")] },
    };
    expect(await reportOf({ ...described, EnableTunnelsBgp: "true" })).toEqual({
      routing: { mode: "bgp" },
      tunnels: [
        { role: "backup", ...parts, bgp },
        { role: "primary", ...parts, bgp },
      ],
    });
    expect(await reportOf({ ...described, EnableTunnelsBgp: false })).toMatchObject({
      routing: { mode: "route" },
      tunnels: [{ role: "backup", ...parts }, {}],
    });
  });

  it("keeps words that are not ours, and leaves out what cannot be read or shown", async () => {
    expect(
      await reportOf({
        Name: "two\nlines",
        IkeConfig: '{"IkeEncAlg": "cha',
        IpsecConfig: { IpsecEncAlg: "ChaCha20", IpsecAuthAlg: { toString: 1 }, IpsecLifetime: 1e300 },
        EffectImmediately: "perhaps",
        EnableDpd: { toString: 1 },
        Tags: { Tag: [{ Key: "a", Value: "1" }, { Key: "__proto__", Value: "2" }, "b", { Key: "c" }] },
      }),
    ).toEqual({ tunnels: [{ ipsec: { encryption: "ChaCha20" } }], tags: { a: "1", c: "" } });
  });
});
