import { asyncProperty, check, sample } from "fast-check";
import { fuzzRequests } from "./arbitrary-fuzz-requests.ts";
import type { FuzzRequest } from "./fuzz-request.ts";
import type { Outcome, Send } from "./send.ts";
import { createWire, type Wire } from "./wire.ts";
import type { Places } from "./world.ts";

const connections = 8;
/** Requests are generated in lots of so many, each from a seed of its own. */
const lot = 500;
const maxShown = 3000;

/** A request, and where fast-check finds it again. */
interface Generated {
  request: FuzzRequest;
  seed: number;
  path: string;
}

interface Failed extends Generated {
  filled: Places;
  outcome: Outcome;
}

export interface Report {
  /** How often each route gave each status, such as `GET /healthz 200`. */
  seen: Map<string, number>;
  /** The first fault, with the smallest request that has it and its answer; absent when there was none. */
  failure?: string;
}

/** Sends generated requests over several connections at once, until all were sent or one has a fault. */
export async function run(broker: { url: string; send: Send }, seed: number, count: number): Promise<Report> {
  const seen = new Map<string, number>();
  const requests = generate(seed, count);
  let failed: Failed | undefined;

  async function work(): Promise<void> {
    const wire = createWire(broker.url);
    for (let next = requests.next(); next.value && !failed; next = requests.next()) {
      const filled: Places = new Map();
      const outcome = await attempt(broker.send, next.value.request, wire, filled);
      const name = `${outcome.route ?? "no route"} ${outcome.answer?.status ?? "closed"}`;
      seen.set(name, (seen.get(name) ?? 0) + 1);
      if (outcome.faults.length > 0) failed ??= { ...next.value, filled, outcome };
    }
    wire.close();
  }

  await Promise.all(Array.from({ length: connections }, work));
  return { seen, ...(failed ? { failure: await explain(broker, failed) } : {}) };
}

function* generate(seed: number, count: number): Generator<Generated, undefined> {
  for (let from = 0; from < count; from += lot) {
    const requests = sample(fuzzRequests, { seed: seed + from, numRuns: Math.min(lot, count - from) });
    for (const [index, request] of requests.entries()) yield { request, seed: seed + from, path: String(index) };
  }
}

async function attempt(send: Send, request: FuzzRequest, wire: Wire, filled: Places): Promise<Outcome> {
  try {
    const first = await send(request, wire, filled);
    if (!request.twice || first.faults.length > 0) return first;
    const second = await send(request, wire, filled);
    return { ...second, faults: [...second.faults, ...findReplayFaults(request, first, second)] };
  } catch (error) {
    return { sent: Buffer.alloc(0), route: undefined, answer: undefined, body: {}, faults: [String(error)] };
  }
}

/** What is wrong when the same comes twice: with a token of the caller's it is one request, told as such. */
function findReplayFaults({ body }: FuzzRequest, first: Outcome, second: Outcome): string[] {
  if (first.route !== "POST /v1/vpn-connections" || first.answer?.status !== 202) return [];
  const named = String(body).includes('"clientToken":');
  if (second.answer?.status !== 202) return [`the same again is answered with ${second.answer?.status}`];
  const same = second.body["id"] === first.body["id"];
  if (same !== named) return [`the same again is ${same ? "the same" : "another"} request`];
  return named && !second.answer.headers.has("idempotent-replayed") ? ["the replay is not told as one"] : [];
}

/** Looks for the smallest request that has a fault, too, and tells of both. */
async function explain({ url, send }: { url: string; send: Send }, failed: Failed): Promise<string> {
  const { seed, path, filled } = failed;
  const wire = createWire(url);
  const again = (request: FuzzRequest) => attempt(send, request, wire, filled);
  const hasNoFault = async (request: FuzzRequest) => (await again(request)).faults.length === 0;
  const { counterexample } = await check(asyncProperty(fuzzRequests, hasNoFault), { seed, path, numRuns: 1 });
  const smallest = counterexample && describe(await again(counterexample[0]));
  wire.close();
  return [
    `FUZZ_SEED=${seed} FUZZ_REQUESTS=${lot}, number ${path} of them:`,
    describe(failed.outcome),
    "",
    "The smallest one:",
    smallest ?? "none: it has no fault when it comes again",
  ].join("\n");
}

function describe({ faults, sent, answer, route }: Outcome): string {
  const told = answer ? `${answer.status} ${JSON.stringify([...answer.headers])} ${answer.body}` : "none";
  const lines = [faults.join("; "), route ?? "no route", sent.toString("latin1"), told];
  const shorten = (text: string) =>
    text.replaceAll(/(.+?)\1{49,}/gs, (all, part: string) => `<${all.length} of ${part}>`);
  return lines.map((line) => shorten(line).slice(0, maxShown)).join("\n");
}
