import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { accessKey, plainCreate as alibabaCreate, startAlibaba } from "./alibaba-harness.ts";
import { control } from "./control-client.ts";
import { plainCreate as tencentCreate, startTencent } from "./tencent-harness.ts";

let directory: string;
let stateFile: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "simulator-"));
  stateFile = join(directory, "made", "when", "missing", "state");
  return () => rm(directory, { recursive: true });
});

describe("a state file", () => {
  it("keeps Alibaba's connections, work, tokens and gateways across a restart", async () => {
    const request = alibabaCreate({ ClientToken: "token-1" });
    const before = await startAlibaba({ stateFile });
    await control(before.url, "PUT", "/gateways/vpn-mine", { InternetIp: "192.0.2.1" });
    const { RequestId: _first, ...made } = await before.call("CreateVpnConnection", request);
    await before.close();

    const after = await startAlibaba({ stateFile });
    expect(await after.call("CreateVpnConnection", request)).toMatchObject(made);
    expect(await after.call("DescribeVpnGateway", { VpnGatewayId: "vpn-demo01" })).toMatchObject({
      Status: "updating",
    });
    const { VpnConnectionId } = made;
    expect(await after.call("DescribeVpnConnection", { VpnConnectionId })).toMatchObject({
      IkeConfig: { Psk: "s3cret-Key" },
    });
    expect(await after.refusal("DescribeVpnGateway", { VpnGatewayId: "vpn-mine" })).toBe("none");
    await after.close();
  });

  it("keeps Tencent's connections and tasks across a restart", async () => {
    const before = await startTencent({ stateFile });
    const { RequestId: TaskId } = await before.call("CreateVpnConnection", tencentCreate());
    await before.close();

    const after = await startTencent({ stateFile });
    expect(await after.call("DescribeVpcTaskResult", { TaskId })).toMatchObject({ Status: "RUNNING" });
    expect(await after.call("DescribeVpnConnections", {})).toMatchObject({ TotalCount: 1 });
    await after.close();
  });

  it("keeps how far tunnels have negotiated across a restart", async () => {
    const before = await startAlibaba({ stateFile });
    const { VpnConnectionId } = await before.call("CreateVpnConnection", alibabaCreate());
    const tunnels = [{ Status: "ipsec_sa_established" }];
    await control(before.url, "PUT", `/connections/${String(VpnConnectionId)}/tunnels`, { tunnels });
    await before.close();

    const after = await startAlibaba({ stateFile });
    expect(await after.call("DescribeVpnConnection", { VpnConnectionId })).toMatchObject(tunnels[0] ?? {});
    await after.close();
  });

  it("holds no pre-shared key in clear", async () => {
    const cloud = await startTencent({ stateFile });
    await cloud.call("CreateVpnConnection", tencentCreate({ PreShareKey: "MARKED-key-1" }));
    await cloud.close();
    const content = await readFile(stateFile);
    expect(content.includes("MARKED-key-1")).toBe(false);
    expect(content.includes(Buffer.from("MARKED-key-1").toString("base64").slice(0, 14))).toBe(false);
  });

  it("takes many changes at once and misses none", async () => {
    const cloud = await startAlibaba({ stateFile });
    const gateways = Array.from({ length: 20 }, (_, index) => `vpn-demo${String(index + 1).padStart(2, "0")}`);
    const create = (VpnGatewayId: string) =>
      cloud.call("CreateVpnConnection", alibabaCreate({ VpnGatewayId, CustomerGatewayId: "cgw-noasn01" }));
    await Promise.all(gateways.map(create));
    await cloud.close();
    const after = await startAlibaba({ stateFile });
    expect(await after.call("DescribeVpnConnections", {})).toMatchObject({ TotalCount: 20 });
    await after.close();
  });

  it.each([
    ["no state at all", "not a state file"],
    ["cut off", ""],
    ["another account's state", undefined],
  ])("that is %s is left as it is, and the start fails with what to do", async (_case, content) => {
    const before = await startAlibaba({ stateFile, accessKey: { id: "x", secret: "another" } });
    await control(before.url, "PUT", "/gateways/vpn-mine", {});
    await before.close();
    if (content !== undefined) await writeFile(stateFile, content);
    const left = await readFile(stateFile);

    await expect(startAlibaba({ stateFile })).rejects.toThrow(
      `${stateFile} is damaged, or was written with another secret; remove it to start that cloud empty`,
    );
    expect(await readFile(stateFile)).toEqual(left);
  });

  it("that is a folder is told by its reason", async () => {
    await mkdir(stateFile, { recursive: true });
    await expect(startTencent({ stateFile })).rejects.toThrow(`${stateFile} cannot be read (EISDIR)`);
  });
});

describe("a simulator in a process of its own", () => {
  const children: ChildProcess[] = [];
  afterEach(() => {
    for (const child of children.splice(0)) child.kill("SIGKILL");
  });

  async function forkSimulator(vendor: string, options: object): Promise<{ child: ChildProcess; answer: unknown }> {
    const entry = new URL("../../../packages/simulators/src/process.ts", import.meta.url);
    const child = fork(entry, [vendor], { execArgv: ["--import", "tsx"] });
    children.push(child);
    child.send(options);
    const [answer] = (await once(child, "message")) as [unknown];
    return { child, answer };
  }

  it("forgets nothing when it is killed, ignores SIGINT, and ends with its parent's channel", async () => {
    const first = await forkSimulator("alibaba", { accessKey, stateFile });
    const { url } = first.answer as { url: string };
    await control(url, "PUT", "/gateways/vpn-mine", {});
    first.child.kill("SIGINT");
    expect((await control(url, "GET", "/state")).status).toBe(200);
    first.child.kill("SIGKILL");
    await once(first.child, "exit");

    const second = await forkSimulator("alibaba", { accessKey, stateFile });
    const state = await control((second.answer as { url: string }).url, "GET", "/state");
    expect(JSON.stringify(state.body)).toContain("vpn-mine");
    second.child.disconnect();
    const [exitCode] = (await once(second.child, "exit")) as [number];
    expect(exitCode).toBe(0);
  });

  it("says why it cannot start", async () => {
    const { child, answer } = await forkSimulator("azure", { accessKey });
    expect(answer).toEqual({ error: 'no vendor "azure"' });
    await once(child, "exit");
  });
});
