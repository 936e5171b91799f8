import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ConnectionResource } from "../../functions/domain/record/to-resource.ts";
import { type BrokerProcess, startProcess } from "../support/broker-process.ts";
import { alibabaRequest, tencentRequest } from "../support/requests.ts";

let dataDir: string;
let started: BrokerProcess[];
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "vpn-broker-"));
  started = [];
});
afterEach(async () => {
  for (const { child, exited } of started) {
    if (child.exitCode === null && child.signalCode === null) process.kill(-(child.pid ?? 0), "SIGKILL");
    await exited;
  }
  rmSync(dataDir, { recursive: true, force: true });
});

function broker(environment: Record<string, string> = {}): BrokerProcess {
  const made = startProcess("start", { DATA_DIR: dataDir, PORT: "0", LOCAL_TIME_SCALE: "0.05", ...environment });
  started.push(made);
  return made;
}

async function up(process: BrokerProcess) {
  const [, url = ""] = await process.until(/API +(http:\S+)/);
  const [, key = ""] = await process.until(/API key +(\S+)/);
  const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
  return {
    url,
    async post(request: object): Promise<ConnectionResource> {
      const response = await fetch(`${url}/v1/vpn-connections`, {
        method: "POST",
        headers,
        body: JSON.stringify(request),
      });
      return (await response.json()) as ConnectionResource;
    },
    async get(id: string, query = ""): Promise<ConnectionResource> {
      const response = await fetch(`${url}/v1/vpn-connections/${id}${query}`, { headers });
      return (await response.json()) as ConnectionResource;
    },
  };
}

/** Processes that have this text in their command line or environment. */
function processesWith(text: string): string[] {
  return readdirSync("/proc").filter((pid) => {
    if (!/^\d+$/.test(pid) || pid === String(process.pid)) return false;
    try {
      return readFileSync(`/proc/${pid}/environ`, "utf8").includes(text);
    } catch {
      return false;
    }
  });
}

describe("the local stack", () => {
  it("survives SIGKILL of its whole group: what was in flight ends after the next start, once", async () => {
    const first = broker({ LOCAL_TIME_SCALE: "0.5" });
    const api = await up(first);
    const accepted = await Promise.all([api.post(alibabaRequest), api.post(tencentRequest)]);
    await expect.poll(async () => (await api.get(accepted[0].id)).status).toBe("provisioning");
    process.kill(-(first.child.pid ?? 0), "SIGKILL");
    expect(await first.exited).toBe("SIGKILL");

    const second = broker();
    const again = await up(second);
    await second.until(/Resumed +2 unfinished/);
    for (const { id } of accepted) {
      await expect.poll(async () => (await again.get(id, "?wait=2")).status).toBe("succeeded");
      expect((await again.get(id)).attempts).toBe(1);
    }
  });

  it("frees its ports and ends its engines on Ctrl-C", async () => {
    const running = broker();
    const { url } = await up(running);
    process.kill(running.child.pid ?? 0, "SIGINT");
    expect(await running.exited).toBe(0);
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
    expect(processesWith(dataDir)).toEqual([]);
  });

  it("takes its engines with it when only the parent is killed", async () => {
    const running = broker();
    await up(running);
    process.kill(running.child.pid ?? 0, "SIGKILL");
    await running.exited;
    await expect.poll(() => processesWith(dataDir)).toEqual([]);
  });

  it("says what is wrong when the port is taken, and leaves nothing behind", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const { port } = other.address() as { port: number };
    const running = broker({ PORT: String(port) });
    expect(await running.exited).toBe(1);
    expect(running.output()).toContain(`port ${port} on 127.0.0.1 is in use; set PORT to another one`);
    await expect.poll(() => processesWith(dataDir)).toEqual([]);
    other.close();
  });

  it("says what is wrong when another broker has the same DATA_DIR", async () => {
    await up(broker());
    const second = broker();
    expect(await second.exited).toBe(1);
    expect(second.output()).toMatch(/could not start: .*another broker with the same DATA_DIR/);
  });

  it("says every variable that is wrong, and no value", async () => {
    const running = broker({ PORT: "http", LOCAL_TIME_SCALE: "-1", VPN_BROKER_WEBHOOK_SECRET: "marked-secret" });
    expect(await running.exited).toBe(1);
    for (const name of ["PORT", "LOCAL_TIME_SCALE", "VPN_BROKER_WEBHOOK_SECRET"]) {
      expect(running.output()).toContain(name);
    }
    expect(running.output()).not.toContain("marked-secret");
  });

  it("shows what a wrong vendor secret does: an ending that names what to check", async () => {
    const api = await up(broker({ ALIBABA_CLOUD_ACCESS_KEY_SECRET: "wrong", TENCENTCLOUD_SECRET_KEY: "wrong" }));
    const expected = [
      [alibabaRequest, "ALIBABA_CLOUD_ACCESS_KEY_SECRET"],
      [tencentRequest, "TENCENTCLOUD_SECRET_KEY"],
    ] as const;
    for (const [request, variable] of expected) {
      const { id } = await api.post(request);
      await expect.poll(async () => (await api.get(id, "?wait=2")).status).toBe("failed");
      const { error } = await api.get(id);
      expect(error?.code).toBe("provider_auth");
      expect(error?.advice).toContain(variable);
    }
  });
});

describe("the demo", () => {
  it("carries both samples to verified webhooks and exits 0", async () => {
    const running = startProcess("demo", { DATA_DIR: dataDir, PORT: "0" });
    started.push(running);
    expect(await running.exited).toBe(0);
    expect(running.output()).toMatch(/alibaba +succeeded +vco-\w+.*signature verified/);
    expect(running.output()).toMatch(/tencent +succeeded +vpnx-\w+.*signature verified/);
  });
});
