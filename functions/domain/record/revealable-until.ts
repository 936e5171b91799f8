import type { ConnectionRecord } from "./connection-record.ts";

/** Hours after success for which a key that the broker made can be read. */
export const revealHours = 24;

/** Until when the keys can be read (RFC 3339); undefined where there are none to read: not yet, or not any more. */
export function revealableUntil({ status, completedAt, sealedKeys }: ConnectionRecord): string | undefined {
  if (status !== "succeeded" || !completedAt || sealedKeys.every((sealed) => sealed === "")) return undefined;
  return new Date(Date.parse(completedAt) + revealHours * 3_600_000).toISOString();
}
