import { beforeEach, describe, expect, it } from "vitest";
import alibabaCodes from "../../fixtures/alibaba-document-codes.json" with { type: "json" };
import tencentCodes from "../../fixtures/tencent-document-codes.json" with { type: "json" };
import { dualCreate, plainCreate as alibabaCreate, provisioningMilliseconds, startAlibaba } from "./alibaba-harness.ts";
import { control } from "./control-client.ts";
import { plainCreate as tencentCreate, startTencent } from "./tencent-harness.ts";

type Body = Record<string, unknown>;

const vendors = [
  {
    vendor: "alibaba",
    start: startAlibaba,
    request: alibabaCreate,
    nameField: "Name",
    list: "DescribeVpnConnections",
    denied: "Forbidden.RAM",
    clockCode: "InvalidTimeStamp.Expired",
    codes: [...alibabaCodes.map(({ code }) => code), "LastTokenProcessing", "Throttling.User", "IllegalTimestamp"],
  },
  {
    vendor: "tencent",
    start: startTencent,
    request: tencentCreate,
    nameField: "VpnConnectionName",
    list: "DescribeVpnConnections",
    denied: "UnauthorizedOperation",
    clockCode: "AuthFailure.SignatureExpire",
    codes: [...tencentCodes.map(({ code }) => code), "UnsupportedOperation.MutexOperationTaskRunning"],
  },
] as const;

