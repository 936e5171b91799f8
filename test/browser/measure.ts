import { loadavg } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { createDynamoDBClient } from "../../functions/aws/clients.ts";
import { texts } from "../../packages/dashboard/src/texts.ts";
import { crowd } from "../support/crowded-table.ts";
import { startTestStack } from "../support/local-stack.ts";
import { alibabaRequest } from "../support/requests.ts";
import { setup } from "./build-dashboard.ts";
import { launchChromium } from "./chromium.ts";
import { signIn } from "./sign-in.ts";

/*
 * `npm run dashboard-load -- --minutes 30`: what the dashboard costs a browser where there are many requests. Prints the tasks that
 * kept the page from answering for 50 ms or more, phase by phase, then its memory while rows come and change. The stack runs beside it:
 * on a busy computer the tasks are longer than the dashboard makes them.
 */
const { values } = parseArgs({
  options: {
    requests: { type: "string", default: "10000" },
    rows: { type: "string", default: "1000" },
    minutes: { type: "string", default: "30" },
  },
});
const [requests, rows, minutes] = [Number(values.requests), Number(values.rows), Number(values.minutes)];

await setup();
const stack = await startTestStack();
const table = createDynamoDBClient({ endpoint: stack.endpoints.dynamodb });
await crowd(table, "vpn-broker", requests);
const scopes = ["connections:read", "connections:write"];
const { body } = await stack.call("POST", "/v1/admin/tenants/acme/keys", { name: "load", scopes });
const key = String(body["key"]);

const browser = await launchChromium();
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
const devtools = await page.context().newCDPSession(page);
await devtools.send("Performance.enable");
await page.addInitScript({
  content: `globalThis.longTasks = [];
    new PerformanceObserver((list) => longTasks.push(...list.getEntries().map(({ duration }) => Math.round(duration))))
      .observe({ type: "longtask", buffered: true });`,
});

/** What there was since the last time. */
async function report(phase: string): Promise<void> {
  const tasks = await page.evaluate<number[]>("longTasks.splice(0)");
  const longest = Math.max(0, ...tasks);
  const [load = 0] = loadavg();
  const over = tasks.filter((milliseconds) => milliseconds > 100).length;
  console.log(
    `${phase}: ${tasks.length} tasks over 50 ms, ${over} over 100 ms, the longest ${longest} ms (load ${load.toFixed(1)})`,
  );
}

async function memory(): Promise<string> {
  await devtools.send("HeapProfiler.collectGarbage");
  const { metrics } = await devtools.send("Performance.getMetrics");
  const of = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? 0;
  return `${(of("JSHeapUsedSize") / 1e6).toFixed(2)} MB, ${of("Nodes")} nodes, ${of("JSEventListeners")} listeners`;
}

/** One more request, which soon fails, every few seconds until it is stopped. */
const changing = new AbortController();
async function change(): Promise<void> {
  const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
  while (!changing.signal.aborted) {
    const request = JSON.stringify({ ...alibabaRequest, vpnGatewayId: "vpn-missing" });
    await fetch(`${stack.url}/v1/vpn-connections`, { method: "POST", headers, body: request });
    await sleep(2000);
  }
}

const shown = page.locator("table.requests tbody tr");
const held = page.locator("output.held button");
await page.goto(`${stack.url}/dashboard#/requests`);
await signIn(page, key);
await shown.nth(49).waitFor();
await report(`first list of ${requests} requests`);
await page.getByRole("link", { name: texts.overview.title, exact: true }).click();
await page.getByText(texts.charts.throughput).first().waitFor();
await report("overview");
await page.getByRole("link", { name: texts.list.title, exact: true }).click();
await shown.nth(49).waitFor();
for (let count = await shown.count(); count < rows; count = await shown.count()) {
  await page.locator(".more button").click();
  await shown.nth(count + 49).waitFor();
}
await report(`showing more, up to ${await shown.count()} rows`);

const done = change();
const samples = Math.min(10, Math.max(2, Math.ceil(minutes)));
console.log(`memory at the start: ${await memory()}`);
for (let sample = 1; sample <= samples; sample += 1) {
  await sleep((minutes * 60_000) / samples);
  if (await held.isVisible()) await held.click();
  await report(`live updates of ${await shown.count()} rows, ${((minutes * sample) / samples).toFixed(1)} min`);
  console.log(`  memory: ${await memory()}`);
}
changing.abort();
await done;
await page.getByRole("link", { name: texts.overview.title, exact: true }).click();
await page.getByText(texts.charts.throughput).first().waitFor();
console.log(`memory once the list is left: ${await memory()}`);
await browser.close();
table.destroy();
await stack.close();
process.exit(0);
