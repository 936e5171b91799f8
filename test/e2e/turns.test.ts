import { describe, expect, it } from "vitest";
import { alibabaRequest, tencentRequest } from "../support/requests.ts";
import { useTestStack } from "../support/use-test-stack.ts";

const stack = useTestStack();

async function accept(request: object): Promise<string> {
  const { status, body } = await stack().call("POST", "/v1/vpn-connections", request);
  expect(status).toBe(202);
  return String(body["id"]);
}

async function creates(vendor: "alibaba" | "tencent") {
  const calls = (await stack().control(vendor, "GET", "/calls")) as {
    action: string;
    outcome: string;
    parameters: Record<string, string>;
  }[];
  return calls.filter(({ action }) => action === "CreateVpnConnection");
}

const cancel = (id: string) => stack().call("POST", `/v1/vpn-connections/${id}/cancel`);
const redrive = (id: string, headers = {}) =>
  stack().call("POST", `/v1/vpn-connections/${id}/redrive`, { reason: "the quota was raised" }, headers);
const nth = (n: number) => ({
  mode: "policy",
  localCidrs: [`10.20.${n}.0/24`],
  remoteCidrs: [`10.30.${n}.0/24`],
});

describe("requests on one gateway", () => {
  it("are created one at a time, in order of arrival, and show their place meanwhile", async () => {
    const ids: string[] = [];
    for (let n = 0; n < 4; n += 1) ids.push(await accept({ ...alibabaRequest, routing: nth(n) }));
    const last = ids.at(-1) ?? "";
    await expect
      .poll(async () => (await stack().call("GET", `/v1/vpn-connections/${last}`)).body)
      .toMatchObject({
        status: "queued",
        statusReason: expect.stringMatching(/requests? (is|are) to go first/) as string,
      });
    for (const id of ids) expect((await stack().follow(id)).status).toBe("succeeded");

    const sent = await creates("alibaba");
    expect(sent.map(({ outcome }) => outcome)).toEqual(["ok", "ok", "ok", "ok"]);
    expect(sent.map(({ parameters }) => parameters["Name"])).toEqual(ids.map((id) => `hq-shanghai-${id.slice(0, 12)}`));
  });
});

describe("cancel", () => {
  it("ends a request that waits for its gateway, as often as it is pressed, and the vendor hears nothing of it", async () => {
    const first = await accept({ ...alibabaRequest, routing: nth(0) });
    const second = await accept({ ...alibabaRequest, routing: nth(1) });
    const canceled = await cancel(second);
    expect(canceled).toMatchObject({ status: 200, body: { status: "canceled", error: { code: "canceled" } } });
    expect((await cancel(second)).status).toBe(200);
    expect((await stack().follow(first)).status).toBe("succeeded");
    expect(await creates("alibaba")).toHaveLength(1);
  });

  it("comes too late once the vendor was asked, and says so", async () => {
    const id = await accept({ ...alibabaRequest, routing: nth(2) });
    await expect
      .poll(async () => (await stack().call("GET", `/v1/vpn-connections/${id}`)).body["status"])
      .toMatch(/provisioning|succeeded/);
    expect(await cancel(id)).toMatchObject({ status: 409, body: { code: "conflict" } });
    expect((await stack().follow(id)).status).toBe("succeeded");
  });
});

describe("redrive", () => {
  it("runs a failed request again, with the reason on its timeline", async () => {
    const fault = { action: "CreateVpnConnection", kind: "error", code: "Resource.QuotaFull" };
    await stack().control("alibaba", "POST", "/faults", fault);
    const id = await accept({ ...alibabaRequest, routing: nth(3) });
    const failed = await stack().follow(id);
    expect(failed).toMatchObject({ status: "failed", error: { code: "provider_quota" } });

    expect((await redrive(id, { "if-match": '"1"' })).status).toBe(409);
    expect(await redrive(id, { "if-match": `"${failed.revision}"` })).toMatchObject({
      status: 202,
      body: { status: "accepted" },
    });
    expect((await redrive(id)).status).toBe(202);
    const succeeded = await stack().follow(id);
    expect(succeeded.status).toBe("succeeded");
    expect(succeeded.error).toBeUndefined();
    const reasons = (await stack().events(id)).flatMap((event) => (event.type === "recovery" ? [event.action] : []));
    expect(reasons).toEqual(["redrive: the quota was raised"]);
    expect(await redrive(id)).toMatchObject({ status: 409, body: { code: "conflict" } });
  });

  it("needs a reason", async () => {
    const id = await accept({ ...alibabaRequest, routing: nth(4) });
    const { status, body } = await stack().call("POST", `/v1/vpn-connections/${id}/redrive`, {});
    expect(status).toBe(400);
    expect(body["errors"]).toMatchObject([{ pointer: "/reason" }]);
    await stack().follow(id);
  });

  it("takes an unknown request to its end without a second connection", async () => {
    await stack().control("tencent", "POST", "/faults", {
      action: "CreateVpnConnection",
      kind: "reset-before",
      times: 3,
    });
    const id = await accept({ ...tencentRequest, routing: nth(5) });
    const unknown = await stack().follow(id);
    expect(unknown).toMatchObject({ status: "unknown", error: { code: "outcome_unknown" } });
    expect(unknown.error?.advice).toContain(tencentRequest.vpnGatewayId);
    expect((await redrive(id)).status).toBe(202);
    expect((await stack().follow(id)).status).toBe("succeeded");
    const { connections } = (await stack().control("tencent", "GET", "/state")) as { connections: object[] };
    expect(connections).toHaveLength(1);
  });
});
