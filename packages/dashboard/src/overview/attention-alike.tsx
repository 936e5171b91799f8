import { useSignal } from "@preact/signals";
import type { AttentionItem } from "@vpn-broker/client";
import { ask } from "../actions/ask.ts";
import { mayChange } from "../app/reach-of-key.ts";
import { texts } from "../texts.ts";
import { Sentence } from "../time/sentence.tsx";
import { Item } from "./attention-item.tsx";
import { suggestAction } from "./suggest.ts";
import { toList } from "./whose.ts";

/** Several that need the same, as one; each is there for who looks closer. */
export function Alike({ items, first }: { items: readonly AttentionItem[]; first: AttentionItem }) {
  const { reason, action, host, connection } = first;
  const { provider, region, error, providerProblem } = connection;
  const suggested = mayChange.value ? suggestAction(reason, connection) : undefined;
  const what = host ?? [texts.providers[provider], region].join(", ");
  const why = error?.code ?? (providerProblem ? texts.errorClasses[providerProblem.class] : undefined);
  return (
    <li>
      <div>
        <strong>{texts.attention.reasons[reason]}</strong> {texts.attention.requests(items.length)}
        {why === undefined || host !== undefined ? null : <code> {why}</code>} <span class="soft">{what}</span>
        <p>
          <Sentence text={action} />
        </p>
        <Each items={items} />
      </div>
      <div class="actions">
        {suggested ? (
          <button
            type="button"
            onClick={() => ask({ action: suggested, connections: items.map((item) => item.connection) })}
          >
            {texts.attention.allOf[suggested]}
          </button>
        ) : null}
        {reason === "failed" && error ? (
          <a href={toList({ status: ["failed"], provider, region, errorCode: error.code })}>
            {texts.attention.show(items.length)}
          </a>
        ) : null}
      </div>
    </li>
  );
}

/** Requests that were told together, one by one. */
export function Each({ items }: { items: readonly AttentionItem[] }) {
  const isOpen = useSignal(false);
  return (
    <details
      onToggle={({ currentTarget }) => {
        isOpen.value = currentTarget.open;
      }}
    >
      <summary>{texts.attention.each(items.map((item) => item.connection.name))}</summary>
      {isOpen.value ? (
        <ul class="attention">
          {items.map((item) => (
            <Item key={item.connection.id} item={item} />
          ))}
        </ul>
      ) : null}
    </details>
  );
}
