import type { Connection } from "@vpn-broker/client";
import { timeMode } from "../app/preferences.ts";
import { toRequests } from "../app/route.ts";
import { writeFilters } from "../list/filters.ts";
import { CopyableId } from "../parts/copy-button.tsx";
import { texts } from "../texts.ts";
import { Time, Took } from "../time/time.tsx";
import { toConsole } from "./console-link.ts";
import { isWaiting } from "./expected.tsx";

/** What the request is, by which names it is known where, and when it was what. */
export function Summary({ connection }: { connection: Connection }) {
  const { provider, region, vpnGatewayId, status, createdAt, completedAt } = connection;
  const { facts } = texts.request;
  return (
    <dl class="facts">
      {connection.tenant === undefined ? null : <Id name={facts.tenant} text={connection.tenant} />}
      <Id name={facts.id} text={connection.id} />
      <Id name={facts.providerConnectionName} text={connection.providerConnectionName} />
      {connection.providerConnectionId === undefined ? null : (
        <Id name={facts.providerConnectionId} text={connection.providerConnectionId} />
      )}
      <Id name={facts.clientToken} text={connection.clientToken} />
      <div>
        <dt>{facts.gateway}</dt>
        <dd>
          <CopyableId text={vpnGatewayId} name={facts.gateway} />
          <br />
          {texts.providers[provider]}, {region}
          <br />
          <a href={toRequests(writeFilters({ provider, region, vpnGatewayId }))}>{texts.request.sameGateway}</a>{" "}
          <a href={toConsole(connection)} target="_blank" rel="noopener noreferrer">
            {texts.request.console[provider]} ↗
          </a>
        </dd>
      </div>
      <div>
        <dt>{timeMode.value === "relative" ? facts.times : texts.filters.times(facts.times, timeMode.value)}</dt>
        <dd>
          {texts.request.accepted} <Time at={createdAt} />
          <br />
          {completedAt === undefined ? (
            <>
              {isWaiting(status) ? texts.request.waits : texts.request.runs} <Took from={createdAt} />
            </>
          ) : (
            <>
              {texts.request.ended} <Time at={completedAt} />, {texts.request.after}{" "}
              <Took from={createdAt} until={completedAt} />
            </>
          )}
        </dd>
      </div>
      <div>
        <dt>{facts.attempts}</dt>
        <dd>{texts.request.attempts(connection.attempts)}</dd>
      </div>
    </dl>
  );
}

function Id({ name, text }: { name: string; text: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <CopyableId text={text} name={name} />
      </dd>
    </div>
  );
}
