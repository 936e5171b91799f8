import { type Connection, isFinal } from "@vpn-broker/client";

/** What a person is likely to call next. */
export function toNextCommand(connection: Pick<Connection, "id" | "status">): string {
  const { id, status } = connection;
  if (!isFinal(connection)) return `vpn-broker watch ${id}; vpn-broker events ${id}`;
  if (status === "failed" || status === "unknown") {
    return `vpn-broker events ${id}; once the cause is gone: vpn-broker redrive ${id} --reason TEXT`;
  }
  return `vpn-broker events ${id}; vpn-broker deliveries ${id}`;
}
