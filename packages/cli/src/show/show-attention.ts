import type { AttentionGroup, AttentionItem } from "@vpn-broker/client";
import { type Look, paint } from "../text/look.ts";
import { plain } from "../text/plain.ts";
import { toTabs } from "../text/table.ts";
import { toAge } from "../text/times.ts";
import { wrap } from "../text/width.ts";

/** What a person should look at: for each why, which request, and what to do. */
export function showAttention(groups: readonly AttentionGroup[], items: readonly AttentionItem[], look: Look): string {
  if (!look.isTerminal) return toTabs([...groups.map(toGroupRow), ...items.map(toItemRow)]).join("\n");
  if (groups.length + items.length === 0) return "Nothing needs a person.";
  return [
    ...groups.map((group) => block([`${words(group.reason)}: ${describeGroup(group)}`], group.action, look)),
    ...items.map((item) => block(describeItem(item, look.now), item.action, look)),
  ].join("\n\n");
}

const words = (reason: string) => reason.replaceAll("_", " ");

function describeGroup({ count, provider, region, errorCode, host }: AttentionGroup): string {
  const where = [provider, region, errorCode, host].filter(Boolean).join(" ");
  return `${count} ${count === 1 ? "request" : "requests"}${where ? `, ${where}` : ""}`;
}

function describeItem({ reason, connection }: AttentionItem, now: Date): string[] {
  const { id, status, statusReason, name, provider, region, vpnGatewayId, updatedAt } = connection;
  return [
    `${words(reason)}: ${id} ${name}, ${provider} ${region} ${vpnGatewayId}`,
    `${status} for ${toAge(updatedAt, now)}: ${statusReason}`,
  ];
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
