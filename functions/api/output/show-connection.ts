import type { Clock } from "../../domain/clock.ts";
import type { ConnectionRecord } from "../../domain/record/connection-record.ts";
import { estimateCompletion } from "../../domain/record/estimate.ts";
import { type ConnectionResource, toResource } from "../../domain/record/to-resource.ts";
import type { ObservedDurations } from "../../domain/stats/observed-durations.ts";

export interface ShowDeps {
  clock: Clock;
  durations: ObservedDurations;
}

/** The resource as it stands now, with the time at which it is likely to have ended. */
export function showConnection({ clock, durations }: ShowDeps, record: ConnectionRecord): ConnectionResource {
  return toResource(record, estimateCompletion(record, clock.now(), durations));
}
