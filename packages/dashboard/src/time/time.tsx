import { timeMode } from "../app/preferences.ts";
import { formatDuration, formatExactly, formatTime } from "./format-time.ts";
import { now } from "./now.ts";

/** A time as the reader wants times, and exactly for whoever points at it. */
export function Time({ at }: { at: string }) {
  const mode = timeMode.value;
  const base = mode === "relative" ? now.value : now.peek();
  return (
    <time dateTime={at} title={formatExactly(at, mode)}>
      {formatTime(at, mode, base)}
    </time>
  );
}

/** How long something took, or has taken until now. */
export function Took({ from, until }: { from: string; until?: string | undefined }) {
  const end = until === undefined ? now.value : Date.parse(until);
  const seconds = Math.max(0, (end - Date.parse(from)) / 1000);
  return <>{formatDuration(until === undefined ? Math.floor(seconds) : seconds)}</>;
}
