import {
  CreateVpnConnectionRequest,
  DescribeVpnConnectionRequest,
  DescribeVpnConnectionsRequest,
  DescribeVpnGatewayRequest,
} from "@alicloud/vpc20160428";
import { beforeEach, describe, expect, it } from "vitest";
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

let cloud: AlibabaHarness;
beforeEach(async () => {
  cloud = await startAlibaba();
  return () => cloud.close();
});

const gatewayStatus = async (id = "vpn-demo01"): Promise<unknown> =>
  (await cloud.call("DescribeVpnGateway", { VpnGatewayId: id }))["Status"];
const connectionCount = async (): Promise<unknown> => (await cloud.call("DescribeVpnConnections", {}))["TotalCount"];

/** The request sample of the vendor document, asterisks removed and addresses completed. */
const documentSample = {
  ClientToken: "02fb3da4-130e-11e9-8e44-001",
  CustomerGatewayId: "cgw-p0w2jemrcj5u61un8",
  VpnGatewayId: "vpn-bp1q8bgx4xnkm",
  Name: "IPsec",
  LocalSubnet: "10.10.1.0/24,10.10.2.0/24",
  RemoteSubnet: "10.10.3.0/24,10.10.4.0/24",
  EffectImmediately: false,
  IkeConfig:
    '{"Psk":"1234****","IkeVersion":"ikev1","IkeMode":"main","IkeEncAlg":"aes","IkeAuthAlg":"sha1","IkePfs":"group2","IkeLifetime":86400,"LocalId":"47.21.0.1","RemoteId":"47.42.0.2"}',
  IpsecConfig: '{"IpsecEncAlg":"aes","IpsecAuthAlg":"sha1","IpsecPfs":"group2","IpsecLifetime":86400}',
  HealthCheckConfig: '{"enable":"true","dip":"192.168.10.1","sip":"10.10.1.1","interval":"3","retry":"3"}',
  AutoConfigRoute: true,
  EnableDpd: true,
  EnableNatTraversal: true,
  BgpConfig: '{"EnableBgp":"true","LocalAsn":"45104","TunnelCidr":"169.254.11.0/30","LocalBgpIp":"169.254.11.1"}',
  Tags: [{ Key: "TagKey", Value: "TagValue" }],
};

describe("creating", () => {
  it("accepts the whole request sample of the vendor document", async () => {
    const answer = await cloud.call("CreateVpnConnection", documentSample);
    expect(answer).toEqual({
      RequestId: expect.stringMatching(/^[0-9A-F-]{36}$/),
      VpnConnectionId: expect.stringMatching(/^vco-[a-z0-9]{17}$/),
      Name: "IPsec",
      CreateTime: cloud.clock.now(),
    });
  });

  it("keeps the gateway updating until the work is done, then both are active", async () => {
    expect(await gatewayStatus()).toBe("active");
    const { VpnConnectionId } = await cloud.call("CreateVpnConnection", plainCreate());
    expect(await gatewayStatus()).toBe("updating");
    cloud.clock.advance(provisioningMilliseconds - 1);
    expect(await gatewayStatus()).toBe("updating");
    expect(await cloud.call("DescribeVpnConnection", { VpnConnectionId })).toMatchObject({ State: "updating" });
    cloud.clock.advance(1);
    expect(await gatewayStatus()).toBe("active");
    expect(await cloud.call("DescribeVpnConnection", { VpnConnectionId })).toMatchObject({
      State: "active",
      Status: "ike_sa_not_established",
    });
  });

  it("refuses a second create on a busy gateway and takes it afterwards", async () => {
    await cloud.call("CreateVpnConnection", plainCreate());
    const second = plainCreate({ Name: "second", CustomerGatewayId: "cgw-demo02" });
    expect(await cloud.refusal("CreateVpnConnection", second)).toBe("VpnGateway.Configuring");
    expect(await cloud.refusal("CreateVpnConnection", { ...second, VpnGatewayId: "vpn-demo02" })).toBe("none");
    cloud.clock.advance(provisioningMilliseconds);
    expect(await cloud.refusal("CreateVpnConnection", second)).toBe("none");
  });

  it("makes a key of 16 characters when none is given", async () => {
    const { VpnConnectionId } = await cloud.call("CreateVpnConnection", plainCreate({ IkeConfig: "{}" }));
    const { IkeConfig } = await cloud.call("DescribeVpnConnection", { VpnConnectionId });
    expect(IkeConfig).toMatchObject({ Psk: expect.stringMatching(/^[a-z0-9]{16}$/), IkeVersion: "ikev1" });
  });
});

