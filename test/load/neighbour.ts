import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { listenOnLoopback } from "../../local/loopback-server.ts";
import { openWebhookEndpoint } from "../fakes/webhook-endpoint.ts";
import { startProcess } from "../support/broker-process.ts";
import { createNoise } from "./noise.ts";
import { createNeighbour, type Measured } from "./quiet.ts";
import { createClient, prepareVendors, type Broker } from "./setting.ts";

/**
 * `npm run neighbour -- [--turns 3] [--jobs 12] [--rate 100] [--scale 0.5]`: one tenant hurts as it can, at the rate of its key, while
 * another makes connections, waits for them, reveals their keys and hears of them; without and with, in turn.
 */
const { values } = parseArgs({
  options: {
    turns: { type: "string", default: "3" },
    jobs: { type: "string", default: "12" },
    rate: { type: "string", default: "100" },
    scale: { type: "string", default: "0.5" },
  },
});
/** The most that the second tenant's medians may grow to. */
const maxRatio = 1.5;

const dataDir = mkdtempSync(join(tmpdir(), "vpn-broker-neighbour-"));
const stack = startProcess("start", { PORT: "0", DATA_DIR: dataDir, LOCAL_TIME_SCALE: values.scale });
const tarpit = await listenOnLoopback(() => new Promise(() => undefined));
const endpoint = await openWebhookEndpoint();
let isFair = false;
try {
  const printed = /API +(\S+)[^]*key +(\S+)[^]*Alibaba Cloud (\S+), Tencent Cloud (\S+)[^]*Log +(\S+)[^]*Ctrl-C/;
  const [, url = "", adminKey = "", alibaba = "", tencent = ""] = await stack.until(printed);
  const broker: Broker = { url, adminKey, vendors: { alibaba, tencent } };
  const jobs = Number(values.jobs);
  const turns = Number(values.turns);
  const requests = await prepareVendors(broker, jobs * 2 * (turns + 1));
  const neighbour = createNeighbour(await createClient(broker, "quiet"), endpoint, requests);
  const noise = createNoise(await createClient(broker, "noisy"), {
    tarpit: tarpit.url,
    perSecond: Number(values.rate),
  });
  const [alone, beside]: [Measured[], Measured[]] = [[], []];
  // The first turn loads and compiles what both need, and counts for nothing but its jobs.
  for (let turn = 0; turn <= turns; turn += 1) {
    alone.push(await neighbour.run(jobs));
    const endNoise = noise.begin();
    await sleep(5000);
    beside.push(await neighbour.run(jobs));
    console.log("the first tenant was answered", endNoise());
    // What it has under way ends.
    await sleep(16_000);
  }
  isFair = compare(alone, beside);
} finally {
  stack.child.kill("SIGTERM");
  if (stack.child.exitCode === null) await once(stack.child, "exit");
  await Promise.all([tarpit.close(), endpoint.close()]);
  rmSync(dataDir, { recursive: true, force: true });
}
process.exitCode = isFair ? 0 : 1;

/** Prints how the second tenant fared, and answers whether it was let be. */
function compare(alone: readonly Measured[], beside: readonly Measured[]): boolean {
  const failed = [...alone, ...beside].flatMap(({ failures }) => failures);
  const jobCount = [...alone, ...beside].reduce((sum, { jobs }) => sum + jobs, 0);
  console.log(`succeeded: ${(100 * (jobCount - failed.length)) / jobCount} % of ${jobCount} jobs`, failed);
  const ratios = (["answers", "ends"] as const).map((what) => {
    const medianIn = (measured: readonly Measured[]) => medianOf(measured.slice(1).flatMap((turn) => turn[what]));
    const [before, after] = [medianIn(alone), medianIn(beside)];
    const byTurn = [alone, beside].map((measured) => measured.map((turn) => Math.round(medianOf(turn[what]))));
    console.log(
      `${what}: median ${before.toFixed(1)} ms alone, ${after.toFixed(1)} ms beside: ${(after / before).toFixed(2)}`,
      byTurn,
    );
    return after / before;
  });
  return failed.length === 0 && ratios.every((ratio) => ratio <= maxRatio);
}

function medianOf(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? NaN;
}
