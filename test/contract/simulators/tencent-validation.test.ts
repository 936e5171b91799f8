import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import documentCodes from "../../fixtures/tencent-document-codes.json" with { type: "json" };
import { control } from "./control-client.ts";
import {
  bgpCreate,
  ike,
  ipsec,
  plainCreate,
  routeCreate,
  startTencent,
  type TencentHarness,
} from "./tencent-harness.ts";

type Body = Record<string, unknown>;

let cloud: TencentHarness;
beforeAll(async () => {
  cloud = await startTencent();
  return () => cloud.close();
});
beforeEach(() => control(cloud.url, "POST", "/reset"));

const without = (name: string): Body => {
  const { [name]: _left, ...rest } = plainCreate();
  return rest;
};
const policies = (...pairs: [string, string[]][]): Body =>
  plainCreate({
    SecurityPolicyDatabases: pairs.map(([LocalCidrBlock, RemoteCidrBlock]) => ({ LocalCidrBlock, RemoteCidrBlock })),
  });
const withIke = (changes: Body): Body => plainCreate({ IKEOptionsSpecification: ike(changes) });
const withIpsec = (changes: Body): Body => plainCreate({ IPSECOptionsSpecification: ipsec(changes) });
const onVersion4 = { VpnGatewayId: "vpngw-v4", VpcId: "vpc-v4" };
const onCcn = { VpnGatewayId: "vpngw-ccn01", VpcId: "" };
const healthCheck = (changes: Body = {}): Body => routeCreate({ EnableHealthCheck: true, ...changes });

describe("requests that are fine", () => {
  it.each<[string, Body]>([
    ["policies", plainCreate()],
    ["routes", routeCreate()],
    ["BGP", bgpCreate()],
    ["a CCN gateway", plainCreate(onCcn)],
    [
      "several pairs that overlap on one side only",
      policies(["10.1.0.0/24", ["10.9.0.0/24", "10.9.1.0/24"]], ["10.2.0.0/24", ["10.9.0.0/24"]]),
    ],
    ["host bits in networks, as in the document", policies(["10.0.0.5/24", ["172.123.10.5/16"]])],
    [
      "names instead of addresses",
      withIke({
        LocalIdentity: "FQDN",
        LocalFqdnName: "a.example",
        RemoteIdentity: "FQDN",
        RemoteFqdnName: "b.example",
      }),
    ],
    [
      "GCM on a version 4.0 gateway",
      plainCreate({ ...onVersion4, IPSECOptionsSpecification: ipsec({ EncryptAlgorithm: "AES256GCM128" }) }),
    ],
    [
      "a health check with addresses of its own",
      healthCheck({
        HealthCheckLocalIp: "169.254.130.1",
        HealthCheckRemoteIp: "169.254.130.2",
        HealthCheckConfig: { ProbeType: "NQA", ProbeInterval: 5_000, ProbeThreshold: 3, ProbeTimeout: 500 },
      }),
    ],
    ["the deprecated route", routeCreate({ Route: { DestinationCidrBlock: "10.99.0.0/24", Priority: 0 } })],
    ["members without a value", plainCreate({ Tags: null })],
  ])("%s", async (_case, request) => {
    expect(await cloud.refusal("CreateVpnConnection", request)).toBe("none");
  });
});

