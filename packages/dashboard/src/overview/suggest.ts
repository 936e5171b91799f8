import type { AttentionGroup, AttentionReason, Connection } from "@vpn-broker/client";
import { type ActionName, findMisfit } from "../actions/action.ts";
import type { Filters } from "../list/filters.ts";

/** What can be done from here about a request that needs a person; undefined where it has to be looked at. */
export function suggestAction(reason: AttentionReason, connection: Connection): ActionName | undefined {
  switch (reason) {
    case "unknown":
    case "failed":
    case "connection_found":
      return findMisfit("redrive", { connection }) ? undefined : "redrive";
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
      return { ...place, status: ["accepted", "queued", "creating", "provisioning"] };
    case "webhook_host_failing":
      return undefined;
  }
}
