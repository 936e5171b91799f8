import type { Connection } from "@vpn-broker/client";

/** The columns, by the names that the API has for them. */
const columns: readonly [name: string, read: (connection: Connection) => string | number | undefined][] = [
  ["id", ({ id }) => id],
  ["tenant", ({ tenant }) => tenant],
  ["name", ({ name }) => name],
  ["status", ({ status }) => status],
  ["statusReason", ({ statusReason }) => statusReason],
  ["provider", ({ provider }) => provider],
  ["region", ({ region }) => region],
  ["vpnGatewayId", ({ vpnGatewayId }) => vpnGatewayId],
  ["clientToken", ({ clientToken }) => clientToken],
  ["providerConnectionId", ({ providerConnectionId }) => providerConnectionId],
  ["providerConnectionName", ({ providerConnectionName }) => providerConnectionName],
  ["errorCode", ({ error }) => error?.code],
  ["providerCode", ({ error }) => error?.providerCode],
  ["providerRequestId", ({ error }) => error?.providerRequestId],
  ["attempts", ({ attempts }) => attempts],
  ["createdAt", ({ createdAt }) => createdAt],
  ["updatedAt", ({ updatedAt }) => updatedAt],
  ["completedAt", ({ completedAt }) => completedAt],
  ["tunnels", ({ tunnels }) => tunnels.map(({ state }) => state).join(" ")],
];

/** RFC 4180, with a mark in front by which spreadsheets know that it is UTF-8. */
export function toCsv(connections: readonly Connection[]): string {
  const lines = [
    columns.map(([name]) => name),
    ...connections.map((connection) => columns.map(([, read]) => toCell(read(connection)))),
  ];
  return `\uFEFF${lines.map((line) => `${line.join(",")}\r\n`).join("")}`;
}

/** A text that a spreadsheet would take for a formula is made one that it does not: callers choose names. */
function toCell(value: string | number | undefined): string {
  if (typeof value !== "string") return String(value ?? "");
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
