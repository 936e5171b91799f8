import type { Connection } from "@vpn-broker/client";
import { useEffect } from "preact/hooks";
import { usePoll } from "../api/use-poll.ts";
import { wholeReach } from "../app/reach-of-key.ts";
import { toRequest, toRequests } from "../app/route.ts";
import { goTo } from "../app/router.ts";
import { api } from "../app/session.ts";
import { Empty, Loading, Problem } from "../parts/message.tsx";
import { texts } from "../texts.ts";
import { readAll } from "./read-all.ts";
import { RequestTable } from "./request-table.tsx";

/** The requests that an id belongs to, the only one is opened at once; where there is none, those that are named so. */
export function SearchPage({ id }: { id: string }) {
  const polled = usePoll(
    async (signal) => {
      const found = await api().search(id, { signal });
      return { found, named: found.length > 0 ? [] : await findNamed(id, signal) };
    },
    { question: id, seconds: 30 },
  );
  const { data, error } = polled.value;
  const only = data?.found.length === 1 ? data.found[0] : undefined;
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
      ) : data.named.length > 0 ? (
        <>
          <p>{texts.search.named}</p>
          <RequestTable rows={data.named} />
        </>
      ) : data.found.length === 0 ? (
        <Empty title={texts.search.none}>
          <p>{texts.search.noneAdvice}</p>
          <p>
            <a href={toRequests()}>{texts.search.toList}</a>
          </p>
        </Empty>
      ) : (
        <>
          <p class="soft">
            {texts.search.matched([...new Set(data.found.map(({ matched }) => texts.matches[matched]))])}
          </p>
          <RequestTable rows={data.found.map(({ connection }) => connection)} />
        </>
      )}
    </>
  );
}

/** The API finds by ids only. */
async function findNamed(text: string, signal: AbortSignal): Promise<Connection[]> {
  const { connections } = await readAll(wholeReach.value, { max: 500, signal, onProgress: () => undefined });
  return connections.filter(({ name }) => name.toLowerCase().includes(text.toLowerCase()));
}
