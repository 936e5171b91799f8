import { type Connection, type Delivery, isFinal } from "@vpn-broker/client";
import { toFacts } from "../text/facts.ts";
import { type Look, paintStatus } from "../text/look.ts";
import { toSpan, toTime } from "../text/times.ts";
import { toAttemptOutcome } from "./event-row.ts";
import { toNextCommand } from "./next-command.ts";
import { showDifferences } from "./show-differences.ts";

/** Everything that matters of a request, the most urgent first; of its webhooks the newest, if they were asked for. */
export function showConnection(connection: Connection, look: Look, [webhook]: readonly Delivery[] = []): string {
  const { id, name, status, statusReason, tunnels, queue, providerProblem: problem, error } = connection;
  const time = (at: string | undefined) => (at === undefined ? undefined : toTime(at, look.now));
  const facts = toFacts(
    [
      ["id", id],
      ["name", name],
      ["status", error?.message === statusReason ? status : `${status}: ${statusReason}`],
      ["error", error && `${error.code}${error.providerCode ? ` (${error.providerCode})` : ""}: ${error.message}`],
      ["what to do", error?.advice],
      ["in the way", problem && showProblem(problem, look.now)],
      ["what to do", problem?.advice],
      ["queue", queue && `place ${queue.position} among this tenant's, ${queue.ahead} of all ahead`],
      ["gateway", `${connection.vpnGatewayId}, ${connection.provider} ${connection.region}`],
      [
        "at the vendor",
        `${connection.providerConnectionId ?? (isFinal(connection) ? "no id known" : "no id known yet")}, named ${connection.providerConnectionName}`,
      ],
      ...tunnels.map(({ state, reason }, index) => [`tunnel ${index + 1}`, `${state}: ${reason}`] as const),
      ...showDifferences(connection).map((difference) => ["differs", difference] as const),
      ...connection.warnings.map((warning) => ["warning", warning] as const),
      ["webhook", webhook && showWebhook(webhook, connection.request.callback?.url)],
      ["accepted", time(connection.createdAt)],
      ["changed", time(connection.updatedAt)],
      ["expected", time(connection.estimatedCompletionAt)],
      ["ended", time(connection.completedAt)],
      ["creates sent", String(connection.attempts)],
      ["client token", connection.clientToken],
      ["vendor's id of the call", error?.providerRequestId],
      ["next", look.isTerminal ? toNextCommand(connection) : undefined],
    ],
    look,
  );
  return look.hasColors ? facts.replace(`  ${status}`, `  ${paintStatus(status, status, look)}`) : facts;
}

function showProblem(
  { action, class: kind, code, count, since, requestId }: NonNullable<Connection["providerProblem"]>,
  now: Date,
) {
  const seconds = (now.getTime() - Date.parse(since)) / 1000;
  const times = count === 1 ? "once" : `${count} times`;
  return `${action} answers ${code ?? kind}, ${times} in ${toSpan(seconds)}${requestId ? `; the vendor's id of the call is ${requestId}` : ""}`;
}

function showWebhook({ state, attempts, nextAttemptAt }: Delivery, url = "the tenant's webhook URL"): string {
  const last = attempts.at(-1);
  const told = last
    ? `, ${attempts.length} ${attempts.length === 1 ? "attempt" : "attempts"}, the last one: ${toAttemptOutcome(last)}`
    : "";
  return `${state}${told}${nextAttemptAt ? `; again at ${nextAttemptAt}` : ""}; to ${url}`;
}
