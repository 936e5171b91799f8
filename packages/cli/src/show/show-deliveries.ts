import type { Delivery } from "@vpn-broker/client";
import { type Look, toClock } from "../text/look.ts";
import type { Column } from "../text/table.ts";
import { toAttemptOutcome, toTook } from "./event-row.ts";

export const deliveryColumns: readonly Column[] = [
  { heading: "delivery", least: 17, wraps: true },
  { heading: "at (UTC)" },
  { heading: "attempt" },
  { heading: "outcome", least: 16, wraps: true },
  { heading: "took" },
];

/** A line for each attempt in its order, and one for what comes next. */
export function toDeliveryRows({ id, state, attempts, nextAttemptAt }: Delivery, look: Look): string[][] {
  const time = (at: string) => (look.isTerminal ? toClock(at, look.now) : at);
  const made = attempts.map((attempt) => {
    const { at, attempt: number, durationMilliseconds } = attempt;
    return [id, time(at), String(number), toAttemptOutcome(attempt), toTook(durationMilliseconds)];
  });
  if (state === "delivered") return made;
  const next = [String(attempts.length + 1), state === "pending" ? "to come" : "given up: resend sends it again"];
  return [...made, [id, nextAttemptAt ? time(nextAttemptAt) : "", ...next, ""]];
}
