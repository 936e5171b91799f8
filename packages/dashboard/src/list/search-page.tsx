import { useEffect } from "preact/hooks";
import { usePoll } from "../api/use-poll.ts";
import { toRequest, toRequests } from "../app/route.ts";
import { goTo } from "../app/router.ts";
import { api } from "../app/session.ts";
import { Empty, Loading, Problem } from "../parts/message.tsx";
import { texts } from "../texts.ts";
import { RequestTable } from "./request-table.tsx";

/** The requests that an id belongs to; the only one is opened at once. */
export function SearchPage({ id }: { id: string }) {
  const polled = usePoll((signal) => api().search(id, { signal }), { question: id, seconds: 15 });
  const { data, error } = polled.value;
  const only = data?.length === 1 ? data[0] : undefined;
  useEffect(() => {
    document.title = `${texts.search.title(id)} – ${texts.brand}`;
    if (only) goTo(toRequest(only.connection.id), { replace: true });
  }, [id, only?.connection.id]);
  return (
    <>
      <h1>{texts.search.title(id)}</h1>
      {error ? <Problem error={error} /> : null}
      {!data ? (
        error ? null : (
          <Loading />
        )
      ) : data.length === 0 ? (
        <Empty title={texts.search.none}>
          <p>{texts.search.noneAdvice}</p>
          <p>
            <a href={toRequests()}>{texts.search.toList}</a>
          </p>
        </Empty>
      ) : (
        <>
          <p class="soft">{texts.search.matched([...new Set(data.map(({ matched }) => texts.matches[matched]))])}</p>
          <RequestTable rows={data.map(({ connection }) => connection)} />
        </>
      )}
    </>
  );
}
