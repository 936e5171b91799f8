import { toDeliveryId } from "./connection-id.ts";
import type { ConnectionRecord, TimelineEvent } from "./connection-record.ts";
import { DomainError } from "./errors.ts";
import { getConnection } from "./get-connection.ts";
import type { ConnectionStore } from "./ports.ts";
import { resend } from "./recovery.ts";
import { startOrLeave } from "./start-or-leave.ts";
import { changeForCaller, type ChangeDeps, type UserChange } from "./user-change.ts";

type Attempt = Omit<Extract<TimelineEvent, { type: "webhook_attempt" }>, "type" | "deliveryId">;

/** One webhook of a request, and every attempt to deliver it, oldest first. */
export interface WebhookDelivery {
  /** The `webhook-id`: of the request and its run. */
  id: string;
  state: "pending" | "delivered" | "exhausted";
  attempts: Attempt[];
  nextAttemptAt?: string;
}

/** The webhooks of a request, one for each run that ended, newest first. */
export async function listDeliveries(
  deps: { store: ConnectionStore },
  input: { tenant: string; id: string },
): Promise<WebhookDelivery[]> {
  const record = await getConnection(deps, input);
  const attempts = new Map<string, Attempt[]>();
  for (const event of record.events) {
    if (event.type !== "webhook_attempt") continue;
    const { type: _type, deliveryId, ...attempt } = event;
    attempts.set(deliveryId, [...(attempts.get(deliveryId) ?? []), attempt]);
  }
  const current = toDeliveryId(record);
  if (record.delivery && !attempts.has(current)) attempts.set(current, []);
  return [...attempts].toReversed().map(([id, made]) => ({ id, ...stateOf(record, id, made), attempts: made }));
}

function stateOf(record: ConnectionRecord, id: string, made: readonly Attempt[]) {
  if (id === toDeliveryId(record) && record.delivery) {
    const { state, nextAttemptAt } = record.delivery;
    return { state, ...(nextAttemptAt === undefined ? {} : { nextAttemptAt }) };
  }
  // The request was run again since: what had not arrived by then is not sent any more.
  return { state: made.at(-1)?.outcome === "ok" ? ("delivered" as const) : ("exhausted" as const) };
}

/**
 * Sends a webhook once more, under the same id, with the whole schedule ahead of it. One that is under way already is left
 * alone. Throws `not_found` for a delivery that is none of this request's, `conflict` for one of an earlier run.
 */
export async function resendDelivery(
  deps: ChangeDeps,
  input: UserChange & { deliveryId: string },
): Promise<WebhookDelivery> {
  const { actor, id, deliveryId } = input;
  const { record, changed } = await changeForCaller(deps, "delivery.resend", input, (current) => {
    if (deliveryId !== toDeliveryId(current) || !current.delivery) throw refusalOf(current, deliveryId);
    return current.delivery.state === "pending" ? current : resend(current, deps.clock.now(), actor.keyName);
  });
  if (changed) await startOrLeave(deps, "deliver-webhook", record);
  const found = (await listDeliveries(deps, { tenant: actor.tenant, id })).find((one) => one.id === deliveryId);
  if (!found) throw new DomainError("conflict", "the request was run again meanwhile");
  return found;
}

function refusalOf({ events }: ConnectionRecord, deliveryId: string): DomainError {
  const known = events.some((event) => event.type === "webhook_attempt" && event.deliveryId === deliveryId);
  return known
    ? new DomainError("conflict", "the request was run again since; only its present end can be sent")
    : new DomainError("not_found", "this request has no delivery of this id");
}
