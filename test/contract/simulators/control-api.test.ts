import { beforeEach, describe, expect, it } from "vitest";
import { ike, plainCreate as alibabaCreate, startAlibaba } from "./alibaba-harness.ts";
import { control } from "./control-client.ts";
import { plainCreate as tencentCreate, startTencent } from "./tencent-harness.ts";

const marker = "MARKED-key-1";
const vendors = [
  {
    vendor: "alibaba",
    start: startAlibaba,
    request: alibabaCreate({ IkeConfig: ike({ Psk: marker }) }),
    gateway: "vpn-demo01",
    unpaid: { BusinessStatus: "FinancialLocked" },
    code: "VpnGateway.FinancialLocked",
    asked: { VpnGatewayId: "vpn-demo01" },
    busy: { code: "VpnTask.CONFLICT", field: "Status", state: "updating", idle: "active" },
    up: { tunnels: [{ Status: "ipsec_sa_established" }] },
  },
  {
    vendor: "tencent",
    start: startTencent,
    request: tencentCreate({ PreShareKey: marker }),
    gateway: "vpngw-demo01",
    unpaid: { RestrictState: "PROTECTIVELY_ISOLATED" },
    code: "UnsupportedOperation.InsufficientFunds",
    asked: { VpnGatewayIds: ["vpngw-demo01"] },
    busy: { code: "UnsupportedOperation.InvalidState", field: "State", state: "PENDING", idle: "AVAILABLE" },
    up: { NetStatus: "AVAILABLE" },
  },
] as const;

