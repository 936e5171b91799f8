import { beforeEach, describe, expect, it } from "vitest";
import { plainCreate as alibabaCreate, provisioningMilliseconds, startAlibaba } from "./alibaba-harness.ts";
import { control } from "./control-client.ts";
import { plainCreate as tencentCreate, startTencent } from "./tencent-harness.ts";

type Body = Record<string, unknown>;

const vendors = [
  { vendor: "alibaba", start: startAlibaba, request: alibabaCreate(), throttle: "Throttling.User" },
  { vendor: "tencent", start: startTencent, request: tencentCreate(), throttle: "RequestLimitExceeded" },
] as const;

describe.each(vendors)("$vendor", ({ start, request, throttle }) => {
  let cloud: Awaited<ReturnType<typeof start>>;
  beforeEach(async () => {
    cloud = await start();
    return () => cloud.close();
  });

  const inject = (fault: Body) => control(cloud.url, "POST", "/faults", { action: "CreateVpnConnection", ...fault });
  const create = () => cloud.refusal("CreateVpnConnection", request);
  const connections = async (): Promise<number> => {
    const { body } = await control(cloud.url, "GET", "/state");
    return (body as { connections: unknown[] }).connections.length;
  };

  it("refuses an action that the vendor does not have, and names those that it has", async () => {
    const { status, body } = await inject({ action: "CreateVpnConection", kind: "throttle" });
    expect(status).toBe(400);
    expect(body).toMatchObject({ error: expect.stringMatching(/Known action: .*CreateVpnConnection, .*\*/) as string });
    for (const changes of [
      { deniedActions: ["CreateVpnConection"] },
      { hangMilliseconds: { CreateVpnConection: 1 } },
      { rateLimits: { CreateVpnConection: { calls: 1, perMilliseconds: 1 } } },
    ]) {
      expect(await control(cloud.url, "PUT", "/settings", changes)).toMatchObject({ status: 400 });
    }
    expect(await control(cloud.url, "GET", "/faults")).toMatchObject({ body: [] });
    expect(await create()).toBe("none");
  });

  it("answers a given code before any effect, as often as told", async () => {
    await inject({ kind: "error", code: "InternalError", times: 2 });
    expect([await create(), await create()]).toEqual(["InternalError", "InternalError"]);
    expect(await connections()).toBe(0);
    expect(await create()).toBe("none");
  });

  it("answers a given code after the effect", async () => {
    await inject({ kind: "error-after-effect", code: "ServiceUnavailable", status: 503 });
    expect(await create()).not.toBe("none");
    expect(await connections()).toBe(1);
  });

  it("throttles", async () => {
    await inject({ kind: "throttle" });
    expect(await create()).toBe(throttle);
    expect(await connections()).toBe(0);
  });

  it.each([
    ["reset-before", 0],
    ["reset-after", 1],
  ])("%s destroys the socket", async (kind, made) => {
    await inject({ kind });
    expect(await create()).toMatch(/ECONNRESET|socket hang up/);
    expect(await connections()).toBe(made);
  });

  it.each([
    ["hang-before", 0],
    ["hang-after", 1],
  ])("%s closes the connection after the given time", async (kind, made) => {
    await inject({ kind, milliseconds: 20 });
    expect(await create()).toMatch(/ECONNRESET|socket hang up/);
    expect(await connections()).toBe(made);
  });

  it("takes effect late, when the socket is long closed, and says so in its journal", async () => {
    await inject({ kind: "late", milliseconds: 100, closedAfterMilliseconds: 1 });
    expect(await create()).toMatch(/ECONNRESET|socket hang up/);
    await expect.poll(connections).toBe(1);
    expect(await control(cloud.url, "GET", "/calls")).toMatchObject({ body: [{ outcome: "ok", fault: "late" }] });
  });

  it("takes effect late while the caller still waits, who is never answered", async () => {
    await inject({ kind: "late", milliseconds: 1 });
    const pending = create();
    await expect.poll(connections).toBe(1);
    await cloud.close();
    expect(await pending).not.toBe("none");
  });

  it("hangs for ever without a time, and still closes at once", async () => {
    await inject({ kind: "hang-after" });
    const pending = create();
    await expect.poll(connections).toBe(1);
    await cloud.close();
    expect(await pending).not.toBe("none");
  });

  it.each<[Body, number]>([
    [{ kind: "http-500-after" }, 1],
    [{ kind: "http-502-html" }, 1],
    [{ kind: "http-502-html", afterEffect: false }, 0],
    [{ kind: "garbage-body" }, 1],
  ])("%o is no answer that an SDK understands", async (fault, made) => {
    await inject(fault);
    expect(await create()).not.toBe("none");
    expect(await connections()).toBe(made);
  });

  it("answers success with an empty connection id", async () => {
    await inject({ kind: "empty-id" });
    const answer = await cloud.call("CreateVpnConnection", request);
    const connection = (answer["VpnConnection"] as Body | undefined) ?? answer;
    expect(connection["VpnConnectionId"]).toBe("");
    expect(await connections()).toBe(1);
  });

  it("keeps a fault for calls of its action and its gateway", async () => {
    await inject({ kind: "error", code: "InternalError", gatewayId: "another" });
    expect(await create()).toBe("none");
    await control(cloud.url, "DELETE", "/faults");
    await control(cloud.url, "POST", "/faults", { action: "DeleteVpnConnection", kind: "throttle" });
    expect(await cloud.refusal("DescribeVpnGateways", {})).toBe("none");
    expect((await control(cloud.url, "GET", "/faults")).body).toMatchObject([{ kind: "throttle", times: 1 }]);
  });

  it("writes outcome and fault into the journal", async () => {
    await inject({ kind: "reset-after" });
    await inject({ kind: "hang-before", milliseconds: 1 });
    await create();
    await create();
    const { body } = await control(cloud.url, "GET", "/calls");
    expect(body).toMatchObject([
      { action: "CreateVpnConnection", outcome: "ok", fault: "reset-after" },
      { action: "CreateVpnConnection", outcome: "not-performed", fault: "hang-before" },
    ]);
  });
});

