import type { ConnectionRecord } from "./connection-record.ts";
import { isUnfinished } from "./transitions.ts";

/**
 * What may need a person: `person` does, `open` is unfinished and may be in trouble, `failed` ended so. In the order in which
 * somebody should look.
 */
export const attentionKinds = ["person", "open", "failed"] as const;
export type AttentionKind = (typeof attentionKinds)[number];

/** Of a record that is none of these, nobody needs to know: undefined. */
export function attentionKindOf(record: ConnectionRecord): AttentionKind | undefined {
  if (isUnfinished(record)) return "open";
  const { status, lastLook, delivery, leftover } = record;
  if (status === "unknown" || lastLook === "found" || delivery?.state === "exhausted") return "person";
  // What a dry run left behind fails when it is gone, as it should be.
  return status === "failed" && !leftover ? "failed" : undefined;
}