describe("requests that are refused with the name of the parameter", () => {
  it.each<[string, string, string, Body]>([
    ["MissingParameter", "VpnConnectionName", "no name", without("VpnConnectionName")],
    [
      "MissingParameter",
      "SecurityPolicyDatabases.0.RemoteCidrBlock",
      "a pair without its remote side",
      plainCreate({ SecurityPolicyDatabases: [{ LocalCidrBlock: "10.0.0.0/24" }] }),
    ],
    ["UnknownParameter", "ClientToken", "an unknown member", plainCreate({ ClientToken: "x" })],
    [
      "UnknownParameter",
      "IKEOptionsSpecification.IkeVersion",
      "an unknown nested member",
      withIke({ IkeVersion: "IKEV2" }),
    ],
    ["InvalidParameter", "DpdEnable", "a number as text", plainCreate({ DpdEnable: "1" })],
    ["InvalidParameter", "DpdTimeout", "text as a number", plainCreate({ DpdTimeout: 30 })],
    ["ResourceNotFound", "vpngw-none", "an unknown gateway", plainCreate({ VpnGatewayId: "vpngw-none" })],
    ["ResourceNotFound", "cgw-none", "an unknown customer gateway", plainCreate({ CustomerGatewayId: "cgw-none" })],
    ["ResourceNotFound", "vpc-demo02", "another gateway's VPC", plainCreate({ VpcId: "vpc-demo02" })],
    ["InvalidParameterValue.Empty", "VpnConnectionName", "an empty name", plainCreate({ VpnConnectionName: "" })],
    ["InvalidParameterValue.Empty", "PreShareKey", "an empty key", plainCreate({ PreShareKey: "" })],
    [
      "InvalidParameterValue.TooLong",
      "VpnConnectionName",
      "a name of 61 characters",
      plainCreate({ VpnConnectionName: "n".repeat(61) }),
    ],
    [
      "InvalidParameterValue.Malformed",
      "PropoEncryAlgorithm",
      "a cipher of the other vendor",
      withIke({ PropoEncryAlgorithm: "aes256" }),
    ],
    [
      "InvalidParameterValue.Malformed",
      "PropoAuthenAlgorithm",
      "IPsec's name of SHA-1 in IKE",
      withIke({ PropoAuthenAlgorithm: "SHA1" }),
    ],
    [
      "InvalidParameterValue.Malformed",
      "IntegrityAlgorith",
      "IKE's name of SHA-1 in IPsec",
      withIpsec({ IntegrityAlgorith: "SHA" }),
    ],
    [
      "InvalidParameterValue.Malformed",
      "IKESaLifetimeSeconds",
      "a short IKE lifetime",
      withIke({ IKESaLifetimeSeconds: 59 }),
    ],
    [
      "InvalidParameterValue.Malformed",
      "IPSECSaLifetimeSeconds",
      "a short IPsec lifetime",
      withIpsec({ IPSECSaLifetimeSeconds: 179 }),
    ],
    [
      "InvalidParameterValue.Malformed",
      "IPSECSaLifetimeTraffic",
      "little traffic",
      withIpsec({ IPSECSaLifetimeTraffic: 2_559 }),
    ],
    ["InvalidParameterValue.Malformed", "RemoteAddress", "an address that is none", withIke({ RemoteAddress: "peer" })],
    ["InvalidParameterValue.Empty", "RemoteAddress", "no remote address", withIke({ RemoteAddress: "" })],
    ["InvalidParameterValue.Empty", "LocalFqdnName", "no local name", withIke({ LocalIdentity: "FQDN" })],
    ["InvalidParameterValue.Empty", "RemoteFqdnName", "no remote name", withIke({ RemoteIdentity: "FQDN" })],
    ["InvalidParameterValue.Malformed", "RouteType", "another route type", plainCreate({ RouteType: "policy" })],
    [
      "InvalidParameterValue.Malformed",
      "NegotiationType",
      "another negotiation",
      plainCreate({ NegotiationType: "on" }),
    ],
    ["InvalidParameterValue.Malformed", "DpdEnable", "DPD 2", plainCreate({ DpdEnable: 2 })],
    ["InvalidParameterValue.Malformed", "DpdTimeout", "a DPD timeout of words", plainCreate({ DpdTimeout: "soon" })],
    [
      "InvalidParameterValue.Empty",
      "SecurityPolicyDatabases",
      "policies without any",
      plainCreate({ SecurityPolicyDatabases: [] }),
    ],
    ["InvalidParameterValue.Empty", "RemoteCidrBlock", "a pair with nothing remote", policies(["10.0.0.0/24", []])],
    [
      "InvalidParameter.Coexist",
      "SecurityPolicyDatabases",
      "policies and routes",
      plainCreate({ RouteType: "StaticRoute" }),
    ],
    ["InvalidParameterValue.Malformed", "10.0.0.0", "no network", policies(["10.0.0.0", ["10.9.0.0/24"]])],
    [
      "InvalidParameterValue.Duplicate",
      "SecurityPolicyDatabases",
      "a pair twice",
      policies(["10.0.0.0/24", ["10.9.0.0/24", "10.9.0.0/24"]]),
    ],
    [
      "InvalidParameterValue.Malformed",
      "Route.Priority",
      "a route of priority 50",
      routeCreate({ Route: { DestinationCidrBlock: "10.99.0.0/24", Priority: 50 } }),
    ],
    [
      "InvalidParameterValue.Malformed",
      "HealthCheckLocalIp",
      "a health check of no address",
      healthCheck({ HealthCheckLocalIp: "here" }),
    ],
    [
      "InvalidParameterValue.Malformed",
      "ProbeInterval",
      "rare probes",
      healthCheck({ HealthCheckConfig: { ProbeInterval: 5_001 } }),
    ],
    [
      "InvalidParameterValue.Malformed",
      "ProbeType",
      "probes of another type",
      healthCheck({ HealthCheckConfig: { ProbeType: "ICMP" } }),
    ],
    ["InvalidParameterValue.Empty", "BgpConfig", "BGP without its parameters", bgpCreate({}, { BgpConfig: undefined })],
    ["InvalidParameter.Coexist", "BgpConfig", "BGP parameters and routes", bgpCreate({}, { RouteType: "StaticRoute" })],
    [
      "InvalidParameterValue.Malformed",
      "BgpConfig.TunnelCidr",
      "no tunnel network",
      bgpCreate({ TunnelCidr: "tunnel" }),
    ],
    [
      "LimitExceeded",
      "policiesPerConnection",
      "eleven policies",
      policies(...Array.from({ length: 11 }, (_, n): [string, string[]] => [`10.${n}.0.0/24`, ["172.16.0.0/24"]])),
    ],
  ])("%s %s: %s", async (code, parameter, _case, request) => {
    expect(await cloud.refusal("CreateVpnConnection", request)).toBe(code);
    expect(await cloud.refusalMessage("CreateVpnConnection", request)).toContain(parameter);
  });
});

