import { type IncomingMessage, request as send, type ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { listenOnLoopback } from "../../local/loopback-server.ts";
import type { Evidence, Place } from "./evidence.ts";

/** A request as it came; headers are names and values in turn, as they were sent. */
export interface Received {
  method: string;
  url: string;
  headers: string[];
  body: Buffer;
}

export interface Answer {
  status: number;
  headers: string[];
  body: Buffer;
}

/** What answers in the recorder's stead, or around what it forwards to. */
export type Intervene = (received: Received, forward: () => Promise<Answer>) => Promise<Answer>;

export interface Recorder {
  url: string;
  /** In order of arrival; the answer is absent while there is none, and where the connection broke off. */
  exchanges: { received: Received; answer?: Answer }[];
  intervene: Intervene;
  close: () => Promise<void>;
}

/** Stands before a server, keeps all that passes and changes none of it: signatures cover the Host header too. */
export async function startRecorder(target?: string): Promise<Recorder> {
  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "", url = "", rawHeaders: headers } = request;
    const exchange: Recorder["exchanges"][number] = {
      received: { method, url, headers, body: await buffer(request) },
    };
    recorder.exchanges.push(exchange);
    const answer = await recorder.intervene(exchange.received, () => forward(target, exchange.received));
    exchange.answer = answer;
    response.writeHead(answer.status, answer.headers).end(answer.body);
  }
  const recorder: Recorder = {
    exchanges: [],
    intervene: (_received, forwarded) => forwarded(),
    ...(await listenOnLoopback(handle)),
  };
  return recorder;
}

/** An answer of text, for interventions. */
export const answerWith = (status: number, body = "", type = "application/json"): Answer => ({
  status,
  headers: ["content-type", type],
  body: Buffer.from(body),
});

async function forward(target: string | undefined, { method, url, headers, body }: Received): Promise<Answer> {
  if (target === undefined) return answerWith(404);
  const { hostname, port } = new URL(target);
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    send({ hostname, port, method, path: url, headers, agent: false }, resolve).once("error", reject).end(body);
  });
  return { status: response.statusCode ?? 0, headers: response.rawHeaders, body: await buffer(response) };
}

/** The value of a header of a message, by its name in lower case. */
export function headerOf({ headers }: { headers: readonly string[] }, name: string): string | undefined {
  const at = headers.findIndex((text, index) => index % 2 === 0 && text.toLowerCase() === name);
  return at === -1 ? undefined : headers[at + 1];
}

/** The parts of a request, each on its own. */
export function requestEvidence(place: Place, name: string, { method, url, headers, body }: Received): Evidence[] {
  return [
    { place, what: `${name}: URL`, bytes: Buffer.from(`${method} ${url}`) },
    { place, what: `${name}: headers`, bytes: Buffer.from(headers.join("\n")) },
    { place, what: `${name}: body`, bytes: body },
  ];
}

/** The parts of an answer. */
export function answerEvidence(place: Place, name: string, { headers, body }: Answer): Evidence[] {
  return [
    { place, what: `${name}: headers`, bytes: Buffer.from(headers.join("\n")) },
    { place, what: `${name}: body`, bytes: body },
  ];
}
