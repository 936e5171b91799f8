import { setTimeout as sleep } from "node:timers/promises";
import { isFinal } from "../../functions/domain/record/status.ts";
import { hashApiKey } from "../../functions/domain/tenants/api-keys.ts";
import { listenOnLoopback } from "../../local/loopback-server.ts";
import { startTestStack, type TestStack } from "../support/local-stack.ts";
import { compareTable } from "./compare-table.ts";
import { prepare } from "./prepare.ts";
import { readTable } from "./read-table.ts";
import { type Report, run } from "./run.ts";
import { createSend } from "./send.ts";
import { createWire } from "./wire.ts";
import { createWorld } from "./world.ts";

export interface FuzzResult extends Report {
  /** What is in the table and should not be, or the other way. */
  unpromised: string[];
  /** Accepted requests that came to no end. */
  unfinished: string[];
  /** What went wrong behind the answers. */
  logged: string[];
}

/** Events that tell of a fault of ours, not of a caller or a vendor. */
const faults = ["function_failed", "workflow_start_failed", "count_failed", "sweep_failed", "engine_restarted"];

/** Sends so many generated requests to a broker of its own, and looks at what they left behind. */
export async function fuzzBroker(seed: number, count: number): Promise<FuzzResult> {
  const stack = await startTestStack({ LOCAL_TIME_SCALE: "0.01" });
  const receiver = await listenOnLoopback(async (request, response) => {
    request.resume();
    response.writeHead(204).end();
  });
  try {
    for (const vendor of ["alibaba", "tencent"] as const) await liftRateLimits(stack, vendor);
    const world = createWorld(receiver.url);
    const { ledger } = world;
    ledger.tenants.add("local");
    ledger.keyHashes.add(hashApiKey(stack.apiKey));
    const send = createSend(stack, world);
    const wire = createWire(stack.url);
    await prepare(world, send, wire, stack.apiKey);
    wire.close();
    const report = await run({ url: stack.url, send }, seed, count);
    const unfinished = await untilFinished(stack);
    const unpromised = compareTable(await readTable(stack), ledger);
    const logged = stack.logged
      .filter(({ event, fields }) => faults.includes(event) && fields["error"] !== "StaleRecord")
      .map((line) => JSON.stringify(line));
    return { ...report, unpromised, unfinished, logged };
  } finally {
    await receiver.close();
    await stack.close();
  }
}

/** A vendor that turns calls away lets nobody say what a dry run would find. */
async function liftRateLimits(stack: TestStack, vendor: "alibaba" | "tencent"): Promise<void> {
  const { settings } = (await stack.control(vendor, "GET", "/state")) as { settings: { rateLimits: object } };
  const unlimited = { calls: 1_000_000, perMilliseconds: 1 };
  const rateLimits = Object.fromEntries(Object.keys(settings.rateLimits).map((action) => [action, unlimited]));
  await stack.control(vendor, "PUT", "/settings", { rateLimits });
}

const patienceMilliseconds = 60_000;

/** Waits for every accepted request to come to its end; answers those that have not. */
async function untilFinished(stack: TestStack): Promise<string[]> {
  const until = Date.now() + patienceMilliseconds;
  for (;;) {
    const { connections } = await readTable(stack);
    const open = connections.filter(({ status }) => !isFinal(status));
    if (open.length === 0 || Date.now() > until) return open.map(({ id, status }) => `${id} is ${status}`);
    await sleep(500);
  }
}