describe.each(vendors)("$vendor", ({ start, request, gateway, unpaid, code, asked, busy, up }) => {
  let cloud: Awaited<ReturnType<typeof start>>;
  beforeEach(async () => {
    cloud = await start();
    return () => cloud.close();
  });

  const create = () => cloud.refusal("CreateVpnConnection", request);

  it("shows state and calls without any pre-shared key", async () => {
    await create();
    const state = await control(cloud.url, "GET", "/state");
    const calls = await control(cloud.url, "GET", "/calls");
    expect(state.body).toMatchObject({
      connections: [{ VpnGatewayId: gateway }],
      calls: { CreateVpnConnection: 1 },
    });
    expect(calls.body).toMatchObject([{ action: "CreateVpnConnection", outcome: "ok" }]);
    expect(JSON.stringify([state, calls])).not.toContain(marker);
    expect(JSON.stringify(calls)).toContain("****");
  });

  it("shows no key of a request that was refused for being broken", async () => {
    const broken = { IkeConfig: `{"Psk":"${marker}`, PreShareKey: [marker], VpnGatewayId: "x" };
    expect(await cloud.refusal("CreateVpnConnection", { ...request, ...broken })).not.toBe("none");
    const calls = await control(cloud.url, "GET", "/calls");
    expect(JSON.stringify(calls)).not.toContain(marker);
  });

  it("changes a gateway, makes a new one, and removes it", async () => {
    await control(cloud.url, "PUT", `/gateways/${gateway}`, unpaid);
    expect(await create()).toBe(code);
    const made = await control(cloud.url, "PUT", "/gateways/new-gateway", {});
    expect(made).toMatchObject({ status: 200, body: { VpnGatewayId: "new-gateway" } });
    expect((await control(cloud.url, "DELETE", "/gateways/new-gateway")).status).toBe(204);
    expect((await control(cloud.url, "DELETE", "/gateways/new-gateway")).status).toBe(404);
  });

  it("changes and removes customer gateways", async () => {
    const put = await control(cloud.url, "PUT", "/customer-gateways/cgw-demo01", { IpAddress: "192.0.2.9" });
    expect(put.body).toMatchObject({ CustomerGatewayId: "cgw-demo01", IpAddress: "192.0.2.9" });
    await control(cloud.url, "DELETE", "/customer-gateways/cgw-demo01");
    expect(await create()).toMatch(/NotFound$/);
  });

  it("lets somebody else change a gateway for a while, and no other one", async () => {
    const shown = async () => JSON.stringify(await cloud.call("DescribeVpnGateways", asked));
    const change = (id: string, body: unknown) => control(cloud.url, "PUT", `/gateways/${id}/busy`, body);
    expect(await change(gateway, { milliseconds: 60_000 })).toEqual({ status: 200, body: { milliseconds: 60_000 } });
    expect(await create()).toBe(busy.code);
    expect(await shown()).toContain(`"${busy.field}":"${busy.state}"`);
    cloud.clock.advance(60_000);
    expect(await shown()).toContain(`"${busy.field}":"${busy.idle}"`);
    await change(gateway, { milliseconds: 60_000 });
    await change(gateway, { milliseconds: 0 });
    expect(await create()).toBe("none");
    expect((await change("no-such", { milliseconds: 1 })).status).toBe(404);
    expect((await change(gateway, {})).status).toBe(400);
  });

  it("lets somebody else delete a connection, which is gone at once", async () => {
    await create();
    const { body } = await control(cloud.url, "GET", "/state");
    const id = String((body as { connections: { VpnConnectionId: string }[] }).connections[0]?.VpnConnectionId);
    expect((await control(cloud.url, "DELETE", `/connections/${id}`)).status).toBe(204);
    expect((await control(cloud.url, "GET", "/state")).body).toMatchObject({ connections: [] });
    expect(await cloud.call("DescribeVpnConnections", {})).toMatchObject({ TotalCount: 0 });
    expect((await control(cloud.url, "DELETE", `/connections/${id}`)).status).toBe(404);
  });

  it("sets the tunnels of a connection that is there, and of no other", async () => {
    await create();
    const { body } = await control(cloud.url, "GET", "/state");
    const id = String((body as { connections: { VpnConnectionId: string }[] }).connections[0]?.VpnConnectionId);
    expect(await control(cloud.url, "PUT", `/connections/${id}/tunnels`, up)).toEqual({ status: 200, body: up });
    expect((await control(cloud.url, "PUT", `/connections/${id}/tunnels`, { Status: "up" })).status).toBe(400);
    expect((await control(cloud.url, "PUT", "/connections/no-such/tunnels", up)).status).toBe(404);
  });

  it("goes back to its first state", async () => {
    await control(cloud.url, "PUT", `/gateways/${gateway}`, unpaid);
    await control(cloud.url, "PUT", "/settings", { provisioningMilliseconds: 1 });
    await control(cloud.url, "POST", "/faults", { action: "*", kind: "throttle" });
    await control(cloud.url, "POST", "/reset");
    const { body } = await control(cloud.url, "GET", "/state");
    expect(body).toMatchObject({ connections: [], calls: {}, settings: { provisioningMilliseconds: 5_000 } });
    expect(await create()).toBe("none");
  });

  it.each<[string, string, unknown, RegExp]>([
    ["PUT", `/gateways/${gateway}`, { NoSuchField: 1 }, /NoSuchField/],
    ["PUT", `/gateways/${gateway}`, "{", /not JSON/],
    ["PUT", "/customer-gateways/x", { IpAddress: "here" }, /IpAddress/],
    ["PUT", "/settings", { latencyMilliseconds: -1 }, /latencyMilliseconds/],
    ["PUT", "/settings", { quotas: { noSuchQuota: 1 } }, /Known quotas: connectionsPerGateway/],
    ["POST", "/faults", { action: "*", kind: "explode" }, /kind/],
    ["POST", "/faults", { action: "*", kind: "error" }, /code/],
    ["POST", "/faults", { action: "*", kind: "throttle", times: 0 }, /times/],
    ["POST", "/faults", { action: "*", kind: "late" }, /milliseconds/],
    ["PUT", "/settings", { listCopies: 0 }, /listCopies/],
    ["PUT", "/settings", { comparesWith: "some" }, /comparesWith/],
    ["PUT", "/settings", { tokenLifeMilliseconds: -1 }, /tokenLifeMilliseconds/],
  ])("answers 400 and says why: %s %s %o", async (method, path, body, reason) => {
    const answer = await control(cloud.url, method, path, body);
    expect(answer.status).toBe(400);
    expect((answer.body as { error: string }).error).toMatch(reason);
  });

  it("knows no other control route", async () => {
    expect((await control(cloud.url, "GET", "/nothing")).status).toBe(404);
  });
});