describe("client tokens", () => {
  it("replays the first answer to the same request, busy gateway or not", async () => {
    const request = plainCreate({ ClientToken: "token-1" });
    const first = await cloud.call("CreateVpnConnection", request);
    const second = await cloud.call("CreateVpnConnection", request);
    expect(second).toEqual({ ...first, RequestId: expect.any(String) });
    expect(await connectionCount()).toBe(1);
  });

  it("refuses the same token with other parameters", async () => {
    await cloud.call("CreateVpnConnection", plainCreate({ ClientToken: "token-1" }));
    const other = plainCreate({ ClientToken: "token-1", Name: "other" });
    expect(await cloud.refusal("CreateVpnConnection", other)).toBe("IdempotentParameterMismatch");
  });

  it("does not hold a refused request against its token", async () => {
    await cloud.call("CreateVpnConnection", plainCreate());
    const request = plainCreate({ ClientToken: "token-1", Name: "second", CustomerGatewayId: "cgw-demo02" });
    expect(await cloud.refusal("CreateVpnConnection", request)).toBe("VpnGateway.Configuring");
    cloud.clock.advance(provisioningMilliseconds);
    expect(await cloud.refusal("CreateVpnConnection", request)).toBe("none");
  });

  it("finds nothing in common between two requests without a token", async () => {
    await cloud.call("CreateVpnConnection", plainCreate());
    cloud.clock.advance(provisioningMilliseconds);
    expect(await cloud.refusal("CreateVpnConnection", plainCreate())).toBe("InvalidVpnConnection.AlreadyExists");
  });
});

describe("dry runs", () => {
  it("carries a dry run out where the settings say that it ignores DryRun", async () => {
    await control(cloud.url, "PUT", "/settings", { ignoreDryRun: true });
    const answer = await cloud.call("CreateVpnConnection", plainCreate({ DryRun: true }));
    expect(answer["VpnConnectionId"]).toMatch(/^vco-/);
  });

  it("answers DryRunOperation when all is well and creates nothing", async () => {
    expect(await cloud.refusal("CreateVpnConnection", plainCreate({ DryRun: true }))).toBe("DryRunOperation");
    expect(await gatewayStatus()).toBe("active");
    expect(await connectionCount()).toBe(0);
  });

  it("finds what a real create would be refused for", async () => {
    const request = plainCreate({ DryRun: true, VpnGatewayId: "vpn-locked01" });
    expect(await cloud.refusal("CreateVpnConnection", request)).toBe("VpnGateway.FinancialLocked");
  });
});

describe("dual-tunnel gateways", () => {
  it("makes two tunnels with an address each and shows them in the SDK's shape", async () => {
    const { VpnConnectionId } = await cloud.call("CreateVpnConnection", dualCreate());
    const request = new DescribeVpnConnectionRequest({
      regionId: "cn-shanghai",
      vpnConnectionId: VpnConnectionId as string,
    });
    const { body } = await cloud.generated.describeVpnConnection(request);
    const tunnels = body?.tunnelOptionsSpecification?.tunnelOptions ?? [];
    expect(tunnels.map(({ role, internetIp, customerGatewayId }) => [role, internetIp, customerGatewayId])).toEqual([
      ["master", "47.21.1.1", "cgw-demo01"],
      ["slave", "47.21.1.2", "cgw-demo02"],
    ]);
    expect(tunnels[0]?.tunnelIkeConfig?.psk).toBe("s3cret-Key");
    expect(body?.customerGatewayId).toBe("");
  });

  it("accepts the tunnel sample of the vendor document with BGP", async () => {
    const bgp = (third: number) => ({
      LocalAsn: 65530,
      LocalBgpIp: `169.254.${third}.1`,
      TunnelCidr: `169.254.${third}.0/30`,
    });
    const { VpnConnectionId } = await cloud.call(
      "CreateVpnConnection",
      dualCreate({
        VpnGatewayId: "vpn-dualbgp01",
        EnableTunnelsBgp: true,
        TunnelOptionsSpecification: [
          tunnel("master", { CustomerGatewayId: "cgw-p0wy363lucf1uyae8", TunnelBgpConfig: bgp(10) }),
          tunnel("slave", { CustomerGatewayId: "cgw-p0wy363lucf1uyae8", TunnelBgpConfig: bgp(20) }),
        ],
      }),
    );
    const { TunnelOptionsSpecification } = await cloud.call("DescribeVpnConnection", { VpnConnectionId });
    expect(TunnelOptionsSpecification).toMatchObject({
      TunnelOptions: [
        { TunnelBgpConfig: { LocalAsn: 65_530, PeerBgpIp: "169.254.10.2", PeerAsn: 65_002 } },
        { TunnelBgpConfig: { TunnelCidr: "169.254.20.0/30" } },
      ],
    });
  });
});

