import { type Connection, isFinal } from "@vpn-broker/client";

/** What the process ends with. */
export const exitCodes = {
  done: 0,
  error: 1,
  usage: 2,
  failed: 3,
  key: 4,
  unknown: 5,
  running: 6,
  interrupted: 130,
} as const;

/** Of a request that was waited for. */
export function exitCodeOf(connection: Pick<Connection, "status">): number {
  if (!isFinal(connection)) return exitCodes.running;
  if (connection.status === "succeeded") return exitCodes.done;
  return connection.status === "unknown" ? exitCodes.unknown : exitCodes.failed;
}
