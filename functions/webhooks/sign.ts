import { Webhook } from "standardwebhooks";
import type { ConnectionRecord } from "../domain/connection-record.ts";
import { toResource } from "../domain/to-resource.ts";

/** The webhook of a final record. Its id is made of the request and its run: the same on every attempt, new after a redrive. */
export function toWebhook(record: ConnectionRecord): { id: string; body: string } {
  const body = { type: `vpn_connection.${record.status}`, timestamp: record.completedAt, data: toResource(record) };
  return { id: `msg_${record.id}_${record.generation}`, body: JSON.stringify(body) };
}

/** The three headers of Standard Webhooks 1.0. `secret` is `whsec_` and base64. */
export function signWebhook(secret: string, webhook: { id: string; body: string }, at: Date): Record<string, string> {
  return {
    "content-type": "application/json",
    "user-agent": "vpn-broker",
    "webhook-id": webhook.id,
    "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
    "webhook-signature": new Webhook(secret).sign(webhook.id, at, webhook.body),
  };
}