describe("describing", () => {
  it("understands the generated client, which sends the query, and casts into its models", async () => {
    await cloud.generated.createVpnConnection(
      new CreateVpnConnectionRequest({
        regionId: "cn-shanghai",
        vpnGatewayId: "vpn-demo01",
        customerGatewayId: "cgw-demo01",
        name: "from the query *~'()!",
        localSubnet: "10.10.1.0/24",
        remoteSubnet: "10.10.3.0/24",
        ikeConfig: ike({ Psk: "a~!@#$%^&*()_-+={}[]|;:',.<>/?z" }),
        tags: [{ key: "vpn-op-id", value: "a b" } as never, { key: "empty", value: "" } as never],
      }),
    );
    const request = new DescribeVpnConnectionsRequest({ tag: [{ key: "vpn-op-id", value: "a b" } as never] });
    request.regionId = "cn-shanghai";
    const { body } = await cloud.generated.describeVpnConnections(request);
    const [connection] = body?.vpnConnections?.vpnConnection ?? [];
    expect(body?.totalCount).toBe(1);
    expect(connection?.name).toBe("from the query *~'()!");
    expect(connection?.ikeConfig?.psk).toBe("a~!@#$%^&*()_-+={}[]|;:',.<>/?z");
    expect(connection?.tag?.tag).toEqual([
      { key: "vpn-op-id", value: "a b" },
      { key: "empty", value: "" },
    ]);
    expect(connection?.vcoHealthCheck?.enable).toBe("false");
  });

  it("shows what tells a dual-tunnel gateway from a single-tunnel one", async () => {
    const ask = (vpnGatewayId: string) =>
      cloud.generated.describeVpnGateway(new DescribeVpnGatewayRequest({ regionId: "cn-shanghai", vpnGatewayId }));
    expect((await ask("vpn-demo01")).body?.disasterRecoveryVSwitchId).toBeUndefined();
    expect((await ask("vpn-dual01")).body?.disasterRecoveryVSwitchId).toBe("vsw-demo-b");
  });

  it("filters and pages connections", async () => {
    for (const number of ["01", "02", "03"]) {
      await cloud.call(
        "CreateVpnConnection",
        plainCreate({ VpnGatewayId: `vpn-demo${number}`, Name: number, Tags: [{ Key: "n", Value: number }] }),
      );
    }
    const total = async (filter: Record<string, unknown>): Promise<unknown> =>
      (await cloud.call("DescribeVpnConnections", filter))["TotalCount"];
    expect(await total({ VpnGatewayId: "vpn-demo02" })).toBe(1);
    expect(await total({ CustomerGatewayId: "cgw-demo01" })).toBe(3);
    expect(await total({ CustomerGatewayId: "cgw-demo02" })).toBe(0);
    expect(await total({ Tag: [{ Key: "n", Value: "03" }] })).toBe(1);
    expect(await total({ Tag: [{ Key: "n" }] })).toBe(3);
    const page = await cloud.call("DescribeVpnConnections", { PageSize: 2, PageNumber: 2 });
    expect(page).toMatchObject({ TotalCount: 3, VpnConnections: { VpnConnection: [{ Name: "01" }] } });
    expect(await cloud.refusal("DescribeVpnConnections", { PageSize: 51 })).toBe("InvalidParameter.PageSize");
  });

  it("hides a new connection as long as list consistency is delayed", async () => {
    await control(cloud.url, "PUT", "/settings", { visibleAfterMilliseconds: 60_000 });
    const { VpnConnectionId } = await cloud.call("CreateVpnConnection", plainCreate());
    expect(await connectionCount()).toBe(0);
    expect(await cloud.refusal("DescribeVpnConnection", { VpnConnectionId })).toBe(
      "InvalidVpnConnectionInstanceId.NotFound",
    );
    cloud.clock.advance(60_000);
    expect(await connectionCount()).toBe(1);
  });

  it("lists customer gateways and regions", async () => {
    expect(await cloud.call("DescribeCustomerGateways", { CustomerGatewayId: "cgw-demo07" })).toMatchObject({
      TotalCount: 1,
      CustomerGateways: { CustomerGateway: [{ IpAddress: "198.51.100.7", Asn: 65107 }] },
    });
    const { Regions } = await cloud.call("DescribeRegions", {});
    const ids = (Regions as { Region: { RegionId: string }[] }).Region.map(({ RegionId }) => RegionId);
    expect(ids).toContain("cn-shanghai");
  });

  it("denies one call too many within a window and says how long to wait", async () => {
    await control(cloud.url, "PUT", "/settings", {
      rateLimits: { DescribeVpnGateway: { calls: 3, perMilliseconds: 60_000 } },
    });
    for (let count = 0; count < 3; count += 1) await gatewayStatus();
    const denied = cloud.call("DescribeVpnGateway", { VpnGatewayId: "vpn-demo01" });
    await expect(denied).rejects.toMatchObject({ code: "Throttling.User", retryAfter: 60_000 });
    cloud.clock.advance(60_000);
    expect(await gatewayStatus()).toBe("active");
  });
});

