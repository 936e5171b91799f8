import { type AttentionItem, isFinal } from "@vpn-broker/client";
import { ask } from "../actions/ask.ts";
import { mayChange } from "../app/reach-of-key.ts";
import { toRequest } from "../app/route.ts";
import { StatusBadge } from "../parts/status-badge.tsx";
import { texts } from "../texts.ts";
import { Sentence } from "../time/sentence.tsx";
import { Time } from "../time/time.tsx";
import { suggestAction, unfinished } from "./suggest.ts";
import { toList } from "./whose.ts";

/** A request that needs a person, why, and the next action. */
export function Item({ item: { reason, action, connection } }: { item: AttentionItem }) {
  const { id, tenant, name, status, provider, region, vpnGatewayId, updatedAt, error, providerProblem } = connection;
  const suggested = mayChange.value ? suggestAction(reason, connection) : undefined;
  return (
    <li>
      <div>
        <strong>{texts.attention.reasons[reason]}</strong> <a href={toRequest(id)}>{name}</a>{" "}
        <StatusBadge status={status} />
        {error ? <code> {error.code}</code> : null}
        {providerProblem ? ` ${texts.errorClasses[providerProblem.class]}` : null}{" "}
        <span class="soft">
          {[tenant, texts.providers[provider], region, vpnGatewayId].filter(Boolean).join(", ")},{" "}
          <Time at={updatedAt} />
        </span>
        <p>
          <Sentence text={action} />
        </p>
      </div>
      <div class="actions">
        {suggested ? (
          <button type="button" onClick={() => ask({ action: suggested, connections: [connection] })}>
            {texts.actions.single[suggested]}
            <span class="visually-hidden"> {name}</span>
          </button>
        ) : (
          <>
            <a href={toRequest(id)}>
              {texts.attention.open}
              <span class="visually-hidden"> {name}</span>
            </a>
            {isFinal(connection) ? null : (
              <a href={toList({ provider, region, vpnGatewayId, status: unfinished })}>
                {texts.attention.gateway}
                <span class="visually-hidden"> {vpnGatewayId}</span>
              </a>
            )}
          </>
        )}
      </div>
    </li>
  );
}
