import { beforeEach, describe, expect, it } from "vitest";
import type { ProviderCall } from "../../../functions/domain/provider/provider.ts";
import { systemClock } from "../../../functions/entries/wiring.ts";
import { createConnectProvider } from "../../../functions/providers/connect-provider.ts";
import { noReferences } from "../../support/no-references.ts";
import { accessKey as alibabaKey, dualCreate, plainCreate, startAlibaba } from "../simulators/alibaba-harness.ts";
import { control } from "../simulators/control-client.ts";
import {
  accessKey as tencentKey,
  plainCreate as tencentCreate,
  routeCreate,
  startTencent,
} from "../simulators/tencent-harness.ts";

const marker = "MARKED-key-1";
const refused = { action: "DiagnoseVpnConnections", kind: "error", code: "Forbidden", times: 9 };

/** Both simulators, and the provider of each through the vendor's own SDK. */
async function startBoth() {
  const [alibaba, tencent] = await Promise.all([startAlibaba(), startTencent()]);
  const connectProvider = createConnectProvider({
    access: {
      alibaba: { endpoint: alibaba.url, accessKeyId: alibabaKey.id, accessKeySecret: alibabaKey.secret },
      tencent: { endpoint: tencent.url, accessKeyId: tencentKey.id, accessKeySecret: tencentKey.secret },
    },
    readCredentials: noReferences,
    clock: systemClock,
    now: () => performance.now(),
    log: () => undefined,
  });
  const calls: ProviderCall[] = [];
  const onCall = (call: ProviderCall) => void calls.push(call);
  return {
    alibaba,
    tencent,
    calls,
    providers: {
      alibaba: await connectProvider("alibaba", { region: "cn-shanghai", onCall, onWarning: () => undefined }),
      tencent: await connectProvider("tencent", { region: "ap-shanghai", onCall, onWarning: () => undefined }),
    },
    close: () => Promise.all([alibaba.close(), tencent.close()]),
  };
}

let clouds: Awaited<ReturnType<typeof startBoth>>;
beforeEach(async () => {
  clouds = await startBoth();
  return () => clouds.close();
});

describe("Alibaba's tunnels", () => {
  const create = async (request: object) =>
    String((await clouds.alibaba.call("CreateVpnConnection", { ...request }))["VpnConnectionId"]);
  const set = (id: string, ...tunnels: object[]) =>
    control(clouds.alibaba.url, "PUT", `/connections/${id}/tunnels`, { tunnels });
  const look = (id: string, count: number) => clouds.providers.alibaba.tunnelStates(id, count);

  it("are down at first, with the diagnosis asked for by the connection", async () => {
    const id = await create(plainCreate());
    expect(await look(id, 1)).toEqual([{ state: "down", reason: "phase 1 (IKE) is not negotiated" }]);
    expect(clouds.calls.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
      "DescribeVpnConnection ok",
      "DiagnoseVpnConnections ok",
    ]);
  });

  it("are up when they are, and then nothing is diagnosed", async () => {
    const id = await create(plainCreate());
    await set(id, { Status: "ipsec_sa_established" });
    expect(await look(id, 1)).toEqual([{ state: "up", reason: "both phases are negotiated" }]);
    expect(clouds.calls.map(({ action }) => action)).toEqual(["DescribeVpnConnection"]);
  });

  it.each([false, true])("are read whether dual-tunnel answers are all text: %s", async (dualTunnelText) => {
    await control(clouds.alibaba.url, "PUT", "/settings", { dualTunnelText });
    const id = await create(dualCreate());
    await set(id, { Status: "ipsec_sa_established" }, { Status: "ipsec_sa_established" });
    expect((await look(id, 2)).map(({ state }) => state)).toEqual(["up", "up"]);
  });

  it("are told apart, each with its own diagnosis", async () => {
    const id = await create(dualCreate());
    await set(
      id,
      { Status: "ike_sa_established", diagnosis: { FailedReasonCode: "PfsMismatch", MismatchLocalParam: "group14" } },
      { Status: "ike_sa_not_established", diagnosis: { FailedReasonCode: "NoResponse" } },
    );
    expect(await look(id, 2)).toEqual([
      {
        state: "negotiating",
        reason:
          "phase 1 (IKE) is negotiated, phase 2 (IPsec) is not: the PFS group of phase 2 (IPsec) differs (group14 at Alibaba Cloud)",
      },
      { state: "down", reason: "phase 1 (IKE) is not negotiated: the peer does not respond" },
    ]);
  });

  it("have a plainer reason when the diagnosis is refused", async () => {
    const id = await create(plainCreate());
    await set(id, { Status: "ike_sa_not_established", diagnosis: { FailedReasonCode: "NoResponse" } });
    await control(clouds.alibaba.url, "POST", "/faults", refused);
    expect(await look(id, 1)).toEqual([{ state: "down", reason: "phase 1 (IKE) is not negotiated" }]);
  });

  it("never show a key, whatever the diagnosis repeats", async () => {
    const id = await create(plainCreate());
    const diagnosis = { FailedReason: marker, MismatchLocalParam: marker, MismatchRemoteParam: marker };
    for (const FailedReasonCode of ["PskMismatch", "AlgorithmMismatch", marker]) {
      await set(id, { Status: "ike_sa_not_established", diagnosis: { ...diagnosis, FailedReasonCode } });
      expect(JSON.stringify([await look(id, 1), clouds.calls])).not.toContain(marker);
    }
  });

  it("are unknown for a connection that is gone", async () => {
    expect(await look("vco-gone", 2)).toMatchObject([{ state: "unknown" }, { state: "unknown" }]);
  });
});

describe("Tencent's tunnel", () => {
  const health = { EnableHealthCheck: true, HealthCheckLocalIp: "169.254.128.1", HealthCheckRemoteIp: "169.254.128.2" };
  const create = async (request: object) => {
    const { VpnConnection } = await clouds.tencent.call("CreateVpnConnection", { ...request });
    return (VpnConnection as { VpnConnectionId: string }).VpnConnectionId;
  };
  const set = (id: string, body: object) => control(clouds.tencent.url, "PUT", `/connections/${id}/tunnels`, body);
  const look = (id: string) => clouds.providers.tencent.tunnelStates(id, 1);

  it("is down at first, and up when it is", async () => {
    const id = await create(tencentCreate());
    expect(await look(id)).toEqual([{ state: "down", reason: "not connected" }]);
    await set(id, { NetStatus: "AVAILABLE" });
    expect(await look(id)).toEqual([{ state: "up", reason: "connected" }]);
  });

  it("tells of a health check that fails", async () => {
    const id = await create(routeCreate(health));
    await set(id, { NetStatus: "AVAILABLE", HealthCheckStatus: "UNAVAILABLE" });
    expect(await look(id)).toEqual([{ state: "up", reason: "connected, but the health check fails" }]);
    await set(id, { NetStatus: "AVAILABLE", HealthCheckStatus: "AVAILABLE" });
    expect(await look(id)).toEqual([{ state: "up", reason: "connected" }]);
  });

  it("is unknown for a connection that is gone", async () => {
    expect(await look("vpnx-gone")).toMatchObject([{ state: "unknown" }]);
  });
});

it.each(["alibaba", "tencent"] as const)("a %s that cannot be read is an error, not a state", async (provider) => {
  await control(clouds[provider].url, "POST", "/faults", { action: "*", kind: "garbage-body", times: 9 });
  await expect(clouds.providers[provider].tunnelStates("x-1", 1)).rejects.toMatchObject({ name: "ProviderError" });
});
