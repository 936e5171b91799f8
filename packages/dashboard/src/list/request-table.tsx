import type { Connection, Status } from "@vpn-broker/client";
import { Component } from "preact";
import { toRequest } from "../app/route.ts";
import { StatusBadge, TroubledTunnels } from "../parts/status-badge.tsx";
import { texts } from "../texts.ts";
import { Sentence } from "../time/sentence.tsx";
import { Time, Took } from "../time/time.tsx";
import { matches } from "./merge-rows.ts";

/** Requests, one a row. What is wide goes under the name where there is no room. */
export function RequestTable({
  rows,
  statuses,
}: {
  rows: readonly Connection[];
  statuses?: readonly Status[] | undefined;
}) {
  const { columns } = texts.list;
  return (
    <table class="requests">
      <caption class="visually-hidden">{texts.list.caption}</caption>
      <thead>
        <tr>
          <th scope="col">{columns.status}</th>
          <th scope="col">{columns.name}</th>
          <th scope="col" class="from-900">
            {columns.where}
          </th>
          <th scope="col" class="from-900">
            {columns.why}
          </th>
          <th scope="col" class="number from-700">
            {columns.accepted}
          </th>
          <th scope="col" class="number from-700">
            {columns.took}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.id} row={row} isLeft={!matches(row, statuses)} />
        ))}
      </tbody>
    </table>
  );
}

/** A row that is as it was is not made again: a list of a thousand is renewed every few seconds. */
class Row extends Component<RowProps> {
  override shouldComponentUpdate({ row, isLeft }: RowProps) {
    const { row: before, isLeft: wasLeft } = this.props;
    const isSame = row.id === before.id && row.revision === before.revision && isLeft === wasLeft;
    return !isSame || row.queue?.position !== before.queue?.position || row.queue?.ahead !== before.queue?.ahead;
  }

  override render() {
    return toRow(this.props);
  }
}

interface RowProps {
  row: Connection;
  isLeft: boolean;
}

function toRow({ row, isLeft }: RowProps) {
  return (
    <tr class={isLeft ? "is-left" : ""}>
      <td>
        <StatusBadge status={row.status} />
      </td>
      <th scope="row">
        <a href={toRequest(row.id)}>{row.name}</a> <code class="id">{row.id.slice(0, 12)}</code>
        {isLeft ? <span class="soft block">{texts.list.left}</span> : null}
        <span class="soft block until-900">
          {toWhere(row)}, {row.vpnGatewayId}
          <span class="until-700">
            , <Time at={row.createdAt} />
          </span>
        </span>
        <span class="block until-900">{toWhy(row)}</span>
      </th>
      <td class="from-900 where">
        {toWhere(row)}
        <code class="block">{row.vpnGatewayId}</code>
      </td>
      <td class="from-900 why">{toWhy(row)}</td>
      <td class="number from-700">
        <Time at={row.createdAt} />
      </td>
      <td class="number from-700">
        <Took from={row.createdAt} until={row.completedAt} />
      </td>
    </tr>
  );
}

/** Whose it is, where the API says so, and where. */
const toWhere = ({ tenant, provider, region }: Connection) =>
  [tenant, texts.providers[provider], region].filter(Boolean).join(", ");

/** Why it is as it is, and of what failed by which code. */
function toWhy(row: Connection) {
  const { error, queue, statusReason } = row;
  return (
    <>
      {error && error.code !== row.status ? <code>{error.code}</code> : null} <Sentence text={statusReason} />{" "}
      <TroubledTunnels connection={row} />
      {queue ? <span class="soft"> {texts.list.queue(queue.position, queue.ahead)}</span> : null}
    </>
  );
}
