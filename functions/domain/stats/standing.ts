import { groupBy } from "../group-by.ts";
import type { OpenRequest } from "../ports.ts";
import { isFinal, type Status } from "../record/status.ts";
import type { ProviderName } from "../values.ts";

/** The request that has been there for the longest. */
export interface Oldest {
  id: string;
  status: Status;
  createdAt: string;
  ageSeconds: number;
}

/** How things stand now. */
export interface Standing {
  unfinished: { total: number; byStatus: Partial<Record<Status, number>>; oldest?: Oldest; isWhole: boolean };
  /** Requests that have not been sent yet, by gateway: the longest queues first, 100 at most. */
  queues: { provider: ProviderName; region: string; vpnGatewayId: string; waiting: number; oldest: Oldest }[];
  /** Hosts that did not take a webhook at its last attempt, those given up among them: those of most requests, 100 at most. */
  failingWebhooks: { host: string; requests: number }[];
}

const [mostQueues, mostHosts] = [100, 100];

/** What is told of these requests; `isWhole` is false where there are more of them than were read. */
export function toStanding(
  { requests, isWhole }: { requests: readonly OpenRequest[]; isWhole: boolean },
  now: Date,
): Standing {
  const unfinished = requests.filter(({ status }) => !isFinal(status));
  const oldest = toOldest(unfinished, now);
  const byStatus = [...groupBy(unfinished, ({ status }) => status)].map(([status, those]) => [status, those.length]);
  return {
    unfinished: {
      total: unfinished.length,
      byStatus: Object.fromEntries(byStatus),
      ...(oldest ? { oldest } : {}),
      isWhole,
    },
    queues: toQueues(unfinished, now),
    failingWebhooks: toFailingHosts(requests),
  };
}

export function toFailingHosts(requests: readonly OpenRequest[]): Standing["failingWebhooks"] {
  const hosts = groupBy(
    requests.flatMap(({ webhookHost }) => webhookHost ?? []),
    (host) => host,
  );
  return [...hosts]
    .map(([host, those]) => ({ host, requests: those.length }))
    .toSorted((a, b) => b.requests - a.requests)
    .slice(0, mostHosts);
}

function toQueues(unfinished: readonly OpenRequest[], now: Date): Standing["queues"] {
  const waiting = unfinished.filter(({ status }) => status === "accepted" || status === "queued");
  const gateways = groupBy(waiting, (one) => [one.provider, one.region, one.vpnGatewayId].join("#"));
  const queues = [...gateways.values()].flatMap((those) => {
    const [first, oldest] = [those[0], toOldest(those, now)];
    if (!first || !oldest) return [];
    const { provider, region, vpnGatewayId } = first;
    return [{ provider, region, vpnGatewayId, waiting: those.length, oldest }];
  });
  return queues.toSorted((a, b) => b.waiting - a.waiting).slice(0, mostQueues);
}

function toOldest(requests: readonly OpenRequest[], now: Date): Oldest | undefined {
  const [first] = requests.toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
  if (!first) return undefined;
  const { id, status, createdAt } = first;
  return { id, status, createdAt, ageSeconds: Math.round((now.getTime() - Date.parse(createdAt)) / 1000) };
}
