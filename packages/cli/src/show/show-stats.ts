import type { Stats } from "@vpn-broker/client";
import { toFacts } from "../text/facts.ts";
import type { Look } from "../text/look.ts";
import { toTable } from "../text/table.ts";
import { toSpan } from "../text/times.ts";

type Outcomes = Pick<Stats, "ended" | "successRate" | "secondsToSuccess">;

/** How requests ended within the window, and what is unfinished now. */
export function showStats(stats: Stats, look: Look): string {
  const { unfinished, queues, errors, failingWebhooks } = stats;
  const statuses = Object.entries(unfinished.byStatus).map(([status, count]) => `${count} ${status}`);
  const { oldest } = unfinished;
  const facts = toFacts(
    [
      ["window", `${stats.window}, from ${stats.from}`],
      ["ended", showEnded(stats)],
      ["success rate", showRate(stats)],
      ["to success", showSeconds(stats)],
      [
        "unfinished",
        `${unfinished.isWhole ? "" : "at least "}${unfinished.total}${statuses.length > 0 ? `: ${statuses.join(", ")}` : ""}`,
      ],
      ["oldest", oldest && `${oldest.id}, ${oldest.status}, ${toSpan(oldest.ageSeconds)}`],
    ],
    look,
  );
  const outcomes = [{ heading: "success" }, { heading: "to success", least: 10 }, { heading: "ended", least: 10 }];
  const rowOf = (one: Outcomes) => [showRate(one) ?? "-", showSeconds(one) ?? "-", showEnded(one)];
  return [
    facts,
    ...section(
      [{ heading: "region", least: 12 }, ...outcomes],
      stats.regions.map((one) => [`${one.provider} ${one.region}`, ...rowOf(one)]),
      look,
    ),
    ...section(
      [{ heading: "error" }, { heading: "vendor" }, { heading: "requests" }],
      errors.map(({ code, provider, count }) => [code, provider, String(count)]),
      look,
    ),
    ...section(
      [{ heading: "queue of", least: 12 }, { heading: "waiting" }, { heading: "oldest for" }, { heading: "oldest" }],
      queues.map(({ provider, region, vpnGatewayId, waiting, oldest: { id, ageSeconds } }) => [
        `${provider} ${region} ${vpnGatewayId}`,
        String(waiting),
        toSpan(ageSeconds),
        id,
      ]),
      look,
    ),
    ...section(
      [{ heading: "webhooks fail at", least: 12 }, { heading: "requests" }],
      failingWebhooks.map(({ host, requests }) => [host, String(requests)]),
      look,
    ),
  ].join("\n\n");
}

function section(...[columns, rows, look]: Parameters<typeof toTable>): string[] {
  return rows.length === 0 ? [] : [toTable(columns, rows, look)];
}

function showEnded({ ended }: Outcomes): string {
  const counts = Object.entries(ended).filter(([, count]) => count > 0);
  return counts.map(([status, count]) => `${count} ${status}`).join(", ") || "none";
}

const showRate = ({ successRate: rate }: Outcomes) => (rate === undefined ? undefined : `${(rate * 100).toFixed(1)} %`);

function showSeconds({ secondsToSuccess: seconds }: Outcomes): string | undefined {
  return seconds && `half within ${toSpan(seconds.p50)}, 95 % within ${toSpan(seconds.p95)}`;
}
