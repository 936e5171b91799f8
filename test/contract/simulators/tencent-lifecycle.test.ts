import { beforeEach, describe, expect, it } from "vitest";
import { control } from "./control-client.ts";
import {
  plainCreate,
  provisioningMilliseconds,
  routeCreate,
  startTencent,
  type TencentHarness,
} from "./tencent-harness.ts";

type Body = Record<string, unknown>;
interface View extends Body {
  readonly VpnConnectionId: string;
  readonly State: string;
}

let cloud: TencentHarness;
beforeEach(async () => {
  cloud = await startTencent();
  return () => cloud.close();
});

const create = async (request: Body): Promise<{ connection: View; taskId: string }> => {
  const answer = await cloud.call("CreateVpnConnection", request);
  return { connection: answer["VpnConnection"] as View, taskId: answer["RequestId"] as string };
};
const find = async (query: Body): Promise<View[]> =>
  (await cloud.call("DescribeVpnConnections", query))["VpnConnectionSet"] as View[];
const taskStatus = async (TaskId: string): Promise<unknown> =>
  (await cloud.call("DescribeVpcTaskResult", { TaskId }))["Status"];

/** The request sample of the vendor document. */
const documentSample = {
  VpnConnectionName: "TEST_CONN",
  PreShareKey: "654321",
  VpcId: "vpc-gapcv96p",
  Tags: [{ Value: "shanghai", Key: "city" }],
  IPSECOptionsSpecification: { PfsDhGroup: "NULL", EncryptAlgorithm: "3DES-CBC", IntegrityAlgorith: "MD5" },
  SecurityPolicyDatabases: [{ LocalCidrBlock: "10.8.4.0/24", RemoteCidrBlock: ["58.211.1.0/24"] }],
  VpnGatewayId: "vpngw-1w9tue3d",
  CustomerGatewayId: "cgw-qa9sxpy7",
  IKEOptionsSpecification: {
    IKEVersion: "IKEV1",
    RemoteIdentity: "ADDRESS",
    PropoAuthenAlgorithm: "MD5",
    RemoteAddress: "1.2.3.4",
    LocalIdentity: "ADDRESS",
    LocalAddress: "58.211.2.5",
    ExchangeMode: "MAIN",
    PropoEncryAlgorithm: "3DES-CBC",
    DhGroupName: "GROUP1",
  },
};

