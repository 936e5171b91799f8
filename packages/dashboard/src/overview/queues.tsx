import type { Stats } from "@vpn-broker/client";
import { toRequest, toRequests } from "../app/route.ts";
import { writeFilters } from "../list/filters.ts";
import { StatusBadge } from "../parts/status-badge.tsx";
import { texts } from "../texts.ts";
import { Took } from "../time/time.tsx";

/** Who waits for which gateway, the longest queues first, each with the request at its head. */
export function Queues({ queues }: Pick<Stats, "queues">) {
  const { columns } = texts.queues;
  return (
    <section aria-labelledby="queues-title">
      <h2 id="queues-title">{texts.queues.title}</h2>
      {queues.length === 0 ? (
        <p class="soft">{texts.queues.none}</p>
      ) : (
        <table>
          <caption class="visually-hidden">{texts.queues.title}</caption>
          <thead>
            <tr>
              <th scope="col">{columns.gateway}</th>
              <th scope="col" class="number">
                {columns.waiting}
              </th>
              <th scope="col">{columns.head}</th>
              <th scope="col" class="number">
                {columns.age}
              </th>
            </tr>
          </thead>
          <tbody>
            {queues.map(({ provider, region, vpnGatewayId, waiting, oldest }) => (
              <tr key={`${provider} ${region} ${vpnGatewayId}`}>
                <th scope="row">
                  <a href={toRequests(writeFilters({ provider, region, vpnGatewayId }))}>{vpnGatewayId}</a>
                  <span class="soft block">
                    {texts.providers[provider]}, {region}
                  </span>
                </th>
                <td class="number">{waiting}</td>
                <td>
                  <a href={toRequest(oldest.id)}>
                    <code>{oldest.id.slice(0, 12)}</code>
                  </a>{" "}
                  <StatusBadge status={oldest.status} />
                </td>
                <td class="number">
                  <Took from={oldest.createdAt} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
