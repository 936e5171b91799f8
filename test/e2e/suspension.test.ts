import { describe, expect, it } from "vitest";
import { alibabaRequest } from "../support/requests.ts";
import { useTestStack } from "../support/use-test-stack.ts";

const stack = useTestStack();
const reason = "its key has leaked";

/** A request on that gateway, by its network. */
const nth = (vpnGatewayId: string, n: number) => ({
  ...alibabaRequest,
  vpnGatewayId,
  tunnels: [{ customerGatewayId: "cgw-demo01" }],
  routing: { mode: "policy", localCidrs: [`10.20.${n}.0/24`], remoteCidrs: [`10.30.${n}.0/24`] },
});

/** The key of a tenant that may touch every gateway, made here. */
async function makeTeam(team: string): Promise<{ authorization: string }> {
  expect((await stack().call("PUT", team, { gateways: ["*"] })).status).toBeLessThan(300);
  const key = { name: "ci", scopes: ["connections:read", "connections:write"] };
  const { body } = await stack().call("POST", `${team}/keys`, key);
  return { authorization: `Bearer ${String(body["key"])}` };
}

/** Its requests, the first of which is at the vendor for as long as it is told to be, and the others behind it. */
async function makeQueue(headers: { authorization: string }, gateway: string): Promise<string[]> {
  const accepted = await Promise.all(
    [0, 1, 2, 3].map((n) => stack().call("POST", "/v1/vpn-connections", nth(gateway, n), headers)),
  );
  expect(accepted.map(({ status }) => status)).toEqual(accepted.map(() => 202));
  return accepted.map(({ body }) => String(body["id"]));
}

async function statesOf(ids: string[], headers: { authorization: string }): Promise<string[]> {
  const answers = await Promise.all(
    ids.map((id) => stack().call("GET", `/v1/vpn-connections/${id}`, undefined, headers)),
  );
  return answers.map(({ body }) => String(body["status"])).toSorted();
}

const creates = async () => {
  const calls = (await stack().control("alibaba", "GET", "/calls")) as { action: string }[];
  return calls.filter(({ action }) => action === "CreateVpnConnection").length;
};

describe("a tenant that is cut off", () => {
  it.each([
    ["by suspending it", "vpn-demo01", (team: string) => stack().call("POST", `${team}/suspend`, { reason })],
    ["by taking its gateways", "vpn-demo02", (team: string) => stack().call("PUT", team, { gateways: [] })],
  ])("has what it has queued ended, and nothing more is sent: %s", async (_, gateway, cutOff) => {
    const team = `/v1/admin/tenants/${gateway}`;
    await stack().control("alibaba", "PUT", "/settings", { provisioningMilliseconds: 3_600_000 });
    const headers = await makeTeam(team);
    const ids = await makeQueue(headers, gateway);
    await expect.poll(() => statesOf(ids, headers)).toEqual(["provisioning", "queued", "queued", "queued"]);
    expect((await cutOff(team)).status).toBe(200);
    await expect.poll(() => statesOf(ids, headers)).toEqual(["failed", "failed", "failed", "provisioning"]);
    expect(await creates()).toBe(1);
    const { body } = await stack().call("GET", "/v1/vpn-connections?errorCode=provider_auth", undefined, headers);
    expect(body["items"]).toHaveLength(3);
    expect(JSON.stringify(body["items"])).toContain("an operator");
  });
});
