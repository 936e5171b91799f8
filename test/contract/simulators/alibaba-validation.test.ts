import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import documentCodes from "../../fixtures/alibaba-document-codes.json" with { type: "json" };
import {
  type AlibabaHarness,
  dualCreate,
  ike,
  plainCreate,
  provisioningMilliseconds,
  startAlibaba,
  tunnel,
} from "./alibaba-harness.ts";
import { control } from "./control-client.ts";

type Body = Record<string, unknown>;

let cloud: AlibabaHarness;
beforeAll(async () => {
  cloud = await startAlibaba();
  return () => cloud.close();
});
beforeEach(() => control(cloud.url, "POST", "/reset"));

const without = (name: string): Body => {
  const { [name]: _left, ...rest } = plainCreate();
  return rest;
};
const bgp = (changes: Body = {}): Body =>
  plainCreate({
    VpnGatewayId: "vpn-bgp01",
    BgpConfig: JSON.stringify({
      EnableBgp: true,
      LocalAsn: "65530",
      TunnelCidr: "169.254.20.0/30",
      LocalBgpIp: "169.254.20.1",
      ...changes,
    }),
  });
const dualBgp = (masterCidr: string, slaveCidr: string): Body =>
  dualCreate({
    VpnGatewayId: "vpn-dualbgp01",
    EnableTunnelsBgp: true,
    TunnelOptionsSpecification: [
      tunnel("master", { TunnelBgpConfig: { TunnelCidr: masterCidr } }),
      tunnel("slave", { TunnelBgpConfig: { TunnelCidr: slaveCidr } }),
    ],
  });
const national = (changes: Body = {}, ikeChanges: Body = {}): Body =>
  plainCreate({
    VpnGatewayId: "vpn-gm01",
    RemoteCaCertificate: "-----BEGIN CERTIFICATE----- MIIB7z -----END CERTIFICATE-----",
    IkeConfig: JSON.stringify({
      Psk: "abc",
      RemoteId: "peer",
      IkeVersion: "ikev1",
      IkeEncAlg: "sm4",
      IkeAuthAlg: "sm3",
      ...ikeChanges,
    }),
    IpsecConfig: JSON.stringify({ IpsecEncAlg: "sm4", IpsecAuthAlg: "sm3" }),
    ...changes,
  });
const withIke = (changes: Body): Body => plainCreate({ IkeConfig: ike(changes) });
const withIpsec = (config: Body): Body => plainCreate({ IpsecConfig: JSON.stringify(config) });
const withTags = (...tags: Body[]): Body => plainCreate({ Tags: tags });

describe("requests that are fine", () => {
  it.each<[string, Body]>([
    ["destination routes", plainCreate({ LocalSubnet: "0.0.0.0/0", RemoteSubnet: "0.0.0.0/0" })],
    ["BGP", bgp()],
    ["BGP with a number in two parts and no local address", bgp({ LocalAsn: "123.456", LocalBgpIp: "" })],
    ["BGP on a gateway that merely can", { ...bgp(), VpnGatewayId: "vpn-demo01" }],
    ["two tunnels", dualCreate()],
    ["two tunnels with BGP", dualBgp("169.254.20.0/30", "169.254.21.0/30")],
    ["a GM gateway", national()],
    ["an old gateway, its missing switches left alone", plainCreate({ VpnGatewayId: "vpn-old01" })],
    ["20 tags, one without a value", withTags(...Array.from({ length: 20 }, (_, n) => ({ Key: `k${n}` })))],
    ["a key of 100 characters", withIke({ Psk: "k".repeat(100) })],
  ])("%s", async (_case, request) => {
    expect(await cloud.refusal("CreateVpnConnection", request)).toBe("none");
  });
});

