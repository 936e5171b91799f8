import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { Webhook } from "standardwebhooks";
import type { ConnectionResource } from "../../functions/domain/record/to-resource.ts";
import { listenOnLoopback } from "../../local/loopback-server.ts";

/** A webhook as a consumer gets it. */
export interface Arrived {
  id: string;
  headers: Record<string, string>;
  body: string;
  event: { type: string; timestamp: string; data: ConnectionResource };
  /** Whether the answer was a success. */
  taken: boolean;
}

export interface WebhookEndpoint {
  url: string;
  arrived: Arrived[];
  /** Decides each answer; 204 without it. `undefined` breaks the connection off instead, after the webhook was read. */
  answer: (webhook: Omit<Arrived, "taken">) => { status: number; headers?: Record<string, string> } | undefined;
  close: () => Promise<void>;
}

/** An endpoint on this computer that keeps what it gets. */
export async function openWebhookEndpoint(): Promise<WebhookEndpoint> {
  const endpoint: WebhookEndpoint = {
    url: "",
    arrived: [],
    answer: () => ({ status: 204 }),
    close: async () => undefined,
  };
  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const headers = request.headers as Record<string, string>;
    const webhook = { id: headers["webhook-id"] ?? "", headers, body, event: JSON.parse(body) as Arrived["event"] };
    const answer = endpoint.answer(webhook);
    endpoint.arrived.push({ ...webhook, taken: answer !== undefined && answer.status < 300 });
    if (answer) response.writeHead(answer.status, answer.headers).end();
    else request.socket.destroy();
  }
  const { url, close } = await listenOnLoopback(receive);
  return Object.assign(endpoint, { url: `${url}/hooks`, close });
}

/** Whether a webhook's signature is by this secret, by the reference library. */
export function isSignedBy(secret: string, { body, headers }: Pick<Arrived, "body" | "headers">): boolean {
  try {
    new Webhook(secret).verify(body, headers);
    return true;
  } catch {
    return false;
  }
}
