import { DomainError } from "../errors.ts";
import type { ConnectionStore } from "../ports.ts";
import type { ConnectionRecord, Delivery, DeliveryState, TimelineEvent } from "../record/connection-record.ts";
import { toDeliveryId } from "../record/ids.ts";
import { resend } from "../record/recovery.ts";
import { getConnection } from "./get-connection.ts";
import { startWorkflow } from "./start-workflow.ts";
import { type ChangeDeps, changeForCaller, toAsker, type UserChange } from "./user-change.ts";

/** An attempt that stands this near may be under way: it begins up to half a second early, and clocks differ. */
const nearMilliseconds = 1000;

type Attempt = Omit<Extract<TimelineEvent, { type: "webhook_attempt" }>, "type" | "deliveryId">;

/** One webhook of a request, and every attempt to deliver it, oldest first. */
export interface WebhookDelivery {
  /** The `webhook-id`: of the request and its run. */
  id: string;
  state: DeliveryState;
  attempts: Attempt[];
  nextAttemptAt?: string;
}

/** The webhooks of a request, one for each run that ended, newest first. */
export async function listDeliveries(
  deps: { store: ConnectionStore },
  input: { tenant: string; id: string },
): Promise<WebhookDelivery[]> {
  const record = await getConnection(deps, input);
  const ids = new Set(record.events.flatMap((event) => (event.type === "webhook_attempt" ? event.deliveryId : [])));
  if (record.delivery) ids.add(toDeliveryId(record));
  return [...ids].toReversed().map((id) => toDelivery(record, id));
}

function toDelivery(record: ConnectionRecord, id: string): WebhookDelivery {
  const attempts = record.events.flatMap((event): Attempt[] => {
    if (event.type !== "webhook_attempt" || event.deliveryId !== id) return [];
    const { type: _type, deliveryId: _id, ...attempt } = event;
    return [attempt];
  });
  return { id, ...stateOf(record, id, attempts), attempts };
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
 * Sends a webhook once more now, under the same id, with the whole schedule ahead of it. One whose attempt is due or under
 * way is left alone. Throws `not_found` for a delivery that is none of this request's, `conflict` for one of an earlier run.
 */
export async function resendDelivery(
  deps: ChangeDeps,
  input: UserChange & { deliveryId: string },
): Promise<WebhookDelivery> {
  const { deliveryId } = input;
  const { record, changed } = await changeForCaller(deps, "delivery.resend", input, (current) => {
    if (deliveryId !== toDeliveryId(current) || !current.delivery) throw refusalOf(current, deliveryId);
    const now = deps.clock.now();
    return isDue(current.delivery, now) ? current : resend(current, now, toAsker(input));
  });
  if (changed) await startWorkflow(deps, "deliver-webhook", record);
  return toDelivery(record, deliveryId);
}

function isDue({ state, nextAttemptAt }: Delivery, now: Date): boolean {
  if (state !== "pending") return false;
  return nextAttemptAt === undefined || Date.parse(nextAttemptAt) <= now.getTime() + nearMilliseconds;
}

function refusalOf({ events }: ConnectionRecord, deliveryId: string): DomainError {
  const known = events.some((event) => event.type === "webhook_attempt" && event.deliveryId === deliveryId);
  return known
    ? new DomainError("conflict", "the request was run again since; only its present end can be sent")
    : new DomainError("not_found", "this request has no delivery of this id");
}
