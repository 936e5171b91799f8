import type { Clock } from "../clock.ts";
import { fromCursor, toCursor } from "../cursor.ts";
import { cutPage } from "../cut-page.ts";
import type { ConnectionStore, Page } from "../ports.ts";
import { type AttentionKind, attentionKinds } from "../record/attention-kind.ts";
import type { ConnectionRecord, Delivery } from "../record/connection-record.ts";
import { givenUpAt } from "../record/deadlines.ts";
import { adviseMeanwhile, describeProblem } from "../record/describe-problem.ts";
import { placeOf } from "../record/place.ts";
import { isFinal } from "../record/status.ts";
import { toResource } from "../record/to-resource.ts";
import { applyDefaults } from "../request/apply-defaults.ts";
import { type ObservedDurations, usualDurations } from "../stats/observed-durations.ts";
import { everyTenant } from "../tenants/tenant.ts";
import type { AttentionReason } from "./attention-reasons.ts";
import type { CursorPage } from "./list-connections.ts";
import { adviseWaiting } from "./name-turn-holders.ts";

/** A request that a person should look at, why, and what to do next. */
export interface Attention {
  reason: AttentionReason;
  action: string;
  /** Of a webhook: the host that does not take it, where it is known. */
  host?: string;
  record: ConnectionRecord;
}

const queuedTooLongSeconds = 900;
const notStartedSeconds = 120;
/** What the vendor answers now and then needs nobody. */
const problemSeconds = 120;
/** A workflow that waits looks again within a minute or so, and ends what is past its deadline then. */
const pastDeadlineSeconds = 120;
/** So many times as long as nearly all takes too long, and less than that much time never does. */
const tooLongTimes = 3;
const leastTooLongSeconds = 300;
/** A webhook that fails for the first time is often a receiver that is just being deployed. */
const failingAttempts = 3;
/** Each looks at a hundred requests, among which those that are only unfinished need nobody. */
const maxLooks = 4;
const rowsPerLook = 100;

/** Of a tenant's list only its own requests are places. */
const placePatternOf = (tenant: string) =>
  new RegExp(
    String.raw`^(?:person|open|failed)(?:\|${tenant === everyTenant ? "[a-z0-9-]+" : tenant}#[\d:.TZ-]+#[a-z2-7]{26})?$`,
  );

/**
 * A tenant's requests that need a person, or `everyTenant`'s by tenant: first those that a person alone can bring to an end,
 * then those in trouble on their way, then those that failed; each newest first. A page may be short while there is a cursor.
 */
export async function listAttention(
  deps: {
    store: ConnectionStore;
    clock: Clock;
    /** By default what is usual at the vendors. */
    durations?: Durations;
  },
  { tenant, limit, cursor }: { tenant: string; limit: number; cursor?: string },
): Promise<CursorPage<Attention>> {
  const { store, clock, durations = usualDurations } = deps;
  const asked = { attention: tenant };
  const place = cursor === undefined ? attentionKinds[0] : fromCursor(asked, cursor, placePatternOf(tenant));
  const found: { attention: Attention; place: string }[] = [];
  let next: string | undefined = place;
  for (let looks = 0; next !== undefined && looks < maxLooks && found.length < limit; looks += 1) {
    const [begun, before]: string[] = next.split("|");
    const kind: AttentionKind = attentionKinds.find((one) => one === begun) ?? attentionKinds[0];
    const page: Page = await store.listAttention({
      tenant,
      kind,
      limit: rowsPerLook,
      ...(before ? { before } : {}),
    });
    for (const record of page.items) {
      const attention = judge(record, clock.now(), durations);
      if (attention) found.push({ attention, place: `${kind}|${record.tenant}#${placeOf(record)}` });
    }
    next = page.next === undefined ? attentionKinds[attentionKinds.indexOf(kind) + 1] : `${kind}|${page.next}`;
  }
  const items = cutPage(found.slice(0, limit), ({ attention: { record, ...why } }) => ({
    ...why,
    ...toResource(record),
  }));
  const end = items.length < found.length ? items.at(-1)?.place : next;
  return {
    items: items.map(({ attention }) => attention),
    ...(end === undefined ? {} : { nextCursor: toCursor(asked, end) }),
  };
}

