import type { Delivery } from "@vpn-broker/client";
import type { Look } from "../text/look.ts";
import { type Column, toTable } from "../text/table.ts";
import { toAttemptOutcome, toTook } from "./event-row.ts";

const columns: readonly Column[] = [
  { heading: "delivery" },
  { heading: "state" },
  { heading: "attempt" },
  { heading: "outcome", least: 16, wraps: true },
  { heading: "at" },
  { heading: "took" },
];

/** A line for each attempt, and for a delivery that has none yet. */
export function showDeliveries(deliveries: readonly Delivery[], look: Look): string {
  const rows = deliveries.flatMap(({ id, state, attempts, nextAttemptAt }) =>
    attempts.length === 0
      ? [[id, state, "0", nextAttemptAt ? `first at ${nextAttemptAt}` : "not sent yet"]]
      : attempts.map((attempt) => [
          id,
          state,
          String(attempt.attempt),
          toAttemptOutcome(attempt),
          attempt.at,
          toTook(attempt.durationMilliseconds),
        ]),
  );
  return toTable(columns, rows, look, "There is no webhook: the request has not ended, or names no receiver.");
}
