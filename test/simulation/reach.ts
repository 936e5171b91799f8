import type { ProviderName } from "../../functions/domain/values.ts";
import type { Random } from "./random.ts";
import type { Gateway } from "./requests.ts";
import type { Trouble } from "./vendor-faults.ts";

/** A gateway whose vendor nobody reaches for a while, or only those of some credentials. Times are in seconds. */
export interface Outage {
  gatewayId: string;
  from: number;
  until: number;
  /** Whether every other request is spared: its credentials are others. */
  isPartial: boolean;
}

/** In one schedule of seven. */
export function drawOutage(random: Random, gateways: readonly Gateway[]): Outage | undefined {
  if (!random.chance(0.15)) return undefined;
  const from = random.integer(0, 90);
  const until = from + random.pick([20, 90, 400]);
  return { gatewayId: random.pick(gateways).id, from, until, isPartial: random.chance(0.5) };
}

export function meets(outage: Outage, about: { id: string; gateway: string }, seconds: number): boolean {
  const { gatewayId, from, until, isPartial } = outage;
  if (seconds < from || seconds >= until || !about.gateway.endsWith(`#${gatewayId}`)) return false;
  return !isPartial || about.id.charCodeAt(0) % 2 === 0;
}

/** What becomes of a call then. */
export function drawSilence(random: Random, vendor: ProviderName): Trouble {
  const busy = vendor === "alibaba" ? "TaskConflict" : "ResourceInUse";
  return random.pick<Trouble>([
    { kind: "refused" },
    { kind: "fault", fault: { action: "*", times: 1, kind: "throttle" } },
    { kind: "fault", fault: { action: "*", times: 1, kind: "hang-before" } },
    { kind: "fault", fault: { action: "*", times: 1, kind: "error", code: busy } },
  ]);
}