describe.each(vendors)("$vendor", ({ start, request, nameField, list, denied, clockCode, codes }) => {
  let cloud: Awaited<ReturnType<typeof start>>;
  beforeEach(async () => {
    cloud = await start();
    return () => cloud.close();
  });

  const set = (settings: Body) => control(cloud.url, "PUT", "/settings", settings);
  const connections = async (): Promise<Body[]> => {
    const { body } = await control(cloud.url, "GET", "/state");
    return (body as { connections: Body[] }).connections;
  };

  it("answers any code before and after the effect", async () => {
    for (const code of new Set(codes)) {
      await control(cloud.url, "POST", "/reset");
      const fault = { action: "CreateVpnConnection", code };
      await control(cloud.url, "POST", "/faults", { ...fault, kind: "error" });
      await control(cloud.url, "POST", "/faults", { ...fault, kind: "error-after-effect" });
      const met: unknown[] = [];
      for (const made of [0, 1]) {
        met.push([await cloud.refusal("CreateVpnConnection", request()), (await connections()).length, made]);
      }
      expect(met).toEqual([
        [code, 0, 0],
        [code, 1, 1],
      ]);
    }
  });

  it("shows a new connection in lists after any time, longer than two minutes too", async () => {
    await set({ visibleAfterMilliseconds: 200_000 });
    await cloud.call("CreateVpnConnection", request());
    cloud.clock.advance(199_999);
    expect(await cloud.call(list, {})).toMatchObject({ TotalCount: 0 });
    cloud.clock.advance(1);
    expect(await cloud.call(list, {})).toMatchObject({ TotalCount: 1 });
  });

  it("shows a new connection in one copy of its lists before the next, which answer in turn", async () => {
    await set({ visibleAfterMilliseconds: 3_000, listCopies: 3 });
    await cloud.call("CreateVpnConnection", request());
    const inEachCopy = async () => {
      const counts: unknown[] = [];
      for (let copy = 0; copy < 3; copy += 1) counts.push((await cloud.call(list, {}))["TotalCount"]);
      return counts;
    };
    expect(await inEachCopy()).toEqual([0, 0, 0]);
    cloud.clock.advance(1_000);
    expect(await inEachCopy()).toEqual([1, 0, 0]);
    cloud.clock.advance(1_999);
    expect(await inEachCopy()).toEqual([1, 1, 0]);
    cloud.clock.advance(1);
    expect(await inEachCopy()).toEqual([1, 1, 1]);
  });

  it.each([
    ["all", 1, 1],
    ["shown", 2, 2],
    ["none", 2, 3],
  ])("compares a create with %s of the connections", async (comparesWith, hidden, shown) => {
    await set({ visibleAfterMilliseconds: 60_000, provisioningMilliseconds: 0, comparesWith });
    await cloud.call("CreateVpnConnection", request());
    await cloud.refusal("CreateVpnConnection", request());
    expect(await connections()).toHaveLength(hidden);
    cloud.clock.advance(60_000);
    await cloud.refusal("CreateVpnConnection", request());
    expect(await connections()).toHaveLength(shown);
  });

  it("trims names at both ends when told to", async () => {
    await set({ trimNames: true });
    await cloud.call("CreateVpnConnection", request({ [nameField]: "  name with space  " }));
    expect((await connections())[0]).toMatchObject({ [nameField]: "name with space" });
  });

  it("shows other values of a connection than it has when told to, and all the rest", async () => {
    await cloud.call("CreateVpnConnection", request());
    const before = (await cloud.call(list, {})) as object;
    await set({ shownInstead: { [nameField]: "renamed", BgpConfig: { TunnelCidr: "169.254.99.0/30" } } });
    const shown = JSON.stringify(await cloud.call(list, {}));
    expect(shown).toContain(`"${nameField}":"renamed"`);
    await set({ shownInstead: {} });
    expect(await cloud.call(list, {})).toEqual({ ...before, RequestId: expect.any(String) });
  });

  it("keeps names as they are otherwise", async () => {
    await cloud.call("CreateVpnConnection", request({ [nameField]: "  name  " }));
    expect((await connections())[0]).toMatchObject({ [nameField]: "  name  " });
  });

  it("holds back the answers of one action", async () => {
    await set({ hangMilliseconds: { [list]: 60_000 } });
    expect(await cloud.refusal("DescribeVpnGateways", {})).toBe("none");
    const hanging = cloud.refusal(list, {});
    await expect.poll(async () => (await control(cloud.url, "GET", "/calls")).body).toHaveLength(2);
    await cloud.close();
    expect(await hanging).not.toBe("none");
  });

  it("answers a held back call once its time is over, and others at once after it is taken back", async () => {
    await set({ hangMilliseconds: { [list]: 30 } });
    expect(await cloud.refusal(list, {})).toBe("none");
    await set({ hangMilliseconds: { [list]: 0 } });
    expect(await cloud.refusal(list, {})).toBe("none");
  });

  it("refuses single actions as a missing permission does", async () => {
    await set({ deniedActions: [list] });
    expect(await cloud.refusal(list, {})).toBe(denied);
    expect(await cloud.refusal("CreateVpnConnection", request())).toBe("none");
    await set({ deniedActions: [] });
    expect(await cloud.refusal(list, {})).toBe("none");
  });

  it.each([-3_600_000, 3_600_000])("has a clock of its own, %i ms ahead", async (clockSkewMilliseconds) => {
    await set({ clockSkewMilliseconds });
    const response = await fetch(cloud.url, { method: "POST" });
    const shown = Date.parse(response.headers.get("date") ?? "");
    expect(Math.abs(shown - cloud.clock.now() - clockSkewMilliseconds)).toBeLessThan(1_000);
    expect(await cloud.refusal(list, {})).toBe(clockCode);
    await set({ clockSkewMilliseconds: 60_000 });
    expect(await cloud.refusal(list, {})).toBe("none");
  });

  it("forgets deleted connections in its state", async () => {
    const { VpnConnectionId, VpnConnection } = await cloud.call("CreateVpnConnection", request());
    const id = VpnConnectionId ?? (VpnConnection as Body)["VpnConnectionId"];
    cloud.clock.advance(provisioningMilliseconds);
    await cloud.call("DeleteVpnConnection", {
      VpnConnectionId: id,
      ...(VpnConnection ? { VpnGatewayId: "vpngw-demo01" } : {}),
    });
    expect(await connections()).toHaveLength(1);
    cloud.clock.advance(provisioningMilliseconds);
    expect(await connections()).toEqual([]);
  });

  it("takes settings at its start, and goes back to them", async () => {
    await cloud.close();
    cloud = await start({ settings: { trimNames: true, deniedActions: [list] } });
    await set({ trimNames: false, deniedActions: [] });
    await control(cloud.url, "POST", "/reset");
    expect((await control(cloud.url, "GET", "/state")).body).toMatchObject({
      settings: { trimNames: true, deniedActions: [list] },
    });
  });
});

