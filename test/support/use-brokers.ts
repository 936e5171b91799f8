import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach } from "vitest";
import type { ConnectionResource } from "../../functions/domain/record/to-resource.ts";
import { type BrokerProcess, startProcess } from "./broker-process.ts";

export interface Brokers {
  dataDir: () => string;
  /** `npm start` or `npm run demo` in the test's folder. */
  start: (environment?: Record<string, string>, entry?: "start" | "demo", ...options: string[]) => BrokerProcess;
}

/** Processes with a folder of their own for each test, ended with all that they started when it is over. */
export function useBrokers(): Brokers {
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
  return {
    dataDir: () => dataDir,
    start(environment = {}, entry = "start", ...options) {
      const made = startProcess(entry, { DATA_DIR: dataDir, PORT: "0", ...environment }, ...options);
      started.push(made);
      return made;
    },
  };
}

/** The API of a broker, once it is up. */
export async function untilUp(broker: BrokerProcess) {
  const [, url = ""] = await broker.until(/API +(http:\S+)/);
  const [, key = ""] = await broker.until(/API key +(\S+)/);
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
    async cancel(id: string): Promise<ConnectionResource> {
      const response = await fetch(`${url}/v1/vpn-connections/${id}/cancel`, { method: "POST", headers, body: "{}" });
      return (await response.json()) as ConnectionResource;
    },
    async get(id: string, query = ""): Promise<ConnectionResource> {
      const response = await fetch(`${url}/v1/vpn-connections/${id}${query}`, { headers });
      return (await response.json()) as ConnectionResource;
    },
  };
}

/** Processes that have this text in their environment. */
export function processesWith(text: string): string[] {
  return readdirSync("/proc").filter((pid) => {
    if (!/^\d+$/.test(pid) || pid === String(process.pid)) return false;
    try {
      return readFileSync(`/proc/${pid}/environ`, "utf8").includes(text);
    } catch {
      return false;
    }
  });
}
