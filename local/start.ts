import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { readConfig } from "../functions/entries/config.ts";
import { requireOptions } from "./command-line.ts";
import { prepareEnvironment } from "./environment.ts";
import { openLogFile } from "./log-file.ts";
import { toShellExports } from "./shell-exports.ts";
import { failStart, onShutdown } from "./shutdown.ts";
import { startStack } from "./stack.ts";
import { tellSteps } from "./tell-steps.ts";

/** `npm start`: the embedded stack, up until it is told to end. */
async function start(): Promise<void> {
  requireOptions({
    command: "npm start",
    purpose: "Starts the whole broker on this computer, with simulated vendors; its data is kept in DATA_DIR.",
    options: {},
    goesOn: true,
  });
  prepareEnvironment();
  const config = readConfig("local");
  const { log, path } = openLogFile(config.DATA_DIR);
  const stack = await startStack({ config, log, onStep: tellSteps(process.stderr) });
  // For the command line, which looks for it there.
  writeFileSync(join(config.DATA_DIR, "url"), `${stack.url}\n`, { mode: 0o600 });
  onShutdown(async () => {
    process.stdout.write("\nStopping; what is unfinished goes on at the next start.\n");
    await stack.close();
  });
  const { requests, webhooks } = stack.resumed;
  const resumed = [
    ...(requests > 0 ? [`${requests} unfinished ${requests === 1 ? "request" : "requests"}`] : []),
    ...(webhooks > 0 ? [`${webhooks} ${webhooks === 1 ? "webhook" : "webhooks"} that had not arrived`] : []),
  ].join(", ");
  process.stdout.write(
    [
      "VPN broker is up.\n",
      `  API         ${stack.url}\n`,
      `  Docs        ${stack.url}/docs, ${stack.url}/openapi.json\n`,
      `  Dashboard   ${stack.url}/dashboard\n`,
      `  API key     ${stack.apiKey}\n`,
      `  Webhooks    signed with ${stack.webhookSecret}\n`,
      `  Vendors     Alibaba Cloud ${stack.endpoints.alibaba}, Tencent Cloud ${stack.endpoints.tencent}\n`,
      `  Log         ${path}\n`,
      resumed && `  Resumed     ${resumed}\n`,
      "To call it, paste this into another terminal:\n",
      `  ${toShellExports({ VPN_BROKER_URL: stack.url, VPN_BROKER_API_KEY: stack.apiKey })}\n`,
      "Ctrl-C stops it.\n",
    ].join(""),
  );
}

await start().catch(failStart);