describe("creating", () => {
  it("accepts the request sample of the vendor document and echoes as little as its answer sample", async () => {
    const { connection } = await create(documentSample);
    expect(connection).toMatchObject({
      VpnConnectionId: expect.stringMatching(/^vpnx-[a-z0-9]{8}$/),
      VpnConnectionName: "TEST_CONN",
      State: "PENDING",
      PreShareKey: "654321",
      CreatedTime: "0000-00-00 00:00:00",
      DpdEnable: -1,
      SecurityPolicyDatabaseSet: [],
      TagSet: [],
    });
  });

  it("runs a task under the RequestId of the answer, then the connection is available", async () => {
    const { connection, taskId } = await create(plainCreate());
    const byId = { VpnConnectionIds: [connection.VpnConnectionId] };
    expect(await taskStatus(taskId)).toBe("RUNNING");
    cloud.clock.advance(provisioningMilliseconds - 1);
    expect(await taskStatus(taskId)).toBe("RUNNING");
    expect(await find(byId)).toMatchObject([{ State: "PENDING" }]);
    cloud.clock.advance(1);
    expect(await taskStatus(taskId)).toBe("SUCCESS");
    expect(await find(byId)).toMatchObject([{ State: "AVAILABLE", NetStatus: "" }]);
  });

  it("knows no task by another id", async () => {
    expect(await cloud.refusal("DescribeVpcTaskResult", { TaskId: "none" })).toBe("ResourceNotFound");
  });

  it("makes a second connection of the same name when asked twice, as there is no token", async () => {
    const first = await create(plainCreate());
    const second = await create(
      plainCreate({ SecurityPolicyDatabases: [{ LocalCidrBlock: "10.10.1.0/24", RemoteCidrBlock: ["10.99.0.0/24"] }] }),
    );
    expect(second.connection.VpnConnectionId).not.toBe(first.connection.VpnConnectionId);
    expect(await find({ Filters: [{ Name: "vpn-connection-name", Values: ["plain"] }] })).toHaveLength(2);
  });

  it("lets one gateway work on two creates at once, unless the settings say otherwise", async () => {
    await create(routeCreate());
    await create(routeCreate());
    await control(cloud.url, "PUT", "/settings", { quotas: { tasksPerGateway: 2 } });
    expect(await cloud.refusal("CreateVpnConnection", routeCreate())).toBe(
      "UnsupportedOperation.MutexOperationTaskRunning",
    );
    cloud.clock.advance(provisioningMilliseconds);
    expect(await cloud.refusal("CreateVpnConnection", routeCreate())).toBe("none");
  });

  it("fills in the defaults of the SDK's documentation", async () => {
    const { connection } = await create({
      VpnGatewayId: "vpngw-demo01",
      CustomerGatewayId: "cgw-demo01",
      VpcId: "vpc-demo01",
      VpnConnectionName: "defaults",
      PreShareKey: "key",
      RouteType: "StaticRoute",
      EnableHealthCheck: true,
    });
    const [view] = await find({ VpnConnectionIds: [connection.VpnConnectionId] });
    expect(view).toMatchObject({
      NegotiationType: "active",
      DpdEnable: 0,
      DpdAction: "restart",
      IKEOptionsSpecification: {
        PropoEncryAlgorithm: "3DES-CBC",
        DhGroupName: "GROUP1",
        RemoteAddress: "198.51.100.1",
      },
      IPSECOptionsSpecification: { IntegrityAlgorith: "SHA1", IPSECSaLifetimeTraffic: 4_096_000_000 },
      HealthCheckLocalIp: expect.stringMatching(/^169\.254\.(12[89]|1[3-9]\d|2\d\d)\.\d+$/),
      HealthCheckConfig: { ProbeType: "NQA" },
    });
  });
});

