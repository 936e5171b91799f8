import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { toTable } from "@vpn-broker/cli/table";
import { createClient } from "@vpn-broker/client";
import { type Config, readConfig } from "../functions/entries/config.ts";
import { requireOptions } from "./command-line.ts";
import { elapsed, showProgress } from "./demo/display.ts";
import { follow, submit, type Watched } from "./demo/follow.ts";
import { samples } from "./demo/samples.ts";
import { type ReceivedWebhook, receiveWebhooks } from "./demo/webhook-receiver.ts";
import { prepareEnvironment } from "./environment.ts";
import { openLogFile } from "./log-file.ts";
import { toShellExports } from "./shell-exports.ts";
import { failStart, onShutdown } from "./shutdown.ts";
import { type Stack, startStack } from "./stack.ts";
import { tellSteps } from "./tell-steps.ts";

const maxMilliseconds = 120_000;
const webhookMilliseconds = 15_000;
const print = (text: string) => process.stdout.write(text);

/** `npm run demo`: the vendors' own sample requests through the whole broker, to their signed webhooks. */
async function demo(): Promise<void> {
  const options = requireOptions({
    command: "npm run demo",
    purpose: "Carries the vendors' own sample requests through the whole broker on this computer, to their webhooks.",
    options: { "--keep": "leaves the broker up afterwards" },
  });
  prepareEnvironment();
  const given = readConfig("local");
  const config = { ...given, DATA_DIR: join(given.DATA_DIR, "demo"), LOCAL_TIME_SCALE: given.LOCAL_TIME_SCALE ?? 0.2 };
  const { log, path } = openLogFile(config.DATA_DIR);
  print("VPN broker: two sample requests, simulated vendors, everything on this computer\n\n");
  const stack = await startSomewhere(config, log);
  const receiver = await receiveWebhooks(stack.webhookSecret);
  onShutdown(async () => {
    await receiver.close();
    await stack.close();
  });
  await forgetEarlierDemos(given, stack);
  print(`  API        ${stack.url}\n  Webhooks   ${receiver.url}\n  Log        ${path}\n\n`);

  const client = createClient({ url: stack.url, apiKey: stack.apiKey });
  const signal = AbortSignal.timeout(maxMilliseconds);
  const watched = await Promise.all(
    samples.map((sample) => submit(client, { ...sample, callback: { url: receiver.url } })),
  );
  const progress = showProgress(watched, process.stdout);
  await Promise.all(watched.map((one) => follow(client, one, signal))).finally(() => progress.stop());
  await webhooksFor(watched, receiver.received);

  const failures = report(watched, receiver.received);
  if (options.has("--keep")) {
    const exports = toShellExports({ VPN_BROKER_URL: stack.url, VPN_BROKER_API_KEY: stack.apiKey });
    print(`\nThe stack stays up; its dashboard is ${stack.url}/dashboard.\n`);
    print(`To call it, paste this into another terminal:\n  ${exports}\nCtrl-C stops it.\n`);
    return;
  }
  await receiver.close();
  await stack.close();
  process.exit(failures === 0 ? 0 : 1);
}

/** On the usual port, or a free one when that is taken and nobody asked for it. */
async function startSomewhere(config: Config<"local">, log: Parameters<typeof startStack>[0]["log"]): Promise<Stack> {
  const options = { config, log, provisioningMilliseconds: 3000, onStep: tellSteps(process.stderr) };
  const usual = config.PORT === 3000;
  return startStack(options).catch((error: Error) => {
    if (!usual || !/^port 3000 .*in use/.test(error.message)) throw error;
    return startStack({ ...options, config: { ...config, PORT: 0 } });
  });
}

/** The simulated clouds start empty: the same sample twice would be refused as overlapping. */
async function forgetEarlierDemos(given: Config<"local">, { endpoints }: Stack): Promise<void> {
  const simulated = [
    given.ALIBABA_CLOUD_VPC_ENDPOINT ? undefined : endpoints.alibaba,
    given.TENCENTCLOUD_VPC_ENDPOINT ? undefined : endpoints.tencent,
  ];
  for (const url of simulated) if (url) await fetch(`${url}/__control/reset`, { method: "POST" });
}

async function webhooksFor(watched: readonly Watched[], received: readonly ReceivedWebhook[]): Promise<void> {
  const until = Date.now() + webhookMilliseconds;
  const missing = () => watched.some(({ resource }) => !received.some((one) => one.connectionId === resource.id));
  while (missing() && Date.now() < until) await sleep(50);
}

/** Prints the closing table; answers how many connections did not end as they should. */
function report(watched: readonly Watched[], received: readonly ReceivedWebhook[]): number {
  const rows = watched.map((one) => {
    const { id, provider, status, providerConnectionId, error } = one.resource;
    const webhook = received.find(({ connectionId }) => connectionId === id);
    const told = webhook
      ? `${webhook.type}, ${webhook.verified ? "signature verified" : "SIGNATURE WRONG"}`
      : "NOT RECEIVED";
    const ok = status === "succeeded" && webhook?.verified === true;
    return { ok, cells: [provider, status, providerConnectionId ?? "-", elapsed(one), String(one.polls), told], error };
  });
  const columns = ["vendor", "status", "vendor id", "duration", "polls", "webhook"].map((heading) => ({ heading }));
  const table = toTable(
    columns,
    rows.map(({ cells }) => cells),
    { isTerminal: true, columns: Infinity },
  );
  print(`\n${table.replaceAll(/^/gm, "  ")}\n`);
  for (const { error } of rows) if (error) print(`\n  ${error.code}: ${error.message}\n  ${error.advice}\n`);
  return rows.filter(({ ok }) => !ok).length;
}

await demo().catch(failStart);
