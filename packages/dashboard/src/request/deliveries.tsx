import { type Connection, type Delivery, isFinal } from "@vpn-broker/client";
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
  return (
    <section aria-labelledby="deliveries-title">
      <div class="section-head">
        <h2 id="deliveries-title">{texts.deliveries.title}</h2>
        <span class="soft">{url ?? texts.deliveries.tenantUrl}</span>
        {deliveries.length > 0 ? <ResendButton connection={connection} /> : null}
      </div>
      {deliveries.length === 0 ? (
        <p class="soft">{isFinal(connection) ? texts.deliveries.nobody : texts.deliveries.none}</p>
      ) : null}
      {deliveries.map((delivery) => (
        <OneDelivery key={delivery.id} delivery={delivery} />
      ))}
    </section>
  );
}

function ResendButton({ connection }: { connection: Connection }) {
  if (!mayChange.value || findMisfit("resend", { connection })) return null;
  return (
    <button type="button" onClick={() => ask({ action: "resend", connections: [connection] })}>
      {texts.actions.single.resend}
    </button>
  );
}

/** Says before all else that the webhook of the present end, the newest, is not taken. */
export function WebhookTrouble({ connection, deliveries: [delivery] }: Props) {
  const last = delivery?.attempts.at(-1);
  if (!delivery || !last || last.outcome === "ok") return null;
  return (
    <div class="notice is-failed">
      <p>
        <strong>{texts.deliveries.untaken}</strong> <Outcome outcome={last.outcome} />{" "}
        {texts.deliveries.attempts(delivery.attempts.length)} <NextAttempt at={delivery.nextAttemptAt} />
      </p>
      <ResendButton connection={connection} />
    </div>
  );
}

function NextAttempt({ at }: { at: string | undefined }) {
  return at === undefined ? null : (
    <span class="soft">
      {texts.deliveries.next} <Time at={at} />
    </span>
  );
}

function OneDelivery({ delivery: { id, state, attempts, nextAttemptAt } }: { delivery: Delivery }) {
  const { columns } = texts.deliveries;
  const failed = attempts.filter(({ outcome }) => outcome !== "ok").length;
  return (
    <div class="delivery">
      <p>
        <DeliveryBadge state={state === "pending" && failed > 0 ? "failing" : state} />{" "}
        {state === "delivered" && failed > 0 ? (
          <span class="problem">{texts.deliveries.afterFailures(failed)}</span>
        ) : null}{" "}
        <CopyableId text={id} name={texts.deliveries.id} /> <NextAttempt at={nextAttemptAt} />
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
