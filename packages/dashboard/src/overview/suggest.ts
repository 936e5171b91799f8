import type { AttentionGroup, AttentionItem, AttentionReason, Connection, Status } from "@vpn-broker/client";
import { type ActionName, findMisfit, isPromising } from "../actions/action.ts";
import type { Filters } from "../list/filters.ts";

export const unfinished: Status[] = ["accepted", "queued", "creating", "provisioning"];

/** What can be done from here about a request that needs a person; undefined where it has to be looked at. */
export function suggestAction(reason: AttentionReason, connection: Connection): ActionName | undefined {
  switch (reason) {
    case "unknown":
    case "failed":
    case "connection_found":
      if (findMisfit("redrive", { connection })) return undefined;
      return isPromising("redrive", { connection }) ? "redrive" : undefined;
    case "webhook_given_up":
    case "webhook_failing":
      return "resend";
    case "queued_too_long":
    case "not_started":
    case "past_deadline":
    case "provider_problem":
      return undefined;
  }
}

/** Those that a group is of; undefined where no filter of the API says so. */
export function toGroupFilters({ reason, provider, region, errorCode }: AttentionGroup): Filters | undefined {
  const place = { ...(provider ? { provider } : {}), ...(region === undefined ? {} : { region }) };
  switch (reason) {
    case "failure_wave":
      return { ...place, ...(errorCode ? { errorCode } : {}) };
    case "provider_unreadable":
      return { ...place, status: unfinished };
    case "webhook_host_failing":
      return undefined;
  }
}

/** How many are there for each reason, in the order in which they come. */
export function countReasons(items: readonly AttentionItem[]): Map<AttentionReason, number> {
  const counts = new Map<AttentionReason, number>();
  for (const { reason } of items) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return counts;
}
