import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { isFinal } from "../../functions/domain/record/status.ts";
import type { ConnectionResource } from "../../functions/domain/record/to-resource.ts";
import { startProcess } from "../support/broker-process.ts";
import { toLoad } from "./requests.ts";

/** `npm run load -- [--jobs 1000] [--gateways 100] [--scale 0.1]`: all at once on the embedded stack; each must succeed. */
const { values } = parseArgs({
  options: {
    jobs: { type: "string", default: "1000" },
    gateways: { type: "string", default: "100" },
    scale: { type: "string", default: "0.1" },
  },
});
/** How long a simulated vendor takes for a connection. */
const provisioningMilliseconds = 500;

type Counts = Record<string, number>;
const [endings, answers]: [Counts, Counts] = [{}, {}];
const count = (counts: Counts, what: string) => void (counts[what] = (counts[what] ?? 0) + 1);

/** Sends a request as its own client would: until it is answered, and not before `Retry-After`. */
async function call(broker: { url: string; key: string }, method: string, path: string, body?: object) {
  for (;;) {
    try {
      const response = await fetch(`${broker.url}${path}`, {
        method,
        headers: { authorization: `Bearer ${broker.key}`, "content-type": "application/json" },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      const answer = (await response.json()) as ConnectionResource;
      const wait = response.headers.get("retry-after");
      count(answers, `${method} ${response.status}${response.ok || wait ? "" : " without Retry-After"}`);
      if (response.ok) return answer;
      if (!wait) throw new Error(JSON.stringify(answer));
      await sleep(Number(wait) * 1000 * (1 + Math.random()));
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      count(answers, `${method} no answer`);
      await sleep(1000 * (1 + Math.random()));
    }
  }
}

async function runJob(broker: { url: string; key: string }, request: object): Promise<void> {
  let resource = await call(broker, "POST", "/v1/vpn-connections", request);
  while (!isFinal(resource.status)) {
    await sleep(5000 * (1 + Math.random()));
    resource = await call(broker, "GET", `/v1/vpn-connections/${resource.id}`);
  }
  const { status, error } = resource;
  count(endings, error ? `${status} ${error.code}: ${error.message}` : status);
}

async function control(url: string, path: string, body: object): Promise<void> {
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${url}/__control${path}`, { method: "PUT", headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
}

/** What the broker's log has of failures, by event and name. */
function failuresIn(log: string): Counts {
  const failures: Counts = {};
  for (const line of readFileSync(log, "utf8").split("\n").filter(Boolean)) {
    const { event, name = "", error = "" } = JSON.parse(line) as Record<string, string>;
    if (/failed/.test(event ?? "")) count(failures, [event, name.split("-").at(-1), error].filter(Boolean).join(" "));
  }
  return failures;
}

const load = toLoad(Number(values.jobs), Number(values.gateways));
const dataDir = mkdtempSync(join(tmpdir(), "vpn-broker-load-"));
const stack = startProcess("start", { PORT: "0", DATA_DIR: dataDir, LOCAL_TIME_SCALE: values.scale });
try {
  const printed = /API +(\S+)[^]*key +(\S+)[^]*Alibaba Cloud (\S+), Tencent Cloud (\S+)[^]*Log +(\S+)[^]*Ctrl-C/;
  const [, url = "", key = "", alibaba = "", tencent = "", log = ""] = await stack.until(printed);
  const vendors = { alibaba, tencent };
  for (const vendor of Object.values(vendors)) await control(vendor, "/settings", { provisioningMilliseconds });
  for (const { vendor, path, body } of load.estate) await control(vendors[vendor], path, body);
  const started = performance.now();
  await Promise.all(load.requests.map((request) => runJob({ url, key }, request)));
  const seconds = Math.round((performance.now() - started) / 1000);
  console.log(`${load.requests.length} jobs on ${values.gateways} gateways ended after ${seconds} s`);
  console.log({ endings, answers, failures: failuresIn(log) });
} finally {
  stack.child.kill("SIGTERM");
  if (stack.child.exitCode === null) await once(stack.child, "exit");
  rmSync(dataDir, { recursive: true, force: true });
}
process.exitCode = endings["succeeded"] === load.requests.length ? 0 : 1;