describe("describing", () => {
  it("shows all that was asked for once the connection is there", async () => {
    const request = plainCreate({ Tags: [{ Key: "city", Value: "shanghai" }] });
    const { connection } = await create(request);
    const [view] = await find({ VpnConnectionIds: [connection.VpnConnectionId] });
    expect(view).toMatchObject({
      PreShareKey: "s3cret-Key",
      RouteType: "Policy",
      SecurityPolicyDatabaseSet: request["SecurityPolicyDatabases"],
      IKEOptionsSpecification: request["IKEOptionsSpecification"],
      IPSECOptionsSpecification: request["IPSECOptionsSpecification"],
      TagSet: [{ Key: "city", Value: "shanghai" }],
      DpdEnable: 1,
      CreatedTime: expect.stringMatching(/^20\d\d-\d\d-\d\d \d\d:\d\d:\d\d$/),
    });
  });

  it("filters by each documented name, all filters together, and pages newest first", async () => {
    for (const name of ["a", "b", "c"]) await create(routeCreate({ VpnConnectionName: name }));
    const filter = (Name: string, ...Values: string[]) => ({ Name, Values });
    const names = async (query: Body) => (await find(query)).map((view) => view["VpnConnectionName"]);
    expect(await names({ Filters: [filter("vpn-connection-name", "a", "b")] })).toEqual(["b", "a"]);
    expect(
      await names({ Filters: [filter("vpn-gateway-id", "vpngw-demo01"), filter("vpc-id", "vpc-demo01")] }),
    ).toHaveLength(3);
    expect(await names({ Filters: [filter("customer-gateway-id", "cgw-demo02")] })).toEqual([]);
    expect(await names({ Limit: 1, Offset: 1 })).toEqual(["b"]);
  });

  it.each<[string, Body]>([
    ["InvalidParameter.Coexist", { VpnConnectionIds: ["vpnx-a"], Filters: [{ Name: "vpc-id", Values: ["v"] }] }],
    ["ResourceNotFound", { VpnConnectionIds: ["vpnx-none"] }],
    ["InvalidParameterValue.Malformed", { Filters: [{ Name: "tag:city", Values: ["v"] }] }],
    ["InvalidParameterValue.Malformed", { Limit: 101 }],
    ["LimitExceeded", { Filters: [{ Name: "vpc-id", Values: ["1", "2", "3", "4", "5", "6"] }] }],
    ["UnknownParameter", { Filter: [] }],
    ["InvalidParameter", { Limit: "ten" }],
  ])("refuses with %s: %o", async (code, query) => {
    expect(await cloud.refusal("DescribeVpnConnections", query)).toBe(code);
  });

  it("hides a new connection as long as list consistency is delayed", async () => {
    await control(cloud.url, "PUT", "/settings", { visibleAfterMilliseconds: 30_000 });
    await create(plainCreate());
    expect(await find({})).toEqual([]);
    cloud.clock.advance(30_000);
    expect(await find({})).toHaveLength(1);
  });

  it("shows gateways with what a caller has to know before", async () => {
    const { VpnGatewaySet } = await cloud.call("DescribeVpnGateways", { VpnGatewayIds: ["vpngw-bgp01"] });
    expect(VpnGatewaySet).toMatchObject([
      {
        State: "AVAILABLE",
        RestrictState: "NORMAL",
        Type: "IPSEC",
        Version: "4.0",
        BgpAsn: 64551,
        PublicIpAddress: "58.211.4.1",
      },
    ]);
    const { CustomerGatewaySet } = await cloud.call("DescribeCustomerGateways", {
      Filters: [{ Name: "ip-address", Values: ["198.51.100.7"] }],
    });
    expect(CustomerGatewaySet).toMatchObject([{ CustomerGatewayId: "cgw-demo07", BgpAsn: 65107 }]);
  });

  it("has the document's gateways in every region, the others in their own", async () => {
    await cloud.close();
    cloud = await startTencent({}, { region: "ap-guangzhou" });
    expect(await cloud.refusal("CreateVpnConnection", plainCreate())).toBe("ResourceNotFound");
    expect(await cloud.refusal("CreateVpnConnection", documentSample)).toBe("none");
  });

  it("limits how often it can be asked, and refuses before any effect", async () => {
    const { taskId } = await create(plainCreate());
    for (let count = 0; count < 20; count += 1) await taskStatus(taskId);
    expect(await cloud.refusal("DescribeVpcTaskResult", { TaskId: taskId })).toBe("RequestLimitExceeded");
    cloud.clock.advance(1_000);
    expect(await taskStatus(taskId)).toBe("RUNNING");
  });
});

