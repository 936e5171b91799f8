import type { Connection, Delivery } from "@vpn-broker/client";
import { findMisfit } from "../actions/action.ts";
import { ask } from "../actions/ask.ts";
import { mayChange } from "../app/reach-of-key.ts";
import { CopyableId } from "../parts/copy-button.tsx";
import { DataTable } from "../parts/data-table.tsx";
import { DeliveryBadge } from "../parts/status-badge.tsx";
import { texts } from "../texts.ts";
import { formatDuration } from "../time/format-time.ts";
import { Time } from "../time/time.tsx";
import { Outcome } from "./event-text.tsx";

interface Props {
  connection: Connection;
  deliveries: readonly Delivery[];
}

/** The webhooks of a request with every attempt; only that of the present end can be sent again. */
export function Deliveries({ connection, deliveries }: Props) {
  const { url } = connection.request.callback ?? {};
  const mayResend = mayChange.value && findMisfit("resend", { connection }) === undefined && deliveries.length > 0;
  return (
    <section aria-labelledby="deliveries-title">
      <div class="section-head">
        <h2 id="deliveries-title">{texts.deliveries.title}</h2>
        <span class="soft">{url ?? texts.deliveries.tenantUrl}</span>
        {mayResend ? (
          <button type="button" onClick={() => ask({ action: "resend", connections: [connection] })}>
            {texts.actions.single.resend}
          </button>
        ) : null}
      </div>
      {deliveries.length === 0 ? <p class="soft">{texts.deliveries.none}</p> : null}
      {deliveries.map((delivery) => (
        <OneDelivery key={delivery.id} delivery={delivery} />
      ))}
    </section>
  );
}

function OneDelivery({ delivery: { id, state, attempts, nextAttemptAt } }: { delivery: Delivery }) {
  const { columns } = texts.deliveries;
  const failed = attempts.filter(({ outcome }) => outcome !== "ok").length;
  return (
    <div class="delivery">
      <p>
        <DeliveryBadge state={state} />{" "}
        {state === "delivered" && failed > 0 ? (
          <span class="problem">{texts.deliveries.afterFailures(failed)}</span>
        ) : null}{" "}
        <CopyableId text={id} name={texts.deliveries.id} />{" "}
        {nextAttemptAt === undefined ? null : (
          <span class="soft">
            {texts.deliveries.next} <Time at={nextAttemptAt} />
          </span>
        )}
      </p>
      {attempts.length === 0 ? null : (
        <DataTable
          caption={texts.deliveries.caption}
          columns={[
            { name: columns.attempt, isNumber: true },
            { name: columns.at },
            { name: columns.outcome },
            { name: columns.code, isNumber: true },
            { name: columns.took, isNumber: true },
          ]}
          rows={attempts.map(({ attempt, at, outcome, statusCode, durationMilliseconds }) => ({
            key: attempt,
            class: outcome === "ok" ? "" : "is-failed",
            cells: [
              attempt,
              <Time at={at} />,
              <Outcome outcome={outcome} />,
              statusCode,
              formatDuration(durationMilliseconds / 1000),
            ],
          }))}
        />
      )}
    </div>
  );
}
