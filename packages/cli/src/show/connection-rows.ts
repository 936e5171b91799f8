import type { Connection } from "@vpn-broker/client";
import { type Look, paintStatus } from "../text/look.ts";
import type { Column } from "../text/table.ts";
import { toAge } from "../text/times.ts";

/** The columns of a list of requests; what matters most stands first. */
export function connectionColumns(connections: readonly Connection[], look: Look): Column[] {
  return [
    { heading: "id" },
    { heading: "status", paint: (text, row) => paintStatus(text, connections[row]?.status ?? "accepted", look) },
    { heading: "name", least: 6 },
    { heading: "age" },
    { heading: "error" },
    { heading: "vendor and region", least: 12 },
    { heading: "VPN gateway", least: 10 },
    { heading: "connection", least: 10 },
    ...(connections.some(({ tenant }) => tenant !== undefined) ? [{ heading: "tenant", least: 6 }] : []),
  ];
}

/** A time for a program, an age for a person; the tenant where an operator sees those of others. */
export function toConnectionRow(connection: Connection, look: Look): string[] {
  const { id, status, name, createdAt, error, provider, region, vpnGatewayId, providerConnectionId, tenant } =
    connection;
  const made = look.isTerminal ? toAge(createdAt, look.now) : createdAt;
  return [
    id,
    status,
    name,
    made,
    error?.code ?? "",
    `${provider} ${region}`,
    vpnGatewayId,
    providerConnectionId ?? "",
    tenant ?? "",
  ];
}
