import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { Webhook } from "standardwebhooks";
import { listenOnLoopback } from "../loopback-server.ts";

/** A webhook as it came in, and whether its signature is the sender's. */
export interface ReceivedWebhook {
  id: string;
  type: string;
  connectionId: string;
  verified: boolean;
}

/** Receives webhooks on a free loopback port and verifies them with the reference library, as a consumer would. */
export async function receiveWebhooks(secret: string): Promise<{
  url: string;
  received: ReceivedWebhook[];
  close: () => Promise<void>;
}> {
  const received: ReceivedWebhook[] = [];
  const verifier = new Webhook(secret);
  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const webhook = verify(verifier, await text(request), request.headers as Record<string, string>);
    received.push(webhook);
    response.writeHead(webhook.verified ? 204 : 400).end();
  }
  const { url, close } = await listenOnLoopback(receive);
  return { url: `${url}/webhooks`, received, close };
}

function verify(verifier: Webhook, body: string, headers: Record<string, string>): ReceivedWebhook {
  const id = headers["webhook-id"] ?? "";
  try {
    const { type, data } = verifier.verify(body, headers) as { type: string; data: { id: string } };
    return { id, type, connectionId: data.id, verified: true };
  } catch {
    return { id, type: "unknown", connectionId: "", verified: false };
  }
}