describe("deleting and changing", () => {
  it("deletes asynchronously and occupies the gateway meanwhile", async () => {
    const { VpnConnectionId } = await cloud.call("CreateVpnConnection", plainCreate());
    expect(await cloud.refusal("DeleteVpnConnection", { VpnConnectionId })).toBe("VpnGateway.Configuring");
    cloud.clock.advance(provisioningMilliseconds);
    await cloud.call("DeleteVpnConnection", { VpnConnectionId });
    expect(await gatewayStatus()).toBe("updating");
    expect(await cloud.refusal("CreateVpnConnection", plainCreate({ Name: "next", RemoteSubnet: "10.9.0.0/24" }))).toBe(
      "VpnTask.CONFLICT",
    );
    cloud.clock.advance(provisioningMilliseconds);
    expect(await cloud.refusal("DescribeVpnConnection", { VpnConnectionId })).toBe(
      "InvalidVpnConnectionInstanceId.NotFound",
    );
    expect(await cloud.refusal("CreateVpnConnection", plainCreate())).toBe("none");
  });

  it("changes names, networks and keys", async () => {
    const { VpnConnectionId } = await cloud.call("CreateVpnConnection", plainCreate());
    cloud.clock.advance(provisioningMilliseconds);
    await cloud.call("ModifyVpnConnectionAttribute", {
      VpnConnectionId,
      Name: "renamed",
      RemoteSubnet: "10.20.0.0/16",
      IkeConfig: '{"Psk":"new-Key","IkeLifetime":"3600"}',
    });
    expect(await cloud.call("DescribeVpnConnection", { VpnConnectionId })).toMatchObject({
      Name: "renamed",
      RemoteSubnet: "10.20.0.0/16",
      State: "updating",
      IkeConfig: { Psk: "new-Key", IkeLifetime: 3600, IkeVersion: "ikev2" },
    });
  });

  it("adds, lists and removes tags", async () => {
    const { VpnConnectionId: id } = await cloud.call("CreateVpnConnection", plainCreate());
    const target = { ResourceType: "VpnConnection", ResourceId: [id] };
    await cloud.call("TagResources", { ...target, Tag: [{ Key: "team", Value: "network" }, { Key: "env" }] });
    await cloud.call("UnTagResources", { ...target, TagKey: ["env"] });
    expect(await cloud.call("ListTagResources", target)).toMatchObject({
      TagResources: { TagResource: [{ ResourceId: id, TagKey: "team", TagValue: "network" }] },
    });
  });
});
