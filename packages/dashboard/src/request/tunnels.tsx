import type { Connection } from "@vpn-broker/client";
import { DataTable } from "../parts/data-table.tsx";
import { TunnelBadge } from "../parts/status-badge.tsx";
import { texts } from "../texts.ts";

/** How far each tunnel is, and whose side is to be looked at where the vendor's diagnosis says so. */
export function Tunnels({ connection }: { connection: Connection }) {
  const { status, tunnels, request, providerConnectionId } = connection;
  // Then there is none whose state could be known or not.
  const isNone = (status === "failed" || status === "canceled") && providerConnectionId === undefined;
  const { columns, title, one } = texts.tunnels;
  return (
    <section aria-labelledby="tunnels-title">
      <h2 id="tunnels-title">{title}</h2>
      <DataTable
        caption={title}
        columns={[{ name: columns.tunnel }, { name: columns.state }]}
        rows={tunnels.map(({ state, reason }, index) => {
          const { role, customerGatewayId } = request.tunnels[index] ?? {};
          return {
            key: index,
            cells: [
              <>
                {role ?? one(index + 1)} <code class="block">{customerGatewayId}</code>
              </>,
              <>
                {isNone ? null : <TunnelBadge state={state} />} {reason}
              </>,
            ],
          };
        })}
      />
    </section>
  );
}
