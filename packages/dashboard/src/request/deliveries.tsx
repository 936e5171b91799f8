import type { Connection, Delivery } from "@vpn-broker/client";
import { findMisfit } from "../actions/action.ts";
import { ask } from "../actions/ask.ts";
import { mayChange } from "../app/reach-of-key.ts";
import { CopyableId } from "../parts/copy-button.tsx";
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
  return (
    <div class="delivery">
      <p>
        <DeliveryBadge state={state} /> <CopyableId text={id} name={texts.deliveries.id} />{" "}
        {nextAttemptAt === undefined ? null : (
          <span class="soft">
            {texts.deliveries.next} <Time at={nextAttemptAt} />
          </span>
        )}
      </p>
      {attempts.length === 0 ? null : (
        <table>
          <caption class="visually-hidden">{texts.deliveries.caption}</caption>
          <thead>
            <tr>
              <th scope="col" class="number">
                {columns.attempt}
              </th>
              <th scope="col">{columns.at}</th>
              <th scope="col">{columns.outcome}</th>
              <th scope="col" class="number">
                {columns.code}
              </th>
              <th scope="col" class="number">
                {columns.took}
              </th>
            </tr>
          </thead>
          <tbody>
            {attempts.map((attempt) => (
              <tr key={attempt.attempt} class={attempt.outcome === "ok" ? "" : "is-failed"}>
                <td class="number">{attempt.attempt}</td>
                <td>
                  <Time at={attempt.at} />
                </td>
                <td>
                  <Outcome outcome={attempt.outcome} />
                </td>
                <td class="number">{attempt.statusCode ?? ""}</td>
                <td class="number">{formatDuration(attempt.durationMilliseconds / 1000)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}
