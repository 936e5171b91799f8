import type { Clock } from "../clock.ts";
import type { RequestErrorCode } from "../errors.ts";
import { groupBy } from "../group-by.ts";
import type { ConnectionStore } from "../ports.ts";
import { hoursBetween, sumBuckets } from "../stats/bucket.ts";
import { type Cell, countOf, toCells } from "../stats/outcomes.ts";
import { toFailingHosts } from "../stats/standing.ts";
import type { Tallies } from "../stats/tallies.ts";
import type { ProviderName } from "../values.ts";
import type { Attention } from "./list-attention.ts";

/** Why a person should look at several requests at once. */
export const groupReasons = ["failure_wave", "provider_unreadable", "webhook_host_failing"] as const;
export type GroupReason = (typeof groupReasons)[number];

/** What several requests have in common that need a person. */
export interface AttentionGroup {
  reason: GroupReason;
  action: string;
  /** Requests in it. */
  count: number;
  provider?: ProviderName;
  region?: string;
  errorCode?: RequestErrorCode;
  host?: string;
}

/** In this hour and the one before: so many ended with one code in a region, and at least half of all that ended there. */
const fewestOfWave = 5;
/** So many requests are held up by one region's vendor, or by one host. */
const fewestHeld = 2;

/** What the tenant's requests, or `everyTenant`'s, have in common, beside what is said of each of them. */
export async function groupAttention(
  deps: { store: ConnectionStore; tallies: Tallies; clock: Clock },
  { tenant, items }: { tenant: string; items: readonly Attention[] },
): Promise<AttentionGroup[]> {
  const now = deps.clock.now();
  const [buckets, open] = await Promise.all([
    deps.tallies.read(tenant, hoursBetween(new Date(now.getTime() - 3_600_000), now)),
    deps.store.listOpen(tenant),
  ]);
  const hosts = toFailingHosts(open.requests).filter(({ requests }) => requests >= fewestHeld);
  return [
    ...findWaves(toCells(sumBuckets([...buckets.values()]))),
    ...findUnreadable(items),
    ...hosts.map(({ host, requests }): AttentionGroup => ({
      reason: "webhook_host_failing",
      action: `Look at ${host}: it took none of the last attempts of ${requests} webhooks.`,
      count: requests,
      host,
    })),
  ];
}

function findWaves(cells: readonly Cell[]): AttentionGroup[] {
  return [...groupBy(cells, ({ provider, region }) => `${provider}#${region}`).values()].flatMap((here) => {
    const total = countOf(here);
    return [...groupBy(here, ({ code }) => code)].flatMap(([code, those]): AttentionGroup[] => {
      const count = countOf(those);
      const [first] = those;
      if (!first || code === "" || code === "canceled" || count < fewestOfWave || count * 2 < total) return [];
      const { provider, region } = first;
      const action = `${count} of ${total} requests ended with ${code} within two hours: look at one of them, then redrive those that can be.`;
      return [{ reason: "failure_wave", action, count, provider, region, errorCode: code }];
    });
  });
}

function findUnreadable(items: readonly Attention[]): AttentionGroup[] {
  const held = items.filter(({ reason }) => reason === "provider_problem");
  const placeOf = ({ record: { request } }: Attention) => `${request.provider}#${request.region}`;
  return [...groupBy(held, placeOf).values()].flatMap((those): AttentionGroup[] => {
    const [first] = those;
    if (!first || those.length < fewestHeld) return [];
    const { provider, region } = first.record.request;
    const action = `The vendor's answers in ${region} stand in the way of ${those.length} requests: ${first.action}`;
    return [{ reason: "provider_unreadable", action, count: those.length, provider, region }];
  });
}