type Durations = Pick<ObservedDurations, "mostSecondsOf">;

function judge(record: ConnectionRecord, now: Date, durations: Durations): Attention | undefined {
  const { status, error, delivery, lastLook } = record;
  if (status === "unknown")
    return { reason: "unknown", action: error?.advice ?? "Look at the vendor, then redrive.", record };
  if (lastLook === "found")
    return { reason: "connection_found", action: error?.advice ?? `${record.statusReason}.`, record };
  const webhook = delivery && judgeWebhook(delivery);
  if (webhook) return { ...webhook, record };
  if (status === "failed" && !record.leftover)
    return { reason: "failed", action: error?.advice ?? "Look at its timeline.", record };
  return isFinal(status) ? undefined : judgeUnfinished(record, now, durations);
}

function judgeWebhook({
  state,
  attempts,
  resentAfter = 0,
  failingHost,
}: Delivery): Omit<Attention, "record"> | undefined {
  const receiver = failingHost ?? "its receiver";
  const host = failingHost === undefined ? {} : { host: failingHost };
  if (state === "exhausted") {
    const action = `Mend ${receiver}, which took none of ${attempts} attempts, then have the webhook sent again; until then nobody was told of the end.`;
    return { reason: "webhook_given_up", action, ...host };
  }
  if (state !== "pending" || attempts - resentAfter < failingAttempts) return undefined;
  const action = `Look at ${receiver}: it has not taken the webhook in ${attempts} attempts. It is tried again by itself.`;
  return { reason: "webhook_failing", action, ...host };
}

function judgeUnfinished(record: ConnectionRecord, now: Date, durations: Durations): Attention | undefined {
  const late = now.getTime() - givenUpAt(record).getTime();
  if (late > pastDeadlineSeconds * 1000) {
    const action =
      "Its workflow should have ended it, or been started again by the sweeper: look at the execution and the sweeper's log.";
    return { reason: "past_deadline", action, record };
  }
  const { providerProblem: problem } = record;
  if (problem && now.getTime() - Date.parse(problem.failingSince ?? problem.since) > problemSeconds * 1000) {
    return {
      reason: "provider_problem",
      action: `${describeProblem(record, problem)}. ${adviseMeanwhile(record, problem)}`,
      record,
    };
  }
  const waited = (now.getTime() - startOf(record).getTime()) / 1000;
  if (record.status === "accepted" && record.deadlineAt === undefined && waited > notStartedSeconds) {
    const action = "Send the same request again, which starts it; if that does not help, look at the workflow.";
    return { reason: "not_started", action, record };
  }
  if (record.status !== "queued") return judgeWork(record, now, durations);
  if (waited < queuedTooLongSeconds) return undefined;
  const { vpnGatewayId } = record.request;
  const action =
    record.deadlineAt === undefined
      ? adviseWaiting(record)
      : `Look at ${vpnGatewayId} at the vendor: ${record.statusReason}.`;
  return { reason: "queued_too_long", action, record };
}

/** Of one that has its gateway's turn, or has had it. The sentence does not go with the clock. */
function judgeWork(record: ConnectionRecord, now: Date, durations: Durations): Attention | undefined {
  const { request, deadlineAt, providerConnectionId, statusReason } = record;
  if (deadlineAt === undefined) return undefined;
  const { provider, region, vpnGatewayId, timeoutSeconds } = applyDefaults(request);
  const begun = new Date(Date.parse(deadlineAt) - timeoutSeconds * 1000);
  const most = durations.mostSecondsOf(provider, region);
  const took = (now.getTime() - begun.getTime()) / 1000;
  if (took < Math.max(leastTooLongSeconds, tooLongTimes * most)) return undefined;
  const action = `Look at ${providerConnectionId ?? vpnGatewayId} at the vendor: ${statusReason}. It began at ${begun.toISOString()} and is given up at ${deadlineAt}; nearly all take no longer than ${most} s.`;
  return { reason: "takes_too_long", action, record };
}

/** When this run began to wait: a redrive begins anew. */
function startOf({ request, queueDeadlineAt }: ConnectionRecord): Date {
  return new Date(Date.parse(queueDeadlineAt) - applyDefaults(request).queueTimeoutSeconds * 1000);
}
