import type { Attention, AttentionGroup, AttentionItem } from "@vpn-broker/client";
import type { ActionName } from "../actions/action.ts";
import { ask } from "../actions/ask.ts";
import { mayChange } from "../app/reach-of-key.ts";
import { toRequest, toRequests } from "../app/route.ts";
import { writeFilters } from "../list/filters.ts";
import { StatusBadge } from "../parts/status-badge.tsx";
import { texts } from "../texts.ts";
import { Sentence } from "../time/sentence.tsx";
import { Time } from "../time/time.tsx";
import { countReasons, suggestAction, toGroupFilters, unfinished } from "./suggest.ts";

interface Props {
  attention: Attention;
  /** The only reason that is shown. */
  only: string | undefined;
  onOnly: (reason: string | undefined) => void;
  onMore: () => void;
}

/** What needs a person, each with why and what to do: what several have in common comes first. */
export function AttentionList({ attention: { groups, items, nextCursor }, only, onOnly, onMore }: Props) {
  if (groups.length === 0 && items.length === 0 && nextCursor === undefined) {
    return <p class="notice is-succeeded">✓ {texts.attention.none}</p>;
  }
  const counts = countReasons(items);
  const shown = items.filter(({ reason }) => only === undefined || only === reason);
  return (
    <>
      {counts.size > 1 || only !== undefined ? (
        <fieldset class="choice">
          <legend class="visually-hidden">{texts.attention.reasonsTitle}</legend>
          <Reason
            name={texts.attention.all(items.length)}
            isChosen={only === undefined}
            onChoose={() => onOnly(undefined)}
          />
          {[...counts].map(([reason, count]) => (
            <Reason
              key={reason}
              name={texts.attention.reason(texts.attention.reasons[reason], count)}
              isChosen={only === reason}
              onChoose={() => onOnly(reason)}
            />
          ))}
        </fieldset>
      ) : null}
      <ul class="attention">
        {only === undefined
          ? groups.map((group) => (
              <Group key={JSON.stringify({ ...group, action: "", count: 0 })} group={group} items={items} />
            ))
          : null}
        {shown.map((item) => (
          <Item key={item.connection.id} item={item} />
        ))}
        {nextCursor === undefined ? null : (
          <li>
            <button type="button" onClick={onMore}>
              {texts.attention.more(items.length)}
            </button>
          </li>
        )}
      </ul>
    </>
  );
}

function Reason({ name, isChosen, onChoose }: { name: string; isChosen: boolean; onChoose: () => void }) {
  return (
    <label>
      <input type="radio" name="reason" checked={isChosen} onChange={onChoose} />
      <span>{name}</span>
    </label>
  );
}

function Group({ group, items }: { group: AttentionGroup; items: readonly AttentionItem[] }) {
  const { reason, action, count, provider, region, errorCode, host } = group;
  const theirs = host === undefined ? [] : items.filter((item) => item.action.includes(host));
  const place = [provider && texts.providers[provider], region, errorCode, host].filter(Boolean).join(", ");
  const filters = toGroupFilters(group);
  return (
    <li class="attention-group">
      <div>
        <strong>{texts.attention.groups[reason]}</strong> <span class="soft">{place}</span>{" "}
        <span class="soft">{texts.attention.requests(count)}</span>
        <p>
          <Sentence text={action} />
        </p>
      </div>
      <div class="actions">
        {filters ? <a href={toRequests(writeFilters(filters))}>{texts.attention.show(count)}</a> : null}
        {filters && reason === "failure_wave" && mayChange.value ? (
          <button type="button" onClick={() => ask({ action: "redrive", query: filters })}>
            {texts.attention.redriveAll}
          </button>
        ) : null}
        {theirs.length > 0 && mayChange.value ? (
          <button
            type="button"
            onClick={() => ask({ action: "resend", connections: theirs.map(({ connection }) => connection) })}
          >
            {texts.attention.resendAll}
          </button>
        ) : null}
      </div>
    </li>
  );
}

function Item({ item: { reason, action, connection } }: { item: AttentionItem }) {
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
          <ActionButton action={suggested} item={{ connection }} />
        ) : (
          <>
            <a href={toRequest(id)}>
              {texts.attention.open}
              <span class="visually-hidden"> {name}</span>
            </a>
            <a href={toRequests(writeFilters({ provider, region, vpnGatewayId, status: unfinished }))}>
              {texts.attention.gateway}
              <span class="visually-hidden"> {vpnGatewayId}</span>
            </a>
          </>
        )}
      </div>
    </li>
  );
}

function ActionButton({
  action,
  item: { connection },
}: {
  action: ActionName;
  item: Pick<AttentionItem, "connection">;
}) {
  return (
    <button type="button" onClick={() => ask({ action, connections: [connection] })}>
      {texts.actions.single[action]}
      <span class="visually-hidden"> {connection.name}</span>
    </button>
  );
}
