import type { AttentionGroup, AttentionItem, Connection } from "@vpn-broker/client";
import { type Look, paint } from "../text/look.ts";
import { plain } from "../text/plain.ts";
import { toTabs } from "../text/table.ts";
import { toAge } from "../text/times.ts";
import { wrap } from "../text/width.ts";

/** What a person should look at: for each why, which requests, and what to do. */
export function showAttention(groups: readonly AttentionGroup[], items: readonly AttentionItem[], look: Look): string {
  if (!look.isTerminal) return toTabs([...groups.map(toGroupRow), ...items.map(toItemRow)]).join("\n");
  return [
    ...groups.map((group) => block([`${words(group.reason)}: ${describeGroup(group)}`], group.action, look)),
    ...joinAlike(items).map((alike) => showAlike(alike, look)),
  ].join("\n\n");
}

const words = (reason: string) => reason.replaceAll("_", " ");

function describeGroup({ count, provider, region, errorCode, host }: AttentionGroup): string {
  const where = [provider, region, errorCode, host].filter(Boolean).join(" ");
  return `${count} ${count === 1 ? "request" : "requests"}${where ? `, ${where}` : ""}`;
}

type Alike = [AttentionItem, ...AttentionItem[]];

/** Neighbours that say the same of different requests. */
function joinAlike(items: readonly AttentionItem[]): Alike[] {
  const joined: Alike[] = [];
  for (const item of items) {
    const last = joined.at(-1);
    if (last && keyOf(last[0]) === keyOf(item)) last.push(item);
    else joined.push([item]);
  }
  return joined;
}

const keyOf = ({ reason, action, connection }: AttentionItem) =>
  [reason, action, connection.status, connection.statusReason].join("\n");

function showAlike([first, ...others]: Alike, look: Look): string {
  const { reason, action, connection } = first;
  const { status, statusReason, updatedAt } = connection;
  const why = `${status} for ${toAge(updatedAt, look.now)}: ${statusReason}`;
  if (others.length === 0) return block([`${words(reason)}: ${describeRequest(connection)}`, why], action, look);
  const requests = [first, ...others].map((item) => describeRequest(item.connection));
  return block([`${words(reason)}: ${requests.length} requests`, ...requests, why], action, look);
}

function describeRequest({ id, name, provider, region, vpnGatewayId, tenant }: Connection): string {
  return `${id} ${name}, ${provider} ${region} ${vpnGatewayId}${tenant ? `, of ${tenant}` : ""}`;
}

function block([first = "", ...lines]: readonly string[], action: string, look: Look): string {
  const indented = [...lines, `→ ${action}`].flatMap((line) => wrap(plain(line), Math.max(20, look.columns - 4)));
  const head = wrap(plain(first), look.columns).map((line) => paint(line, "bold", look));
  return [...head, ...indented.map((line) => `    ${line}`)].join("\n");
}

function toGroupRow({ reason, count, provider, region, errorCode, host, action }: AttentionGroup): string[] {
  return [reason, String(count), provider ?? "", region ?? "", errorCode ?? host ?? "", "", action];
}

function toItemRow({ reason, action, connection }: AttentionItem): string[] {
  const { id, provider, region, vpnGatewayId, name } = connection;
  return [reason, id, provider, region, vpnGatewayId, name, action];
}
