import * as z from "zod";
import { type OutcomeStatus, outcomeStatuses } from "../../domain/record/status.ts";
import { connection } from "./connection.ts";
import { time } from "./values.ts";

function webhookEvent<Status extends OutcomeStatus>(status: Status) {
  const id = `${status[0]?.toUpperCase()}${status.slice(1)}Event`;
  return z
    .strictObject({ type: z.literal(`vpn_connection.${status}`), timestamp: time, data: connection })
    .meta({ id });
}

/** The bodies of webhooks, by how the request ended. */
export const webhookEvents = Object.fromEntries(
  outcomeStatuses.map((status) => [status, webhookEvent(status)]),
) as Record<OutcomeStatus, ReturnType<typeof webhookEvent>>;
