import type { Stats } from "@vpn-broker/client";
import { toRequest } from "../app/route.ts";
import { DataTable } from "../parts/data-table.tsx";
import { StatusBadge } from "../parts/status-badge.tsx";
import { texts } from "../texts.ts";
import { Took } from "../time/time.tsx";
import { unfinished } from "./suggest.ts";
import { toList } from "./whose.ts";

/** Who waits for which gateway, the longest queues first, each with the request at its head. */
export function Queues({ queues, unfinished: { oldest, isWhole } }: Pick<Stats, "queues" | "unfinished">) {
  const { columns } = texts.queues;
  return (
    <section aria-labelledby="queues-title">
      <h2 id="queues-title">{texts.queues.title}</h2>
      {oldest ? (
        <p>
          {texts.queues.oldest} <RequestLink request={oldest} /> <Took from={oldest.createdAt} />
        </p>
      ) : null}
      {isWhole ? null : <p class="problem">{texts.queues.part}</p>}
      {queues.length === 0 ? (
        <p class="soft">{texts.queues.none}</p>
      ) : (
        <DataTable
          caption={texts.queues.title}
          columns={[
            { name: columns.gateway },
            { name: columns.waiting, isNumber: true },
            { name: columns.head },
            { name: columns.age, isNumber: true },
          ]}
          rows={queues.map(({ provider, region, vpnGatewayId, waiting, oldest: head }) => ({
            key: `${provider} ${region} ${vpnGatewayId}`,
            cells: [
              <>
                <a href={toList({ provider, region, vpnGatewayId, status: unfinished })}>{vpnGatewayId}</a>
                <span class="soft block">
                  {texts.providers[provider]}, {region}
                </span>
              </>,
              waiting,
              <RequestLink request={head} />,
              <Took from={head.createdAt} />,
            ],
          }))}
        />
      )}
    </section>
  );
}

function RequestLink({ request: { id, status } }: { request: Stats["queues"][number]["oldest"] }) {
  return (
    <>
      <a href={toRequest(id)}>
        <code>{id.slice(0, 12)}</code>
      </a>{" "}
      <StatusBadge status={status} />
    </>
  );
}
