import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { Random } from "../simulation/random.ts";

/** What may become of a call on its way; "after" = the broker has had it, and its answer is lost. */
const fates = [
  "pass",
  "pass",
  "pass",
  "pass late",
  "answer late",
  "reset before",
  "reset after",
  "reset amid",
  "cut off after",
  "bad gateway before",
  "bad gateway after",
  "unavailable",
] as const;

export interface FaultyProxy {
  /** A way through it, with chances of its own, which repeat themselves for the same seed. */
  urlOf: (run: number) => string;
  /** How many calls had each fate. */
  met: Partial<Record<(typeof fates)[number], number>>;
  close: () => Promise<void>;
}

/** A proxy before the broker that delays, drops and resets calls and answers at random. */
export async function startFaultyProxy(target: string, seed: number): Promise<FaultyProxy> {
  const chances = new Map<string, Random>();
  const met: FaultyProxy["met"] = {};
  const server = createServer((incoming, outgoing) => {
    const [, run = "", path = ""] = /^\/run-(\d+)(\/.*)$/.exec(incoming.url ?? "") ?? [];
    const random = chances.get(run) ?? new Random(seed * 1_000_003 + Number(run));
    chances.set(run, random);
    const fate = random.pick(fates);
    met[fate] = (met[fate] ?? 0) + 1;
    carry(new URL(path, target), fate, random.integer(1, 40), incoming, outgoing).catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    urlOf: (run) => `http://127.0.0.1:${port}/run-${run}`,
    met,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function carry(
  url: URL,
  fate: (typeof fates)[number],
  milliseconds: number,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const body = await buffer(incoming);
  if (fate === "reset before") return void outgoing.destroy();
  if (fate === "bad gateway before") return badGateway(outgoing);
  if (fate === "unavailable") return void outgoing.writeHead(503, { "retry-after": "1" }).end();
  if (fate === "pass late") await sleep(milliseconds);
  const answer = await forward(url, incoming, body, outgoing);
  const text = await buffer(answer);
  if (fate === "reset after") return void outgoing.destroy();
  if (fate === "bad gateway after") return badGateway(outgoing);
  if (fate === "answer late") await sleep(milliseconds);
  const {
    "content-length": _length,
    "transfer-encoding": _encoding,
    connection: _connection,
    ...headers
  } = answer.headers;
  const half = text.subarray(0, text.length / 2);
  if (fate === "reset amid") {
    outgoing.writeHead(answer.statusCode ?? 0, { ...headers, "content-length": text.length });
    outgoing.write(half, () => outgoing.destroy());
  } else {
    outgoing.writeHead(answer.statusCode ?? 0, headers).end(fate === "cut off after" ? half : text);
  }
}

/** Ends with the caller, as a held answer has to. */
function forward(url: URL, { method, headers }: IncomingMessage, body: Buffer, outgoing: ServerResponse) {
  return new Promise<IncomingMessage>((resolve, reject) => {
    const onward = request(url, { method, headers: { ...headers, host: url.host } }, resolve).once("error", reject);
    outgoing.once("close", () => onward.destroy());
    onward.end(body);
  });
}

function badGateway(outgoing: ServerResponse): void {
  outgoing.writeHead(502, { "content-type": "text/html" }).end("<h1>Bad Gateway</h1>");
}
