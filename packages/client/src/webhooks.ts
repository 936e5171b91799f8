import { Webhook } from "standardwebhooks";
import type { CanceledEvent, FailedEvent, SucceededEvent, UnknownEvent } from "./types.ts";

/** What a webhook tells: how a request has ended. */
export type WebhookEvent = SucceededEvent | FailedEvent | CanceledEvent | UnknownEvent;

/** The headers of a request, of `node:http` or of `fetch`. */
export type WebhookHeaders = Headers | Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * The event of a webhook that one of the secrets has signed within the last five minutes; throws standardwebhooks'
 * `WebhookVerificationError` otherwise. `body` is as it was received, before any parsing. The same `webhook-id` may come
 * more than once.
 */
export function verifyWebhook(
  secret: string | readonly string[],
  headers: WebhookHeaders,
  body: string | Uint8Array,
): WebhookEvent {
  const [first, ...others] = typeof secret === "string" ? [secret] : secret;
  if (!first) throw new TypeError("there is no secret to verify with");
  const text = typeof body === "string" ? body : new TextDecoder().decode(body);
  try {
    return new Webhook(first).verify(text, toRecord(headers)) as WebhookEvent;
  } catch (error) {
    if (others.length === 0) throw error;
    return verifyWebhook(others, headers, body);
  }
}

function toRecord(headers: WebhookHeaders): Record<string, string> {
  const names = ["webhook-id", "webhook-timestamp", "webhook-signature"];
  const read = (name: string) => (headers instanceof Headers ? headers.get(name) : headers[name]);
  return Object.fromEntries(names.map((name) => [name, String(read(name) ?? "")]));
}
