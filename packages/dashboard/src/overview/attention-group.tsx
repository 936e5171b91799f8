import type { AttentionGroup, AttentionItem } from "@vpn-broker/client";
import { ask } from "../actions/ask.ts";
import { mayChange } from "../app/reach-of-key.ts";
import { toRequest } from "../app/route.ts";
import { texts } from "../texts.ts";
import { Sentence } from "../time/sentence.tsx";
import { Each } from "./attention-alike.tsx";
import { covers, toGroupFilters } from "./suggest.ts";
import { toList, whose } from "./whose.ts";

/** What several requests have in common, and what can be done to all of them. */
export function Group({ group, items }: { group: AttentionGroup; items: readonly AttentionItem[] }) {
  const { reason, action, count, provider, region, errorCode, host } = group;
  const theirs = host === undefined ? [] : items.filter((item) => item.host === host);
  // One of these is enough: all that follow end the same way.
  const title = errorCode === "provider_auth" ? texts.attention.refused : texts.attention.groups[reason];
  const covered = items.filter((item) => covers(group, item));
  const place = [provider && texts.providers[provider], region, errorCode, host].filter(Boolean).join(", ");
  const filters = toGroupFilters(group);
  return (
    <li class="attention-group">
      <div>
        <strong>{title}</strong> <span class="soft">{place}</span>{" "}
        <span class="soft">{texts.attention.requests(count)}</span>
        <p>
          <Sentence text={action} />
        </p>
        {covered.length > 0 ? <Each items={covered} /> : null}
      </div>
      <div class="actions">
        {group.connectionId === undefined ? null : <a href={toRequest(group.connectionId)}>{texts.attention.one}</a>}
        {filters ? <a href={toList(filters)}>{texts.attention.show(count)}</a> : null}
        {filters && reason === "failure_wave" && mayChange.value ? (
          <button type="button" onClick={() => ask({ action: "redrive", query: { ...whose.value, ...filters } })}>
            {texts.attention.redriveAll}
          </button>
        ) : null}
        {theirs.length > 0 && mayChange.value ? (
          <button
            type="button"
            onClick={() => ask({ action: "resend", connections: theirs.map(({ connection }) => connection) })}
          >
            {texts.attention.allOf.resend}
          </button>
        ) : null}
      </div>
    </li>
  );
}
