import type { AttentionGroup, AttentionItem, AttentionReason, Connection, Status } from "@vpn-broker/client";
import { type ActionName, findMisfit, isPromising } from "../actions/action.ts";
import type { Filters } from "../list/filters.ts";

export const unfinished: Status[] = ["accepted", "queued", "creating", "provisioning"];

/** What can be done from here about a request that needs a person; undefined where it has to be looked at. */
export function suggestAction(reason: AttentionReason, connection: Connection): ActionName | undefined {
  switch (reason) {
    case "unknown":
      return "redrive";
    case "failed":
    case "connection_found":
      if (findMisfit("redrive", { connection })) return undefined;
      return isPromising("redrive", { connection }) ? "redrive" : undefined;
    case "webhook_given_up":
    case "webhook_failing":
      return "resend";
    case "queued_too_long":
    case "not_started":
    case "takes_too_long":
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

/** Whether a group says of an item all that the item says. A webhook that was given up is told by itself: nobody sends it any more. */
export function covers({ reason, host, provider, region, errorCode }: AttentionGroup, item: AttentionItem): boolean {
  const { connection } = item;
  const isThere = connection.provider === provider && connection.region === region;
  switch (reason) {
    case "webhook_host_failing":
      return item.reason === "webhook_failing" && item.host === host;
    case "provider_unreadable":
      return item.reason === "provider_problem" && isThere;
    case "failure_wave":
      return item.reason === "failed" && isThere && connection.error?.code === errorCode;
  }
}

/** So many items that are alike are told as one. */
const fewestAlike = 3;

/** Items that need the same of a person, together, in the order of the first of them; others are alone. */
export function foldAlike(items: readonly AttentionItem[]): AttentionItem[][] {
  const folds = new Map<string, AttentionItem[]>();
  for (const item of items) {
    const { provider, region, error, providerProblem } = item.connection;
    const what = item.host === undefined ? [provider, region, error?.code, providerProblem?.class] : [item.host];
    const key = JSON.stringify([item.reason, ...what]);
    folds.set(key, [...(folds.get(key) ?? []), item]);
  }
  return [...folds.values()].flatMap((alike) => (alike.length < fewestAlike ? alike.map((item) => [item]) : [alike]));
}
