import type { Clock } from "../clock.ts";
import type { ConnectionStore } from "../ports.ts";
import type { ConnectionRecord } from "../record/connection-record.ts";
import { deadlineOf } from "../record/deadlines.ts";
import { describeProblem } from "../record/provider-problem.ts";
import { isFinal } from "../record/status.ts";

export const attentionReasons = [
  "unknown",
  "past_deadline",
  "provider_problem",
  "queued_too_long",
  "not_started",
] as const;

/** A request that a person should look at, why, and what to do next. */
export interface Attention {
  reason: (typeof attentionReasons)[number];
  action: string;
  record: ConnectionRecord;
}

const queuedTooLongSeconds = 900;
const notStartedSeconds = 120;
/** What the vendor answers now and then needs nobody. */
const problemSeconds = 120;
const maxPages = 10;
const maxFound = 200;

/** The tenant's requests that need a person, newest first, 200 or so: of the newest thousand unknown or unfinished ones. */
export async function listAttention(
  deps: { store: ConnectionStore; clock: Clock },
  { tenant }: { tenant: string },
): Promise<Attention[]> {
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
  return found;
}

function judge(record: ConnectionRecord, now: Date): Attention | undefined {
  if (record.status === "unknown") {
    return { reason: "unknown", action: record.error?.advice ?? "Look at the vendor, then redrive.", record };
  }
  if (isFinal(record.status)) return undefined;
  if (now > deadlineOf(record).at) {
    const action = "The sweeper should have ended it: look at the workflow's execution and the sweeper's log.";
    return { reason: "past_deadline", action, record };
  }
  const { providerProblem: problem } = record;
  if (problem && now.getTime() - Date.parse(problem.since) > problemSeconds * 1000) {
    return { reason: "provider_problem", action: `${describeProblem(problem)}. ${problem.advice}`, record };
  }
  const waited = (now.getTime() - Date.parse(record.createdAt)) / 1000;
  if (record.status === "accepted" && record.deadlineAt === undefined && waited > notStartedSeconds) {
    const action = "Send the same request again, which starts it; if that does not help, look at the workflow.";
    return { reason: "not_started", action, record };
  }
  if (record.status !== "queued" || waited < queuedTooLongSeconds) return undefined;
  const action = "Look at the request that has its gateway's turn, the oldest unfinished one of the same vpnGatewayId.";
  return { reason: "queued_too_long", action, record };
}