describe("requests that are refused", () => {
  it.each<[string, string, Body]>([
    ["MissingVpnGatewayId", "no gateway", without("VpnGatewayId")],
    ["MissingCustomerGatewayId", "no customer gateway", without("CustomerGatewayId")],
    ["MissingLocalSubnet", "no local networks", without("LocalSubnet")],
    ["MissingRemoteSubnet", "no remote networks", without("RemoteSubnet")],
    ["MissingRegionId", "no region", plainCreate({ RegionId: "" })],
    ["InvalidRegionId.NotFound", "an unknown region", plainCreate({ RegionId: "cn-atlantis" })],
    ["InvalidVpnGatewayInstanceId.NotFound", "an unknown gateway", plainCreate({ VpnGatewayId: "vpn-none" })],
    [
      "InvalidVpnGatewayInstanceId.NotFound",
      "a gateway named like a built-in",
      plainCreate({ VpnGatewayId: "constructor" }),
    ],
    ["InvalidVpnGatewayInstanceId.NotFound", "a gateway elsewhere", plainCreate({ RegionId: "cn-beijing" })],
    [
      "InvalidCustomerGatewayInstanceId.NotFound",
      "an unknown customer gateway",
      plainCreate({ CustomerGatewayId: "cgw-none" }),
    ],
    ["VpnGateway.FinancialLocked", "an unpaid gateway", plainCreate({ VpnGatewayId: "vpn-locked01" })],
    ["VpnGateway.IpsecVpnDisabled", "a gateway without IPsec", plainCreate({ VpnGatewayId: "vpn-noipsec01" })],
    [
      "CustomerGateway.ConflictVpnIp",
      "both ends with one address",
      plainCreate({ CustomerGatewayId: "cgw-samevpnip01" }),
    ],
    [
      "CustomerGateway.ConflictRouteEntry",
      "the peer inside its own network",
      plainCreate({ RemoteSubnet: "198.51.100.0/24" }),
    ],
    ["InvalidParameter.VpnConnectionName", "a long name", plainCreate({ Name: "n".repeat(101) })],
    ["InvalidParameter.VpnConnectionName", "a name like a URL", plainCreate({ Name: "https://x" })],
    ["InvalidParameter.EnableDpd", "a switch that is neither on nor off", plainCreate({ EnableDpd: "perhaps" })],
    ["IllegalParam.LocalSubnet", "no network", plainCreate({ LocalSubnet: "10.10.1.0" })],
    ["IllegalParam.LocalSubnet", "host bits", plainCreate({ LocalSubnet: "10.10.1.5/24" })],
    ["IllegalParam.RemoteSubnet", "an octet too large", plainCreate({ RemoteSubnet: "10.10.256.0/24" })],
    ["IllegalParam.LocalSubnet", "everything on one side", plainCreate({ LocalSubnet: "0.0.0.0/0" })],
    ["IllegalParam.RemoteSubnet", "everything on the other side", plainCreate({ RemoteSubnet: "0.0.0.0/0" })],
    ["IllegalParam.RemoteSubnet", "overlapping sides", plainCreate({ RemoteSubnet: "10.10.0.0/16" })],
    ["IllegalParam.IkeConfig", "broken JSON", plainCreate({ IkeConfig: '{"Psk":' })],
    ["IllegalParam.Psk", "a key with a space", withIke({ Psk: "a b" })],
    ["IllegalParam.Psk", "a key with a double quote", withIke({ Psk: 'a"b' })],
    ["IllegalParam.Psk", "a key of 101 characters", withIke({ Psk: "k".repeat(101) })],
    ["IllegalParam.LocalId", "a long id", withIke({ LocalId: "i".repeat(101) })],
    ["IllegalParam.RemoteId", "an id with a space", withIke({ RemoteId: "a b" })],
    ["NotSupportVpnConnectionParameter.IkeVersion", "IKE version 3", withIke({ IkeVersion: "ikev3" })],
    ["NotSupportVpnConnectionParameter.IkeMode", "another mode", withIke({ IkeMode: "MAIN" })],
    [
      "NotSupportVpnConnectionParameter.IkeEncAlg",
      "a cipher of the other vendor",
      withIke({ IkeEncAlg: "AES-CBC-256" }),
    ],
    ["NotSupportVpnConnectionParameter.IkePfs", "a group of the other vendor", withIke({ IkePfs: "group15" })],
    ["NotSupportVpnConnectionParameter.IkeLifetime", "a long lifetime", withIke({ IkeLifetime: 86_401 })],
    ["NotSupportVpnConnectionParameter.IpsecPfs", "a group of the other vendor", withIpsec({ IpsecPfs: "group24" })],
    ["NotSupportVpnConnectionParameter.IpsecAuthAlg", "an unknown hash", withIpsec({ IpsecAuthAlg: "sm3" })],
    ["IllegalParam.RemoteCaCertificate", "a certificate on a plain gateway", plainCreate({ RemoteCaCertificate: "x" })],
    ["MissingParam.RemoteCaCertificate", "no certificate on a GM gateway", national({ RemoteCaCertificate: "" })],
    ["MissingParam.RemoteId", "no remote id on a GM gateway", national({}, { RemoteId: "" })],
    ["OperationFailed.MissCertificate", "a GM gateway without one", national({ VpnGatewayId: "vpn-gmnocert01" })],
    ["NotSupportVpnConnectionParameter.IkeVersion", "ikev2 on a GM gateway", national({}, { IkeVersion: "ikev2" })],
    ["NotSupportVpnConnectionParameter.IkeEncAlg", "aes on a GM gateway", national({}, { IkeEncAlg: "aes" })],
    [
      "OperationUnsupported.SetDPD",
      "DPD on an old gateway",
      plainCreate({ VpnGatewayId: "vpn-old01", EnableDpd: false }),
    ],
    [
      "OperationUnsupported.SetNatTraversal",
      "NAT-T on an old gateway",
      plainCreate({ VpnGatewayId: "vpn-old01", EnableNatTraversal: true }),
    ],
    ["OperationUnsupported.EnableBgp", "BGP on an old gateway", { ...bgp(), VpnGatewayId: "vpn-old01" }],
    ["IllegalParam.EnableBgp", "no BGP on a BGP gateway", plainCreate({ VpnGatewayId: "vpn-bgp01" })],
    ["IllegalParam.BgpConfig", "broken JSON", plainCreate({ BgpConfig: "[" })],
    ["MissingParam.CustomerGatewayAsn", "a peer without a number", { ...bgp(), CustomerGatewayId: "cgw-noasn01" }],
    ["MissingParameter.TunnelCidr", "no tunnel network", bgp({ TunnelCidr: "" })],
    ["InvalidTunnelCidr.Malformed", "no network at all", bgp({ TunnelCidr: "tunnel" })],
    ["IllegalParam.TunnelCidr", "a /29", bgp({ TunnelCidr: "169.254.20.0/29" })],
    ["IllegalParam.TunnelCidr", "another network", bgp({ TunnelCidr: "10.0.0.0/30" })],
    ["IllegalParam.TunnelCidr", "the reserved 169.254.6.0/30", bgp({ TunnelCidr: "169.254.6.0/30" })],
    ["IllegalParam.TunnelCidr", "the reserved 169.254.169.252/30", bgp({ TunnelCidr: "169.254.169.252/30" })],
    ["IllegalParam.TunnelCidr", "the same one in both tunnels", dualBgp("169.254.20.0/30", "169.254.20.0/30")],
    ["IllegalParam.LocalAsn", "number 0", bgp({ LocalAsn: "0" })],
    ["InvalidLocalBgpIp.Malformed", "no address", bgp({ LocalBgpIp: "x" })],
    ["IllegalParam.LocalBgpIp", "an address elsewhere", bgp({ LocalBgpIp: "169.254.21.1" })],
    [
      "IllegalParam.HealthCheckConfig",
      "a target that is no address",
      plainCreate({ HealthCheckConfig: '{"enable":"true","sip":"10.0.0.1","dip":"here"}' }),
    ],
    [
      "MissingParameter.TunnelOptionsSpecification",
      "no tunnels on a dual-tunnel gateway",
      plainCreate({ VpnGatewayId: "vpn-dual01" }),
    ],
    [
      "MissingParameter.TunnelOptionsSpecification",
      "one tunnel",
      dualCreate({ TunnelOptionsSpecification: [tunnel("master")] }),
    ],
    [
      "MissingParameter.TunnelOptionsSpecification",
      "two masters",
      dualCreate({ TunnelOptionsSpecification: [tunnel("master"), tunnel("master")] }),
    ],
    ["MissingCustomerGatewayId", "two tunnels on a single-tunnel gateway", dualCreate({ VpnGatewayId: "vpn-demo01" })],
    ["SizeLimitExceeded.TagNum", "21 tags", withTags(...Array.from({ length: 21 }, (_, n) => ({ Key: `k${n}` })))],
    ["InvalidParameter.TagKey", "a tag key of 65 characters", withTags({ Key: "k".repeat(65) })],
    ["InvalidParameter.TagKey", "a reserved tag key", withTags({ Key: "acs:x" })],
    ["InvalidParameter.TagValue", "a tag value like a URL", withTags({ Key: "k", Value: "see http://x" })],
    ["Duplicated.TagKey", "a tag key twice", withTags({ Key: "k", Value: "1" }, { Key: "k", Value: "2" })],
    ["InvalidParameter.ClientToken", "a long token", plainCreate({ ClientToken: "t".repeat(65) })],
  ])("%s: %s", async (code, _case, request) => {
    expect(await cloud.refusal("CreateVpnConnection", request)).toBe(code);
  });
});

