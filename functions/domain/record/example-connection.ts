import type { Actor } from "../actor.ts";
import type { RequestError } from "../errors.ts";
import type { ConnectionRecord } from "./connection-record.ts";
import { toConnectionId } from "./ids.ts";
import type { OutcomeStatus } from "./status.ts";
import { end } from "./transitions.ts";

export interface ExampleInput {
  actor: Actor;
  status: OutcomeStatus;
  /** Absent = the tenant's own endpoint. */
  url?: string;
}

/** What came of an example webhook, with the `webhook-id` that it was sent under. */
export interface ExampleSent {
  deliveryId: string;
  outcome: string;
  statusCode?: number;
  durationMilliseconds: number;
}

const code = { failed: "provider_quota", canceled: "canceled", unknown: "outcome_unknown" } as const;

/** A connection that does not exist, at its end: for consumers to see what they will get. */
export function createExample(actor: Actor, at: Date, status: OutcomeStatus): ConnectionRecord {
  const time = at.toISOString();
  const succeeded = status === "succeeded";
  const record: ConnectionRecord = {
    // No tenant has an empty name, so that no request ever has this id.
    id: toConnectionId("", actor.tenant),
    tenant: actor.tenant,
    createdBy: actor,
    clientToken: "example",
    request: {
      provider: "alibaba",
      region: "cn-shanghai",
      name: "example",
      vpnGatewayId: "vpn-example",
      routing: { mode: "policy", localCidrs: ["10.1.0.0/24"], remoteCidrs: ["10.2.0.0/24"] },
      tunnels: [{ customerGatewayId: "cgw-example" }],
    },
    sealedKeys: [""],
    status: "accepted",
    statusReason: "an example",
    generation: 1,
    revision: 4,
    version: 4,
    attempts: succeeded ? 1 : 0,
    ...(succeeded ? { providerConnectionId: "vco-example" } : {}),
    warnings: [],
    tunnels: [{ state: "unknown", reason: "an example" }],
    events: [],
    createdAt: time,
    updatedAt: time,
    queueDeadlineAt: time,
  };
  if (status === "succeeded") return end(record, at, { status, reason: "an example" });
  const advice = "This is an example; there is nothing to do.";
  const error: RequestError = { code: code[status], message: "an example", retryable: status === "failed", advice };
  return end(record, at, { status, reason: "an example", error });
}
