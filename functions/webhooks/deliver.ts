import type { Clock } from "../domain/clock.ts";
import { StaleRecordError } from "../domain/errors.ts";
import type { Log } from "../domain/log.ts";
import type { ConnectionStore, Opener, TenantStore } from "../domain/ports.ts";
import { type QuotaDeps, toQuota } from "../domain/quotas.ts";
import type { ConnectionRecord } from "../domain/record/connection-record.ts";
import { type Run, toExecutionName } from "../domain/record/ids.ts";
import { noteDelivery } from "../domain/record/transitions.ts";
import { saveAnew } from "../domain/save-anew.ts";
import { StepError } from "../domain/step-error.ts";
import type { Tenant } from "../domain/tenants/tenant.ts";
import { openWebhookSecrets } from "../domain/tenants/webhook-secrets.ts";
import { askKnownReceiver } from "./ask-known-receiver.ts";
import { toHostSubject } from "./ask-receiver.ts";
import { nextPause } from "./schedule.ts";
import type { SendWebhook, Sent } from "./send.ts";
import { signWebhook, toWebhook, type Webhook } from "./sign.ts";

export interface DeliverDeps extends QuotaDeps {
  store: ConnectionStore;
  tenants: Pick<TenantStore, "get">;
  opener: Opener;
  send: SendWebhook;
  clock: Clock;
  log: Log;
  random: () => number;
  timeScale: number;
}

/** Tells the workflow whether to come back, and when (RFC 3339); `restarts` comes back with it, to know whose it is. */
export type Delivered = { done: true } | { done: false; nextAttemptAt: string; restarts: number };

/** The state of the workflow: what it was started with, and what its last attempt came to. */
export type DeliveryRun = Run & { delivery?: { done: boolean; restarts?: number } };

/** Timers are not exact: a wait that ends this much early has ended. */
const earlyMilliseconds = 500;

/**
 * One attempt to deliver the webhook of a run; none before its time, also when the workflow was started anew, and none by a
 * workflow that another has taken over from while it waited. Throws `ReceiverBusy` where its tenant or its receiver has too
 * many under way: that is no attempt.
 */
export async function deliverWebhook(deps: DeliverDeps, run: DeliveryRun): Promise<Delivered> {
  const record = await deps.store.get(run.id);
  if (!record || record.generation !== run.generation || record.delivery?.state !== "pending") return { done: true };
  const { nextAttemptAt: notBefore, restarts = 0 } = record.delivery;
  if ((run.delivery?.restarts ?? restarts) !== restarts) return { done: true };
  if (notBefore !== undefined && deps.clock.now().getTime() + earlyMilliseconds < Date.parse(notBefore)) {
    return { done: false, nextAttemptAt: notBefore, restarts };
  }
  const webhook = toWebhook(record);
  const { sent, durationMilliseconds, host } = await attemptOnce(deps, record, webhook);
  const now = deps.clock.now();

  const attempts = record.delivery.attempts + 1;
  const gone = sent.statusCode === 410;
  const tries = attempts - (record.delivery.resentAfter ?? 0);
  const pause = sent.outcome === "ok" || gone ? undefined : nextPause(tries, deps.random(), sent.retryAfterSeconds);
  const nextAttemptAt =
    pause === undefined ? undefined : new Date(now.getTime() + pause * 1000 * deps.timeScale).toISOString();
  const attempt = {
    outcome: sent.outcome,
    ...(sent.statusCode === undefined ? {} : { statusCode: sent.statusCode }),
    durationMilliseconds,
    ...(nextAttemptAt === undefined ? {} : { nextAttemptAt }),
  };
  const state = sent.outcome === "ok" ? "delivered" : pause === undefined ? "exhausted" : "pending";
  const about = { connectionId: record.id, execution: toExecutionName(run), webhookId: webhook.id };
  deps.log("webhook_attempt", { ...about, attempt: attempts, ...attempt });
  // What was sent must not be lost to a write that came between.
  const note = (current: ConnectionRecord) => deps.store.save(noteDelivery(current, now, attempt, { state, host }));
  await saveAnew(record, note, () => rereadPending(deps.store, record));
  return nextAttemptAt === undefined ? { done: true } : { done: false, nextAttemptAt, restarts };
}

/** What keeps a webhook from being sent is an attempt that failed, so that the schedule comes to its end. */
async function attemptOnce(
  deps: DeliverDeps,
  record: ConnectionRecord,
  webhook: Webhook,
): Promise<{ sent: Sent; durationMilliseconds: number; host?: string }> {
  const tenant = await deps.tenants.get(record.tenant);
  const url = record.request.callback?.url ?? tenant?.webhookUrl;
  if (url === undefined) return { sent: { outcome: "the tenant has no webhook endpoint" }, durationMilliseconds: 0 };
  const host = toHostSubject(url);
  const quotas = [
    toQuota("deliveries", record.tenant),
    toQuota("deliveriesToHost", `${record.tenant}#${host}`),
    toQuota("deliveriesAtHost", host),
  ];
  const asked = await askKnownReceiver(deps, { tenant: record.tenant, host }, quotas, () =>
    signAndSend(deps, { record, tenant, url, webhook }),
  );
  if (!("quota" in asked)) return { ...asked, host };
  deps.log("webhook_put_off", { connectionId: record.id, webhookId: webhook.id, name: asked.quota.name });
  throw new StepError("ReceiverBusy", "its tenant or its receiver has no place");
}

async function signAndSend(
  deps: DeliverDeps,
  {
    record,
    tenant,
    url,
    webhook,
  }: { record: ConnectionRecord; tenant: Tenant | undefined; url: string; webhook: Webhook },
): Promise<Sent> {
  const at = deps.clock.now();
  let secrets: string[];
  try {
    secrets = await openWebhookSecrets(deps.opener, tenant, at);
  } catch (error) {
    deps.log("secret_not_opened", { connectionId: record.id, error: error instanceof Error ? error.name : "unknown" });
    return { outcome: "the tenant's signing secret cannot be opened" };
  }
  return deps.send(url, signWebhook(secrets, webhook, at), webhook.body);
}

/** The record, if this delivery is still this run's to note. */
async function rereadPending(store: ConnectionStore, { id, generation }: ConnectionRecord): Promise<ConnectionRecord> {
  const record = await store.get(id);
  if (record?.generation === generation && record.delivery?.state === "pending") return record;
  throw new StaleRecordError("the delivery is not this run's any more");
}