describe("requests that are refused", () => {
  it.each<[string, string, Body]>([
    ["UnsupportedOperation.VpnGwVpcIdMustHave", "no VPC", without("VpcId")],
    [
      "UnsupportedOperation.VpnGwVpcIdNotHave",
      "a VPC on a CCN gateway",
      plainCreate({ ...onCcn, VpcId: "vpc-demo01" }),
    ],
    ["UnsupportedOperation", "an SSL gateway", plainCreate({ VpnGatewayId: "vpngw-ssl01", VpcId: "vpc-ssl01" })],
    [
      "UnsupportedOperation.InsufficientFunds",
      "an isolated gateway",
      plainCreate({ VpnGatewayId: "vpngw-isolated01", VpcId: "vpc-isolated01" }),
    ],
    [
      "UnsupportedOperation.InvalidState",
      "a gateway that is being made",
      plainCreate({ VpnGatewayId: "vpngw-pending01", VpcId: "vpc-pending01" }),
    ],
    [
      "UnsupportedOperation.VersionNotSupported",
      "GCM on an older gateway",
      withIke({ PropoEncryAlgorithm: "AES256GCM128" }),
    ],
    [
      "InvalidParameterValue.VpnConnSpdCidrConflict",
      "pairs that overlap on both sides",
      policies(["10.0.0.0/24", ["10.9.0.0/16"]], ["10.0.0.0/16", ["10.9.1.0/24"]]),
    ],
    [
      "UnsupportedOperation.VpnConnCidrNotSupportedHealthCheck",
      "a health check with policies",
      plainCreate({ EnableHealthCheck: true }),
    ],
    [
      "InvalidParameterValue.VpnConnHealthCheckIpConflict",
      "a health check of itself",
      healthCheck({ HealthCheckLocalIp: "169.254.130.1", HealthCheckRemoteIp: "169.254.130.1" }),
    ],
    [
      "UnsupportedOperation.VpnUnsupportedBgp",
      "BGP on an old gateway",
      bgpCreate({}, { VpnGatewayId: "vpngw-nobgp01", VpcId: "vpc-nobgp01" }),
    ],
    ["UnsupportedOperation.VpnUnsupportedNotExistBgpAsn", "a gateway without a number", bgpCreate({}, onVersion4)],
    [
      "UnsupportedOperation.VpnUnsupportedUsrGwNotExistBgpAsn",
      "a peer without a number",
      bgpCreate({}, { CustomerGatewayId: "cgw-qa9sxpy7" }),
    ],
    [
      "UnsupportedOperation.VpnUnsupportedBgpAsnEqual",
      "both with one number",
      bgpCreate({}, { CustomerGatewayId: "cgw-sameasn01" }),
    ],
    ["InvalidParameterValue.VpnConnBgpTunnelCidrMask", "a /29", bgpCreate({ TunnelCidr: "169.254.128.0/29" })],
    [
      "InvalidParameterValue.VpnConnBgpTunnelCidrNotSupported",
      "an address elsewhere",
      bgpCreate({ RemoteBgpIp: "169.254.129.2" }),
    ],
    [
      "InvalidParameterValue.VpnConnBgpTunnelCidrNotSupported",
      "one address for both",
      bgpCreate({ RemoteBgpIp: "169.254.128.1" }),
    ],
    ["InvalidParameterValue.TagDuplicateKey", "a tag key twice", plainCreate({ Tags: [{ Key: "k" }, { Key: "k" }] })],
    ["InvalidParameterValue.TagInvalidKeyLen", "a long tag key", plainCreate({ Tags: [{ Key: "k".repeat(128) }] })],
    ["InvalidParameterValue.TagInvalidKey", "a tag key with a star", plainCreate({ Tags: [{ Key: "a*b" }] })],
    [
      "InvalidParameterValue.TagInvalidKey",
      "a tag key with a space at its end",
      plainCreate({ Tags: [{ Key: "a " }] }),
    ],
    [
      "InvalidParameterValue.TagInvalidVal",
      "a long tag value",
      plainCreate({ Tags: [{ Key: "k", Value: "v".repeat(256) }] }),
    ],
    ["UnsupportedOperation.TagSystemReservedTagKey", "a reserved tag key", plainCreate({ Tags: [{ Key: "qcs:k" }] })],
    [
      "UnsupportedOperation.TagSystemReservedTagKey",
      "a project's tag key",
      plainCreate({ Tags: [{ Key: "projectId" }] }),
    ],
  ])("%s: %s", async (code, _case, request) => {
    expect(await cloud.refusal("CreateVpnConnection", request)).toBe(code);
  });

  it("InvalidAction: an action that is not there", async () => {
    expect(await cloud.refusal("CreateEverything", {})).toBe("InvalidAction");
  });
});

