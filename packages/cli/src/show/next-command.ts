import { type Connection, isFinal } from "@vpn-broker/client";

/** What a person is likely to do next. */
export function toNextCommand(connection: Pick<Connection, "id" | "status" | "error">): string {
  const { id, status, error } = connection;
  const events = `vpn-broker events ${id}`;
  const redrive = `vpn-broker redrive ${id} --reason TEXT`;
  if (!isFinal(connection)) return `vpn-broker watch ${id}; ${events}`;
  if (status === "unknown") return `${events}; look at the vendor; ${redrive}. Not again under another token`;
  if (status === "canceled") return `a new request, under another client token; ${events}`;
  if (status === "succeeded") return `${events}; vpn-broker deliveries ${id}`;
  const again = `once the cause is gone: ${redrive}`;
  return error?.retryable
    ? `${events}; ${again}`
    : `a corrected request, under another client token; or ${again}; ${events}`;
}