describe("deleting and changing", () => {
  it("deletes by a task of its own, but not while the connection is made", async () => {
    const { connection } = await create(plainCreate());
    const target = { VpnGatewayId: "vpngw-demo01", VpnConnectionId: connection.VpnConnectionId };
    expect(await cloud.refusal("DeleteVpnConnection", target)).toBe("UnsupportedOperation.InvalidState");
    cloud.clock.advance(provisioningMilliseconds);
    const { RequestId } = await cloud.call("DeleteVpnConnection", target);
    expect(await find({})).toMatchObject([{ State: "DELETING" }]);
    expect(await cloud.refusal("DeleteVpnConnection", target)).toBe("UnsupportedOperation.DeleteVpnConnInvalidState");
    cloud.clock.advance(provisioningMilliseconds);
    expect(await taskStatus(RequestId as string)).toBe("SUCCESS");
    expect(await find({})).toEqual([]);
    expect(await cloud.refusal("DeleteVpnConnection", target)).toBe("ResourceNotFound");
  });

  it("changes what is given and leaves the rest", async () => {
    const { connection } = await create(plainCreate());
    cloud.clock.advance(provisioningMilliseconds);
    await cloud.call("ModifyVpnConnectionAttribute", {
      VpnConnectionId: connection.VpnConnectionId,
      PreShareKey: "new-Key",
      IKEOptionsSpecification: { DhGroupName: "GROUP2" },
    });
    expect(await find({})).toMatchObject([
      {
        PreShareKey: "new-Key",
        IKEOptionsSpecification: { DhGroupName: "GROUP2", IKEVersion: "IKEV2" },
        RouteType: "Policy",
      },
    ]);
  });

  it("serves the tag service's part for Terraform", async () => {
    const { connection } = await create(plainCreate());
    const Resource = `qcs::vpc:ap-shanghai:uin/:vpnx/${connection.VpnConnectionId}`;
    const ReplaceTags = [{ TagKey: "team", TagValue: "network" }];
    await cloud.call("ModifyResourceTags", { Resource, ReplaceTags });
    const { Tags } = await cloud.call("DescribeResourceTagsByResourceIds", {
      ServiceType: "vpc",
      ResourcePrefix: "vpnx",
      ResourceIds: [connection.VpnConnectionId],
      ResourceRegion: "ap-shanghai",
    });
    expect(Tags).toMatchObject([{ TagKey: "team", TagValue: "network", ResourceId: connection.VpnConnectionId }]);
  });

  it("hands out addresses for a health check", async () => {
    const answer = await cloud.call("GenerateVpnConnectionDefaultHealthCheckIp", { VpnGatewayId: "vpngw-demo01" });
    expect(answer).toMatchObject({ HealthCheckLocalIp: expect.stringMatching(/^169\.254\./) });
  });
});

describe("what a create is checked against", () => {
  it("shows the VPCs of the gateways, with the network that is known", async () => {
    await control(cloud.url, "PUT", "/gateways/vpngw-demo01", {
      traits: { vpcCidr: "172.16.0.0/16", assistantCidrs: ["172.20.0.0/16"] },
    });
    const one = await cloud.call("DescribeVpcs", { VpcIds: ["vpc-demo01"] });
    expect(one).toMatchObject({
      TotalCount: 1,
      VpcSet: [
        {
          VpcId: "vpc-demo01",
          CidrBlock: "172.16.0.0/16",
          AssistantCidrSet: [{ VpcId: "vpc-demo01", CidrBlock: "172.20.0.0/16", AssistantType: 0 }],
        },
      ],
    });
    const filtered = await cloud.call("DescribeVpcs", {
      Filters: [{ Name: "vpc-id", Values: ["vpc-demo02"] }],
      Offset: "0",
      Limit: "1",
    });
    expect(filtered).toMatchObject({ VpcSet: [{ VpcId: "vpc-demo02", CidrBlock: "" }] });
    expect(await cloud.refusal("DescribeVpcs", { VpcIds: ["vpc-nowhere"] })).toBe("ResourceNotFound");
  });

  it("tells the quotas of tunnels under the documented names, and no others", async () => {
    await control(cloud.url, "PUT", "/settings", { quotas: { connectionsPerGateway: 7 } });
    const LimitTypes = ["vpn-gateway-max-custom-gateways", "appid-max-vpn-connections", "appid-max-vpcs"];
    expect((await cloud.call("DescribeVpcLimits", { LimitTypes }))["VpcLimitSet"]).toEqual([
      { LimitType: "vpn-gateway-max-custom-gateways", LimitValue: 7 },
      { LimitType: "appid-max-vpn-connections", LimitValue: 1_000 },
    ]);
  });

  it("lets a customer gateway have so many tunnels", async () => {
    await control(cloud.url, "PUT", "/settings", { quotas: { connectionsPerCustomerGateway: 1 } });
    await create(routeCreate());
    expect(await cloud.refusal("CreateVpnConnection", routeCreate())).toBe("LimitExceeded");
  });
});
