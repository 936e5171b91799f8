import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { verifyWebhook, type WebhookEvent } from "@vpn-broker/client/webhooks";
import { Failure } from "../failure.ts";
import type { Session } from "../session.ts";
import { lookOf, paintStatus } from "../text/look.ts";
import { plain, toJson } from "../text/plain.ts";

/** The broker's own are far smaller. */
const maxBytes = 1_000_000;

/** A webhook as it came; without an event it was refused. */
interface Received {
  receivedAt: string;
  id: string;
  /** Whether one of this id came before. */
  repeated: boolean;
  event?: WebhookEvent;
  refused?: string;
}

/** Listens on this computer until the session's signal, which it throws. Throws `Failure` where it cannot listen. */
export async function receiveWebhooks(
  session: Session,
  { port, secret, source }: { port: number; secret: string; source: string },
): Promise<never> {
  const seen = new Set<string>();

  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    const id = String(request.headers["webhook-id"] ?? "");
    const received: Received = { receivedAt: session.now().toISOString(), id, repeated: seen.has(id) };
    try {
      if (body === undefined) throw new Error(`more than ${maxBytes} bytes`);
      const event = verifyWebhook(secret, request.headers, body);
      if (typeof event?.data?.id !== "string") throw new Error("signed, and no event of the broker's");
      received.event = event;
      seen.add(id);
      response.writeHead(204).end();
    } catch (error) {
      received.refused = (error as Error).message;
      response.writeHead(body === undefined ? 413 : 401).end();
    }
    await session.stdout.write(`${session.json ? toJson(received) : toLine(received, session)}\n`);
  }

  const server = createServer((request, response) => {
    receive(request, response).catch(() => response.destroy());
  });
  await listen(server, port);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  session.note(`Listening at ${url}, which a request names as "callback": {"url": "${url}"}.`, { url });
  session.note(`Webhooks are checked with the secret in ${source}. Ctrl-C ends it.`);
  if (!session.signal.aborted) await once(session.signal, "abort");
  server.close();
  server.closeAllConnections();
  throw session.signal.reason;
}

function listen(server: ReturnType<typeof createServer>, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", ({ code }: NodeJS.ErrnoException) => {
      reject(new Failure(`Port ${port} cannot be listened at (${String(code)}).`));
    });
    server.listen(port, "127.0.0.1", resolve);
  });
}

async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= maxBytes) chunks.push(chunk);
  }
  return bytes <= maxBytes ? Buffer.concat(chunks) : undefined;
}

function toLine({ receivedAt, id, repeated, event, refused }: Received, session: Session): string {
  const look = lookOf(session);
  const gap = look.isTerminal ? "  " : "\t";
  if (!event) return [receivedAt, "refused", plain(id), plain(refused ?? "")].join(gap);
  const { data } = event;
  const outcome = look.isTerminal ? paintStatus(event.type, data.status, look) : event.type;
  const facts = [receivedAt, outcome, data.id, data.name, data.statusReason].map((text) =>
    text === outcome ? text : plain(text),
  );
  return [...facts, ...(repeated ? ["(again)"] : [])].join(gap);
}
