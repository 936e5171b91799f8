import type { Context } from "hono";
import type { Clock } from "../../domain/clock.ts";
import type { ConnectionRecord } from "../../domain/record/connection-record.ts";
import { estimateCompletion } from "../../domain/record/estimate.ts";
import { type ConnectionResource, toResource } from "../../domain/record/to-resource.ts";
import type { ObservedDurations } from "../../domain/stats/observed-durations.ts";
import type { ApiEnv } from "../env.ts";

export interface ShowDeps {
  clock: Clock;
  durations: ObservedDurations;
}

/** The resource as it stands now, with the time at which it is likely to have ended. */
export function showConnection(
  c: Context<ApiEnv>,
  { clock, durations }: ShowDeps,
  record: ConnectionRecord,
): ConnectionResource {
  return toShown(c, record, estimateCompletion(record, clock.now(), durations));
}

/** The resource as the caller sees it: whose it is, where that can be anybody's. */
export function toShown(c: Context<ApiEnv>, record: ConnectionRecord, end: Date | undefined): ConnectionResource {
  const { scopes } = c.var.caller;
  return { ...toResource(record, end), ...(scopes.includes("operations") ? { tenant: record.tenant } : {}) };
}
