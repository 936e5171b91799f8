import type { Clock } from "../clock.ts";
import type { ConnectionStore } from "../ports.ts";
import type { ConnectionRecord } from "../record/connection-record.ts";
import { givenUpAt } from "../record/deadlines.ts";
import { adviseMeanwhile, describeProblem } from "../record/describe-problem.ts";
import { isFinal } from "../record/status.ts";
import { applyDefaults } from "../request/apply-defaults.ts";
import type { AttentionReason } from "./attention-reasons.ts";

/** A request that a person should look at, why, and what to do next. */
export interface Attention {
  reason: AttentionReason;
  action: string;
  record: ConnectionRecord;
}

const queuedTooLongSeconds = 900;
const notStartedSeconds = 120;
/** What the vendor answers now and then needs nobody. */
const problemSeconds = 120;
/** A workflow that waits looks again within a minute or so, and ends what is past its deadline then. */
const pastDeadlineSeconds = 120;
/** Each looks through a hundred requests, also of other statuses. */
const maxPages = 100;
const maxFound = 200;

/**
 * The tenant's requests that need a person, newest first, 200 or so: those that are unknown or unfinished, of its newest
 * ten thousand. After them those that ended otherwise, and of which a connection turned up since.
 */
export async function listAttention(
  deps: { store: ConnectionStore; clock: Clock },
  { tenant }: { tenant: string },
): Promise<Attention[]> {
  const late = await deps.store.listFound(tenant);
  const found: Attention[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < maxPages; page += 1) {
    const { items, nextCursor } = await deps.store.list({
      tenant,
      limit: 100,
      statuses: ["unknown", "accepted", "queued", "creating", "provisioning"],
      ...(cursor ? { cursor } : {}),
    });
    found.push(...items.flatMap((record) => judge(record, deps.clock.now()) ?? []));
    if (!nextCursor || found.length >= maxFound) break;
    cursor = nextCursor;
  }
  return [...found, ...late.flatMap((record) => judgeFound(record) ?? [])];
}

/** One that ended `unknown` is on the list for that. */
function judgeFound(record: ConnectionRecord): Attention | undefined {
  if (record.status === "unknown") return undefined;
  return { reason: "connection_found", action: record.error?.advice ?? `${record.statusReason}.`, record };
}

function judge(record: ConnectionRecord, now: Date): Attention | undefined {
  if (record.status === "unknown") {
    return { reason: "unknown", action: record.error?.advice ?? "Look at the vendor, then redrive.", record };
  }
  if (isFinal(record.status)) return undefined;
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
  if (record.status !== "queued" || waited < queuedTooLongSeconds) return undefined;
  const { vpnGatewayId } = record.request;
  const action =
    record.deadlineAt === undefined
      ? `Look at the request that has the turn of ${vpnGatewayId}, which may be another tenant's: ${record.statusReason}.`
      : `Look at ${vpnGatewayId} at the vendor: ${record.statusReason}.`;
  return { reason: "queued_too_long", action, record };
}

/** When this run began to wait: a redrive begins anew. */
function startOf({ request, queueDeadlineAt }: ConnectionRecord): Date {
  return new Date(Date.parse(queueDeadlineAt) - applyDefaults(request).queueTimeoutSeconds * 1000);
}
