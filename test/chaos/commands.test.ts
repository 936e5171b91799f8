import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { processesWith, untilUp, useBrokers } from "../support/use-brokers.ts";

const { dataDir, start } = useBrokers();

/** What kills do to it is in test/chaos. */
describe("the local stack", () => {
  it("refuses a port or a folder that is taken, leaves nothing behind, and ends on Ctrl-C", async () => {
    const running = start();
    const { url } = await untilUp(running);
    const { port } = new URL(url);

    const samePort = start({ PORT: port, DATA_DIR: `${dataDir()}/other` });
    expect(await samePort.exited).toBe(1);
    expect(samePort.output()).toContain(`port ${port} on 127.0.0.1 is in use; set PORT to another one`);
    await expect.poll(() => processesWith(`${dataDir()}/other`)).toEqual([]);

    const sameFolder = start();
    expect(await sameFolder.exited).toBe(1);
    expect(sameFolder.output()).toMatch(/could not start: .*DATA_DIR/);

    process.kill(running.child.pid ?? 0, "SIGINT");
    expect(await running.exited).toBe(0);
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
    await expect.poll(() => processesWith(dataDir())).toEqual([]);
  });

  it("says every variable that is wrong, and no value", async () => {
    const running = start({ PORT: "http", LOCAL_TIME_SCALE: "-1", VPN_BROKER_WEBHOOK_SECRET: "marked-secret" });
    expect(await running.exited).toBe(1);
    for (const name of ["PORT", "LOCAL_TIME_SCALE", "VPN_BROKER_WEBHOOK_SECRET"]) {
      expect(running.output()).toContain(name);
    }
    expect(running.output()).not.toContain("marked-secret");
  });
});

describe("the command line", () => {
  it.each(["start", "demo"] as const)("with --help tells, and starts nothing: %s", async (entry) => {
    const help = start({}, entry, "--help");
    expect(await help.exited).toBe(0);
    expect(help.output()).toContain("Usage: npm ");
    expect(readdirSync(dataDir())).toEqual([]);
  });

  it("of the demo is refused where it has what is no option; a start goes on, and says so", async () => {
    const wrong = start({}, "demo", "--nope");
    expect(await wrong.exited).toBe(2);
    expect(wrong.output()).toMatch(/^Word 1 after -- is no option\.\nUsage: npm run demo /);
    const going = start({}, "start", "--nope");
    await untilUp(going);
    expect(going.output()).toMatch(/^Word 1 after -- is no option\.\nUsage: npm start/);
  });
});

describe("the demo", () => {
  it("carries both samples to verified webhooks and exits 0", async () => {
    const running = start({}, "demo");
    expect(await running.exited).toBe(0);
    expect(running.output()).toMatch(/alibaba +succeeded +vco-\w+.*signature verified/);
    expect(running.output()).toMatch(/tencent +succeeded +vpnx-\w+.*signature verified/);
  });

  it("does the same with a proxy in the environment, which could not reach this computer", async () => {
    const names = ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"];
    const proxies = Object.fromEntries(names.map((name) => [name, "http://127.0.0.1:9"]));
    const running = start({ NODE_USE_ENV_PROXY: "1", ...proxies }, "demo");
    expect(await running.exited).toBe(0);
    expect(running.output().match(/succeeded .*signature verified/g)).toHaveLength(2);
  });
});
