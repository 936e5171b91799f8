import type { Connection } from "@vpn-broker/client";
import { DataTable } from "../parts/data-table.tsx";
import { TunnelBadge } from "../parts/status-badge.tsx";
import { texts } from "../texts.ts";

/** How far each tunnel is, and whose side is to be looked at where the vendor's diagnosis says so. */
export function Tunnels({ connection: { tunnels, request } }: { connection: Connection }) {
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
                <TunnelBadge state={state} /> {reason}
              </>,
            ],
          };
        })}
      />
    </section>
  );
}