describe("what already exists on the gateway", () => {
  it.each<[string, Body]>([
    ["InvalidParameterValue.VpnConnCidrConflict", plainCreate()],
    ["InvalidParameterValue.VpnConnCidrConflict", plainCreate({ CustomerGatewayId: "cgw-demo02" })],
    ["none", policies(["10.10.1.0/24", ["10.99.0.0/24"]])],
    ["none", plainCreate({ VpnGatewayId: "vpngw-demo02", VpcId: "vpc-demo02" })],
  ])("%s after a first connection", async (code, request) => {
    await cloud.call("CreateVpnConnection", plainCreate());
    expect(await cloud.refusal("CreateVpnConnection", request)).toBe(code);
  });

  it("keeps BGP networks and health check addresses unique", async () => {
    await cloud.call("CreateVpnConnection", bgpCreate());
    expect(await cloud.refusal("CreateVpnConnection", bgpCreate({}, { CustomerGatewayId: "cgw-demo02" }))).toBe(
      "InvalidParameterValue.VpnConnBgpTunnelCidrConflict",
    );
    const addresses = { HealthCheckLocalIp: "169.254.130.1", HealthCheckRemoteIp: "169.254.130.2" };
    await cloud.call("CreateVpnConnection", healthCheck(addresses));
    expect(await cloud.refusal("CreateVpnConnection", healthCheck(addresses))).toBe(
      "InvalidParameterValue.VpnConnHealthCheckIpConflict",
    );
  });

  it("has one peer for each number, that of existing tunnels among them", async () => {
    await control(cloud.url, "PUT", "/customer-gateways/cgw-demo02", { BgpAsn: 65_101 });
    await cloud.call("CreateVpnConnection", bgpCreate());
    const next = { TunnelCidr: "169.254.129.0/30", LocalBgpIp: "169.254.129.1", RemoteBgpIp: "169.254.129.2" };
    expect(await cloud.refusal("CreateVpnConnection", bgpCreate(next, { CustomerGatewayId: "cgw-demo02" }))).toBe(
      "UnsupportedOperation.VpnUnsupportedBgpAsnEqual",
    );
    expect(await cloud.refusal("CreateVpnConnection", bgpCreate(next))).toBe("none");
  });

  it("knows the networks of the VPC and the quota of the gateway", async () => {
    await control(cloud.url, "PUT", "/gateways/vpngw-demo01", { traits: { vpcCidr: "10.10.0.0/16" } });
    expect(await cloud.refusal("CreateVpnConnection", plainCreate())).toBe("InvalidParameterValue.VpcCidrConflict");
    const route = routeCreate({ Route: { DestinationCidrBlock: "10.10.9.0/24" } });
    expect(await cloud.refusal("CreateVpnConnection", route)).toBe(
      "UnsupportedOperation.VpnConnDestCidrConflictWithPrivateNet",
    );
    await control(cloud.url, "PUT", "/settings", { quotas: { connectionsPerGateway: 0 } });
    expect(await cloud.refusal("CreateVpnConnection", routeCreate())).toBe("LimitExceeded");
  });
});

describe("every code of the vendor document", () => {
  it.each(documentCodes)("$code can be asked for", async ({ code }) => {
    await control(cloud.url, "POST", "/faults", { action: "CreateVpnConnection", kind: "error", code });
    expect(await cloud.refusal("CreateVpnConnection", plainCreate())).toBe(code);
  });
});
