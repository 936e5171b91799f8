import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { TimelineEvent } from "../../functions/domain/record/connection-record.ts";
import { isFinal } from "../../functions/domain/record/status.ts";
import type { ConnectionResource } from "../../functions/domain/record/to-resource.ts";
import { readConfig } from "../../functions/entries/config.ts";
import { prepareEnvironment } from "../../local/environment.ts";
import { loadSecrets } from "../../local/secrets.ts";
import { type Stack, startStack } from "../../local/stack.ts";
import { startEmbeddedEngines } from "./embedded-engines.ts";

export interface Answer<Body = Record<string, unknown>> {
  status: number;
  headers: Headers;
  body: Body;
}

export interface TestStack extends Stack {
  dataDir: string;
  logged: { event: string; fields: Readonly<Record<string, unknown>> }[];
  call: (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>;
  /** Follows a request to its end. */
  follow: (id: string) => Promise<ConnectionResource>;
  events: (id: string) => Promise<TimelineEvent[]>;
  /** Calls the control API of a simulator. */
  control: (vendor: "alibaba" | "tencent", method: string, path: string, body?: unknown) => Promise<unknown>;
}

let secrets: string | undefined;

/** The same secrets for all stacks of this process: to make the sealing key takes longer than all else of a start. */
function shareSecrets(dataDir: string): void {
  const file = join(dataDir, "secrets.json");
  if (secrets !== undefined) return writeFileSync(file, secrets, { mode: 0o600 });
  loadSecrets(dataDir);
  secrets = readFileSync(file, "utf8");
}

/** A whole broker in this process, on free ports, its waits shortened, its data in a folder that goes with it. */
export async function startTestStack(environment: Record<string, string> = {}): Promise<TestStack> {
  prepareEnvironment();
  const dataDir = mkdtempSync(join(tmpdir(), "vpn-broker-"));
  const logged: TestStack["logged"] = [];
  const log = (event: string, fields: Readonly<Record<string, unknown>>) => void logged.push({ event, fields });
  shareSecrets(dataDir);
  const engines = await startEmbeddedEngines(dataDir, 150);
  const settings = { PORT: "0", LOCAL_TIME_SCALE: "0.01", DATA_DIR: dataDir, ...engines.environment };
  const stack = await startStack({ config: readConfig("local", { ...settings, ...environment }), log });
  const call: TestStack["call"] = async (method, path, body, headers = {}) => {
    const response = await fetch(`${stack.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${stack.apiKey}`, "content-type": "application/json", ...headers },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : {} };
  };
  return {
    ...stack,
    dataDir,
    logged,
    call,
    async follow(id) {
      for (;;) {
        const resource = (await call("GET", `/v1/vpn-connections/${id}`)).body as unknown as ConnectionResource;
        if (isFinal(resource.status)) return resource;
        await sleep(100);
      }
    },
    async events(id) {
      const { body } = await call("GET", `/v1/vpn-connections/${id}/events`);
      return body["items"] as TimelineEvent[];
    },
    async control(vendor, method, path, body) {
      const response = await fetch(`${stack.endpoints[vendor]}/__control${path}`, {
        method,
        headers: { "content-type": "application/json" },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
      return response.headers.get("content-type")?.includes("json") ? response.json() : undefined;
    },
    async close() {
      await stack.close();
      await engines.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