describe("work that fails in the background", () => {
  it("lets the Alibaba connection vanish when its gateway is active again", async () => {
    const cloud = await startAlibaba();
    await control(cloud.url, "POST", "/faults", { action: "CreateVpnConnection", kind: "task-failed" });
    const { VpnConnectionId } = await cloud.call("CreateVpnConnection", alibabaCreate());
    expect(await cloud.call("DescribeVpnConnection", { VpnConnectionId })).toMatchObject({ State: "updating" });
    cloud.clock.advance(provisioningMilliseconds);
    expect(await cloud.call("DescribeVpnGateway", { VpnGatewayId: "vpn-demo01" })).toMatchObject({ Status: "active" });
    expect(await cloud.refusal("DescribeVpnConnection", { VpnConnectionId })).toBe(
      "InvalidVpnConnectionInstanceId.NotFound",
    );
    await cloud.close();
  });

  it.each([
    [false, 0],
    [true, 1],
  ])("ends the Tencent task FAILED, residue: %s", async (residue, left) => {
    const cloud = await startTencent();
    await control(cloud.url, "POST", "/faults", { action: "CreateVpnConnection", kind: "task-failed", residue });
    const { RequestId: TaskId } = await cloud.call("CreateVpnConnection", tencentCreate());
    cloud.clock.advance(provisioningMilliseconds);
    expect(await cloud.call("DescribeVpcTaskResult", { TaskId })).toMatchObject({ Status: "FAILED" });
    const { VpnConnectionSet } = await cloud.call("DescribeVpnConnections", {});
    expect(VpnConnectionSet).toHaveLength(left);
    const [remains] = VpnConnectionSet as Body[];
    if (remains) {
      expect(remains["State"]).toBe("PENDING");
      const { VpnConnectionId, VpnGatewayId } = remains;
      expect(await cloud.refusal("DeleteVpnConnection", { VpnConnectionId, VpnGatewayId })).toBe("none");
    }
    await cloud.close();
  });
});