describe("what already exists on the gateway", () => {
  beforeEach(async () => {
    await cloud.call("CreateVpnConnection", plainCreate());
    cloud.clock.advance(provisioningMilliseconds);
  });

  it.each<[string, string, Body]>([
    ["InvalidVpnConnection.AlreadyExists", "the same connection", plainCreate()],
    [
      "VpnConnectionParamInvalid.SameVpnAndCgwTrafficSelectorOverlap",
      "overlapping networks",
      plainCreate({ Name: "other" }),
    ],
    [
      "VpnConnectionParamInvalid.SameVpnAndCgwDifferentIkeConfigs",
      "another key",
      plainCreate({ RemoteSubnet: "10.99.0.0/24", IkeConfig: ike({ Psk: "another" }) }),
    ],
    ["none", "another network with the same key", plainCreate({ RemoteSubnet: "10.99.0.0/24" })],
    ["none", "the same networks to another customer gateway", plainCreate({ CustomerGatewayId: "cgw-demo02" })],
  ])("%s: %s", async (code, _case, request) => {
    expect(await cloud.refusal("CreateVpnConnection", request)).toBe(code);
  });

  it("keeps tunnel networks unique", async () => {
    await cloud.call("CreateVpnConnection", bgp());
    cloud.clock.advance(provisioningMilliseconds);
    const second = { ...bgp(), CustomerGatewayId: "cgw-demo02" };
    expect(await cloud.refusal("CreateVpnConnection", second)).toBe("IllegalParam.TunnelCidr");
  });

  it.each<[string, Body]>([
    ["CreateVpnConnectionsQuotaFull.QuotaFull", { connectionsPerGateway: 1 }],
    ["Resource.QuotaFull", { connectionsPerRegion: 1 }],
    ["CreatePbrRoutesQuotaFull.QuotaFull", { policyRoutesPerConnection: 0 }],
    ["QuotaExceeded.PolicyBasedRoute", { policyRoutesPerGateway: 1 }],
  ])("%s", async (code, quotas) => {
    await control(cloud.url, "PUT", "/settings", { quotas });
    const next = plainCreate({ RemoteSubnet: "10.99.0.0/24" });
    expect(await cloud.refusal("CreateVpnConnection", next)).toBe(code);
  });

  it("CreateDbrRoutesQuotaFull.QuotaFull", async () => {
    await control(cloud.url, "PUT", "/settings", { quotas: { destinationRoutesPerGateway: 0 } });
    const request = plainCreate({
      CustomerGatewayId: "cgw-demo02",
      LocalSubnet: "0.0.0.0/0",
      RemoteSubnet: "0.0.0.0/0",
    });
    expect(await cloud.refusal("CreateVpnConnection", request)).toBe("CreateDbrRoutesQuotaFull.QuotaFull");
    // Without routes of its own it meets no quota of routes, and counts for none.
    expect(await cloud.refusal("CreateVpnConnection", { ...request, AutoConfigRoute: false })).toBe("none");
    await control(cloud.url, "PUT", "/settings", { quotas: { destinationRoutesPerGateway: 1 } });
    cloud.clock.advance(provisioningMilliseconds);
    expect(
      await cloud.refusal("CreateVpnConnection", { ...request, Name: "next", CustomerGatewayId: "cgw-demo03" }),
    ).toBe("none");
  });

  it.each<[string, Body]>([
    ["VpnRouteEntry.AlreadyExists", { traits: { routes: ["10.99.0.0/24"] } }],
    ["VpnRouteEntry.Conflict", { traits: { routes: ["10.99.0.0/16"] } }],
    ["VpnRouteEntry.ConflictSSL", { traits: { sslClientCidr: "10.99.0.0/16" } }],
    ["VpnGateway.IPsecServerAndVpnConnectionConflict", { traits: { ipsecServer: true } }],
    ["VpnGateway.Configuring", { Status: "provisioning" }],
  ])("%s", async (code, gateway) => {
    await control(cloud.url, "PUT", "/gateways/vpn-demo01", gateway);
    const request = plainCreate({ RemoteSubnet: "10.99.0.0/24" });
    expect(await cloud.refusal("CreateVpnConnection", request)).toBe(code);
  });

  it("OperationFailed.CenLevelNotSupport", async () => {
    await control(cloud.url, "PUT", "/gateways/vpn-bgp01", { traits: { fullModeCen: true } });
    expect(await cloud.refusal("CreateVpnConnection", bgp())).toBe("OperationFailed.CenLevelNotSupport");
  });
});

