import { Webhook } from "standardwebhooks";
import { toDeliveryId } from "../domain/connection-id.ts";
import type { ConnectionRecord } from "../domain/connection-record.ts";
import { toResource } from "../domain/to-resource.ts";

/** The webhook of a final record. */
export function toWebhook(record: ConnectionRecord): { id: string; body: string } {
  const body = { type: `vpn_connection.${record.status}`, timestamp: record.completedAt, data: toResource(record) };
  return { id: toDeliveryId(record), body: JSON.stringify(body) };
}

/** The three headers of Standard Webhooks 1.0, with a signature by each secret (`whsec_` and base64). */
export function signWebhook(
  secrets: readonly string[],
  webhook: { id: string; body: string },
  at: Date,
): Record<string, string> {
  return {
    "content-type": "application/json",
    "user-agent": "vpn-broker",
    "webhook-id": webhook.id,
    "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
    "webhook-signature": secrets.map((secret) => new Webhook(secret).sign(webhook.id, at, webhook.body)).join(" "),
  };
}