describe("alibaba alone", () => {
  let cloud: Awaited<ReturnType<typeof startAlibaba>>;
  beforeEach(async () => {
    cloud = await startAlibaba();
    return () => cloud.close();
  });

  it("takes a dry run for the real thing when told to", async () => {
    await control(cloud.url, "PUT", "/settings", { ignoreDryRun: true });
    expect(await cloud.call("CreateVpnConnection", alibabaCreate({ DryRun: true }))).toMatchObject({
      VpnConnectionId: expect.stringMatching(/^vco-/) as string,
    });
    await control(cloud.url, "PUT", "/settings", { ignoreDryRun: false });
    const other = alibabaCreate({ DryRun: true, VpnGatewayId: "vpn-demo02" });
    expect(await cloud.refusal("CreateVpnConnection", other)).toBe("DryRunOperation");
  });

  it.each([
    [false, true, 28_800, 3_600],
    [true, "true", "28800", "3600"],
  ])("shows dual-tunnel booleans and numbers, as text: %s", async (dualTunnelText, flag, ike, ipsec) => {
    await control(cloud.url, "PUT", "/settings", { dualTunnelText });
    const { VpnConnectionId } = await cloud.call("CreateVpnConnection", dualCreate());
    const { TunnelOptionsSpecification } = await cloud.call("DescribeVpnConnection", { VpnConnectionId });
    const [tunnel] = (TunnelOptionsSpecification as { TunnelOptions: Body[] }).TunnelOptions;
    expect(tunnel).toMatchObject({
      EnableDpd: flag,
      EnableNatTraversal: flag,
      TunnelIkeConfig: { IkeLifetime: ike },
      TunnelIpsecConfig: { IpsecLifetime: ipsec },
    });
  });

  it("forgets a client token when its life is over, counted from its first use", async () => {
    await control(cloud.url, "PUT", "/settings", {
      tokenLifeMilliseconds: 10_000,
      provisioningMilliseconds: 0,
      comparesWith: "none",
    });
    const create = async () =>
      (await cloud.call("CreateVpnConnection", alibabaCreate({ ClientToken: "t-1" })))["VpnConnectionId"];
    const first = await create();
    cloud.clock.advance(9_999);
    expect(await create()).toBe(first);
    cloud.clock.advance(1);
    const second = await create();
    expect(second).not.toBe(first);
    await control(cloud.url, "PUT", "/settings", { tokenLifeMilliseconds: null });
    cloud.clock.advance(60_000);
    expect(await create()).toBe(second);
  });

  it.each([
    "CreateVpnConnection",
    "DeleteVpnConnection",
    "DescribeCustomerGateway",
    "DescribeCustomerGateways",
    "DescribeVpnConnection",
    "DescribeVpnConnections",
    "DescribeVpnGateway",
    "DescribeVpnGateways",
    "DiagnoseVpnConnections",
    "ListTagResources",
    "ModifyVpnConnectionAttribute",
    "TagResources",
    "UnTagResources",
  ])("refuses what %s would ignore", async (action) => {
    expect(await cloud.refusal(action, { NoSuchParameter: "x" })).toBe("InvalidParameter.NoSuchParameter");
    expect(await cloud.refusal(action, { NoSuch: [{ Key: "x" }] })).toBe("InvalidParameter.NoSuch");
  });

  it.each(["BgpConfig", "HealthCheckConfig", "EnableTunnelsBgp"])("refuses to change %s", async (name) => {
    const { VpnConnectionId } = await cloud.call("CreateVpnConnection", alibabaCreate());
    cloud.clock.advance(provisioningMilliseconds);
    expect(await cloud.refusal("ModifyVpnConnectionAttribute", { VpnConnectionId, [name]: "{}" })).toBe(
      `InvalidParameter.${name}`,
    );
  });

  it.each([
    { IkeConfig: '{"Psk":"new-Key"}' },
    { IpsecConfig: "{}" },
    { EnableDpd: false },
    { TunnelOptionsSpecification: [{ Role: "master" }] },
  ])("refuses to change a dual-tunnel connection by %o", async (change) => {
    const { VpnConnectionId } = await cloud.call("CreateVpnConnection", dualCreate());
    cloud.clock.advance(provisioningMilliseconds);
    expect(await cloud.refusal("ModifyVpnConnectionAttribute", { VpnConnectionId, ...change })).toBe(
      `InvalidParameter.${Object.keys(change)[0]}`,
    );
    expect(await cloud.refusal("ModifyVpnConnectionAttribute", { VpnConnectionId, Name: "renamed" })).toBe("none");
  });
});
