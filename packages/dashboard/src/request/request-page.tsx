import { type Connection, isFinal } from "@vpn-broker/client";
import { useEffect } from "preact/hooks";
import { actionNames, findMisfit } from "../actions/action.ts";
import { ask } from "../actions/ask.ts";
import { isPaused } from "../api/live.ts";
import { usePoll } from "../api/use-poll.ts";
import { mayChange } from "../app/reach-of-key.ts";
import { toRequests } from "../app/route.ts";
import { api } from "../app/session.ts";
import { Empty, Loading, Problem } from "../parts/message.tsx";
import { StatusBadge, TroubledTunnels } from "../parts/status-badge.tsx";
import { texts } from "../texts.ts";
import { Sentence } from "../time/sentence.tsx";
import { Deliveries, WebhookTrouble } from "./deliveries.tsx";
import { Expected } from "./expected.tsx";
import { ParameterTable } from "./parameter-table.tsx";
import { Raw } from "./raw.tsx";
import { Summary } from "./summary.tsx";
import { Timeline } from "./timeline.tsx";
import { Trouble } from "./trouble.tsx";
import { Tunnels } from "./tunnels.tsx";
import { type Followed, useRequest } from "./use-request.ts";

/** One request: what became of it and why, everything that was done, and what can be done. */
export function RequestPage({ id }: { id: string }) {
  const { connection, error } = useRequest(id).value;
  useEffect(() => {
    document.title = `${connection ? `${texts.statuses[connection.status]}: ${connection.name}` : id} – ${texts.brand}`;
  }, [connection?.status, connection?.name]);
  if (connection) return <Known connection={connection} error={error} />;
  if (error?.status !== 404) return error ? <Problem error={error} /> : <Loading />;
  return (
    <Empty title={texts.request.notFound(id)}>
      <p>{texts.request.notFoundAdvice}</p>
      <p>
        <a href={toRequests()}>{texts.search.toList}</a>
      </p>
    </Empty>
  );
}

function Known({ connection, error }: Followed & { connection: Connection }) {
  const { id, status, revision } = connection;
  const isUnfinished = !isFinal(connection);
  // The timeline grows without a new revision too.
  const history = usePoll(
    async (signal) => {
      const [events, deliveries] = await Promise.all([api().events(id, { signal }), api().deliveries(id, { signal })]);
      return { events, deliveries };
    },
    { question: id, renewal: revision, seconds: 5 },
  );
  const { events = [], deliveries = [] } = history.value.data ?? {};
  const fitting = actionNames.filter((action) => action !== "resend" && !findMisfit(action, { connection }));
  return (
    <article class="request">
      <div class="page-head">
        <h1>
          {connection.name} <StatusBadge status={status} /> <TroubledTunnels connection={connection} />
        </h1>
        <div class="actions">
          {mayChange.value && findMisfit("cancel", { connection }) === "sent" ? (
            <span class="soft">{texts.actions.noCancel}</span>
          ) : null}
          {mayChange.value
            ? fitting.map((action) => (
                <button key={action} type="button" onClick={() => ask({ action, connections: [connection] })}>
                  {texts.actions.single[action]}
                </button>
              ))
            : null}
        </div>
      </div>
      <output class="reason block">
        <Sentence text={connection.statusReason} />
        {isUnfinished ? <span class="soft"> {isPaused.value ? texts.request.paused : texts.request.live}</span> : null}
      </output>
      {error ? <Problem error={error} /> : null}
      {isUnfinished ? <Expected connection={connection} /> : null}
      <Trouble connection={connection} />
      <WebhookTrouble connection={connection} deliveries={deliveries} />
      <Summary connection={connection} />
      {history.value.data ? (
        <Timeline events={events} isOver={!isUnfinished} />
      ) : history.value.error ? (
        <Problem error={history.value.error} />
      ) : (
        <Loading />
      )}
      <Tunnels connection={connection} />
      <Deliveries connection={connection} deliveries={deliveries} />
      <ParameterTable connection={connection} />
      <Raw connection={connection} events={events} />
    </article>
  );
}
