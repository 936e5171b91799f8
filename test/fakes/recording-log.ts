import type { Log } from "../../functions/domain/log.ts";

/** A log that keeps its lines. */
export function createRecordingLog(): { log: Log; lines: Record<string, unknown>[] } {
  const lines: Record<string, unknown>[] = [];
  return { lines, log: (event, fields) => void lines.push({ event, ...fields }) };
}
