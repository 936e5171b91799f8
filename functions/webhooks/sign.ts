import { Webhook as Signer } from "standardwebhooks";
import type { ConnectionRecord } from "../domain/record/connection-record.ts";
import { toDeliveryId } from "../domain/record/ids.ts";
import { toResource } from "../domain/record/to-resource.ts";

/** What is signed and sent: its `webhook-id`, and its body as it stands on the wire. */
export interface Webhook {
  id: string;
  body: string;
}

/** The webhook of a final record. */
export function toWebhook(record: ConnectionRecord): Webhook {
  const body = { type: `vpn_connection.${record.status}`, timestamp: record.completedAt, data: toResource(record) };
  return { id: toDeliveryId(record), body: JSON.stringify(body) };
}

/** The three headers of Standard Webhooks 1.0, with a signature by each secret (`whsec_` and base64). */
export function signWebhook(secrets: readonly string[], webhook: Webhook, at: Date): Record<string, string> {
  return {
    "content-type": "application/json",
    "user-agent": "vpn-broker",
    "webhook-id": webhook.id,
    "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
    "webhook-signature": secrets.map((secret) => new Signer(secret).sign(webhook.id, at, webhook.body)).join(" "),
  };
}