describe("every code of the vendor document", () => {
  it.each(documentCodes)("$code can be asked for and has HTTP status $httpStatus", async ({ code, httpStatus }) => {
    await control(cloud.url, "POST", "/faults", { action: "CreateVpnConnection", kind: "error", code });
    const refused = cloud.call("CreateVpnConnection", plainCreate());
    await expect(refused).rejects.toMatchObject({ code, statusCode: httpStatus });
  });
});

describe("a second dual-tunnel connection to one customer gateway", () => {
  const toOne = (changes: object, ...tunnels: object[]) =>
    dualCreate({
      TunnelOptionsSpecification: ["master", "slave"].map((role, index) =>
        tunnel(role, { CustomerGatewayId: "cgw-demo01", ...tunnels[index] }),
      ),
      ...changes,
    });
  const next = { Name: "next", RemoteSubnet: "10.20.0.0/24" };

  it("is taken with equal settings", async () => {
    await cloud.call("CreateVpnConnection", toOne({}));
    cloud.clock.advance(provisioningMilliseconds);
    expect(await cloud.refusal("CreateVpnConnection", toOne(next))).toBe("none");
  });

  it("is refused with another key, in either tunnel", async () => {
    await cloud.call("CreateVpnConnection", toOne({}));
    cloud.clock.advance(provisioningMilliseconds);
    const other = { TunnelIkeConfig: JSON.parse(ike({ Psk: "another-Key" })) as object };
    const code = "VpnConnectionParamInvalid.SameVpnAndCgwDifferentIkeConfigs";
    expect(await cloud.refusal("CreateVpnConnection", toOne(next, other))).toBe(code);
    expect(await cloud.refusal("CreateVpnConnection", toOne(next, {}, other))).toBe(code);
  });
});
