import type { Connection } from "@vpn-broker/client";
import { TunnelBadge } from "../parts/status-badge.tsx";
import { texts } from "../texts.ts";

/** How far each tunnel is, and whose side is to be looked at where the vendor's diagnosis says so. */
export function Tunnels({ connection: { tunnels, request } }: { connection: Connection }) {
  const { columns } = texts.tunnels;
  return (
    <section aria-labelledby="tunnels-title">
      <h2 id="tunnels-title">{texts.tunnels.title}</h2>
      <table>
        <caption class="visually-hidden">{texts.tunnels.title}</caption>
        <thead>
          <tr>
            <th scope="col">{columns.tunnel}</th>
            <th scope="col">{columns.state}</th>
            <th scope="col">{columns.reason}</th>
            <th scope="col">{columns.peer}</th>
          </tr>
        </thead>
        <tbody>
          {tunnels.map(({ state, reason }, index) => {
            const { role, customerGatewayId } = request.tunnels[index] ?? {};
            return (
              <tr key={index}>
                <th scope="row">{role ?? texts.tunnels.one(index + 1)}</th>
                <td>
                  <TunnelBadge state={state} />
                </td>
                <td>{reason}</td>
                <td>
                  <code>{customerGatewayId ?? ""}</code>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
