import type { ListConnectionsQuery } from "@vpn-broker/client";
import { useEffect } from "preact/hooks";
import { BulkActions } from "../actions/bulk-actions.tsx";
import { wholeReach } from "../app/reach-of-key.ts";
import { toRequests } from "../app/route.ts";
import { goTo } from "../app/router.ts";
import { Empty, Loading, Problem } from "../parts/message.tsx";
import { texts } from "../texts.ts";
import { ExportButton } from "./export-button.tsx";
import { FilterBar } from "./filter-bar.tsx";
import { countFilters, type Filters, readFilters, writeFilters } from "./filters.ts";
import { matches } from "./merge-rows.ts";
import { RequestTable } from "./request-table.tsx";
import { useRows } from "./use-rows.ts";

/** The requests, narrowed by the address. */
export function ListPage({ query }: { query: URLSearchParams }) {
  const filters = readFilters(query);
  const asked: ListConnectionsQuery = { ...wholeReach.value, ...filters };
  const { listing, loadMore, release } = useRows(asked, JSON.stringify(asked));
  const { rows, error, isLoadingMore } = listing.value;
  useEffect(() => {
    document.title = `${texts.list.title} – ${texts.brand}`;
  }, []);
  const change = (next: Filters, isTyping: boolean) => goTo(toRequests(writeFilters(next)), { replace: isTyping });
  const left = rows?.shown.filter((row) => !matches(row, filters.status)).length ?? 0;
  return (
    <>
      <div class="page-head">
        <h1>{texts.list.title}</h1>
        <div class="actions">
          <BulkActions query={asked} />
          <ExportButton query={asked} />
          {countFilters(filters) > 0 ? <a href={toRequests()}>{texts.filters.clear}</a> : null}
        </div>
      </div>
      <FilterBar filters={filters} error={error} onChange={change} />
      {error ? <Problem error={error} /> : null}
      <output class="held block">
        {rows && (rows.held.length > 0 || left > 0) ? (
          <button type="button" onClick={release}>
            {rows.held.length > 0 ? texts.list.held(rows.held.length) : texts.list.hide(left)}
          </button>
        ) : null}
      </output>
      {!rows ? (
        error ? null : (
          <Loading />
        )
      ) : rows.shown.length === 0 && rows.nextCursor === undefined ? (
        <NoRequests isFiltered={countFilters(filters) > 0} />
      ) : (
        <>
          <RequestTable rows={rows.shown} statuses={filters.status} />
          <p class="more">
            {rows.nextCursor === undefined ? (
              <span class="soft">{texts.list.all(rows.shown.length)}</span>
            ) : (
              <button type="button" disabled={isLoadingMore} onClick={() => void loadMore()}>
                {isLoadingMore ? texts.loading : texts.list.more(rows.shown.length)}
              </button>
            )}
          </p>
        </>
      )}
    </>
  );
}

function NoRequests({ isFiltered }: { isFiltered: boolean }) {
  return isFiltered ? (
    <Empty title={texts.list.noneFiltered}>
      <p>
        <a href={toRequests()}>{texts.filters.clear}</a>
      </p>
    </Empty>
  ) : (
    <Empty title={texts.list.none}>
      <p>{texts.list.noneAdvice}</p>
    </Empty>
  );
}
