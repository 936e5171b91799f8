import { useSignal } from "@preact/signals";
import type { Attention } from "@vpn-broker/client";
import { useEffect } from "preact/hooks";
import { usePoll } from "../api/use-poll.ts";
import { attentionReasons } from "../api/values.ts";
import { isOperator } from "../app/reach-of-key.ts";
import { toOverview } from "../app/route.ts";
import { goTo } from "../app/router.ts";
import { api } from "../app/session.ts";
import { TextFilter } from "../list/text-filter.tsx";
import { Loading, Problem } from "../parts/message.tsx";
import { texts } from "../texts.ts";
import { AttentionList } from "./attention.tsx";
import { Figures, windows } from "./figures.tsx";
import { chosenTenant, whose } from "./whose.ts";

/** Is something broken that somebody must act on; then how things are. */
export function OverviewPage({ query }: { query: URLSearchParams }) {
  const window = windows.find((one) => one === query.get("window")) ?? "24h";
  const reach = whose.value;
  const pages = useSignal(1);
  const only = attentionReasons.find((one) => one === query.get("reason"));
  const attention = usePoll((signal) => readAttention(reach, pages.peek(), signal), {
    question: JSON.stringify(reach),
    renewal: pages.value,
  });
  const stats = usePoll((signal) => api().stats({ ...reach, window }, { signal }), {
    question: JSON.stringify({ ...reach, window }),
  });
  const tenant = chosenTenant.value;
  function show(chosen: string, reason: string | undefined, of = tenant) {
    const next = new URLSearchParams({ window: chosen });
    if (of) next.set("tenant", of);
    if (reason !== undefined) next.set("reason", reason);
    goTo(toOverview(next), { replace: true });
  }
  const needs = attention.value.data;
  const isNeeded = needs !== undefined && needs.groups.length + needs.items.length > 0;
  useEffect(() => {
    document.title = `${isNeeded ? `(!) ` : ""}${texts.overview.title} – ${texts.brand}`;
  }, [isNeeded]);
  return (
    <>
      <div class="page-head">
        <h1>{texts.overview.title}</h1>
        {isOperator.value ? (
          <TextFilter
            name="tenant"
            filters={tenant === undefined ? {} : { tenant }}
            error={attention.value.error}
            onChange={(filters) => show(window, only, filters.tenant ?? "")}
          />
        ) : (
          <span class="soft">{texts.overview.ownTenant}</span>
        )}
      </div>
      <section aria-labelledby="attention-title">
        <h2 id="attention-title">{texts.attention.title}</h2>
        {attention.value.error ? <Problem error={attention.value.error} /> : null}
        {needs ? (
          <AttentionList
            attention={needs}
            only={only}
            onOnly={(reason) => show(window, reason)}
            onMore={() => {
              pages.value += 1;
            }}
          />
        ) : attention.value.error ? null : (
          <Loading />
        )}
      </section>
      <Figures stats={stats.value} window={window} onWindow={(chosen) => show(chosen, only)} />
    </>
  );
}

/** So many pages of what needs a person, as one. */
async function readAttention(reach: { tenant?: string }, pages: number, signal: AbortSignal): Promise<Attention> {
  let whole = await api().attention({ ...reach, limit: 50 }, { signal });
  for (let page = 1; page < pages && whole.nextCursor !== undefined; page += 1) {
    const next = await api().attention({ ...reach, limit: 50, cursor: whole.nextCursor }, { signal });
    whole = { ...next, groups: whole.groups, items: [...whole.items, ...next.items] };
  }
  return whole;
}
