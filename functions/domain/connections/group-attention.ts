import type { Clock } from "../clock.ts";
import type { RequestErrorCode } from "../errors.ts";
import { groupBy } from "../group-by.ts";
import type { ConnectionStore } from "../ports.ts";
import { hoursBetween, sumBuckets } from "../stats/bucket.ts";
import { type Cell, countOf, toCells } from "../stats/outcomes.ts";
import { toFailingHosts } from "../stats/standing.ts";
import type { Tallies } from "../stats/tallies.ts";
import type { ProviderName } from "../values.ts";
import { findRefusedCredentials } from "./find-refused-credentials.ts";
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
  /** One of them, where one was read. */
  connectionId?: string;
}

/** In this hour and the one before: so many ended with one code in a region, and at least half of all that ended there. */
const fewestOfWave = 5;
/** So many requests are held up by one region's vendor, or by one host. */
const fewestHeld = 2;

/**
 * What the tenant's requests, or `everyTenant`'s, have in common, beside what is said of each of them: of `items`, and whether
 * those are all.
 */
export async function groupAttention(
  deps: { store: ConnectionStore; tallies: Tallies; clock: Clock },
  { tenant, items, isWhole }: { tenant: string; items: readonly Attention[]; isWhole: boolean },
): Promise<AttentionGroup[]> {
  const now = deps.clock.now();
  const hours = hoursBetween(new Date(now.getTime() - 3_600_000), now);
  const [buckets, open] = await Promise.all([deps.tallies.read(tenant, hours), deps.store.listOpen(tenant)]);
  const hosts = toFailingHosts(open.requests).filter(({ requests }) => requests >= fewestHeld);
  const refused = findRefusedCredentials({ tenant, items, hours, buckets });
  return [
    ...refused,
    ...findWaves(toCells(sumBuckets([...buckets.values()])), { items, isWhole }).filter(
      (wave) => !refused.some(isAlso(wave)),
    ),
    ...findUnreadable(items),
    ...hosts.map(({ host, requests }): AttentionGroup => ({
      reason: "webhook_host_failing",
      action: `Look at ${host}: it took none of the last attempts of ${requests} webhooks.`,
      count: requests,
      host,
      ...toExample(open.requests.find(({ webhookHost }) => webhookHost === host)),
    })),
  ];
}

function isAlso({ provider, region, errorCode }: AttentionGroup) {
  return (other: AttentionGroup) =>
    other.provider === provider && other.region === region && other.errorCode === errorCode;
}

function toExample(one: { id: string } | undefined): Pick<AttentionGroup, "connectionId"> {
  return one ? { connectionId: one.id } : {};
}

/** What was redriven since is no longer in it, where all that failed is known. */
function findWaves(
  cells: readonly Cell[],
  { items, isWhole }: { items: readonly Attention[]; isWhole: boolean },
): AttentionGroup[] {
  return [...groupBy(cells, ({ provider, region }) => `${provider}#${region}`).values()].flatMap((here) => {
    const total = countOf(here);
    return [...groupBy(here, ({ code }) => code)].flatMap(([code, those]): AttentionGroup[] => {
      const count = countOf(those);
      const [first] = those;
      if (!first || code === "" || code === "canceled" || count < fewestOfWave || count * 2 < total) return [];
      const { provider, region } = first;
      const failed = items.filter(
        ({ record: { request, error } }) =>
          request.provider === provider && request.region === region && error?.code === code,
      );
      if (isWhole && failed.length === 0) return [];
      const example = failed[0]?.record;
      // That of an unknown outcome is about one connection.
      const advice = example?.status === "failed" ? `${example.error?.advice} Then` : "Then";
      const action = `${count} of ${total} requests ended with ${code} within two hours: look at ${example?.id ?? "one of them"}. ${advice} redrive those that can be.`;
      const group = { provider, region, errorCode: code, ...toExample(example) };
      return [{ reason: "failure_wave", action, count: isWhole ? failed.length : count, ...group }];
    });
  });
}

function findUnreadable(items: readonly Attention[]): AttentionGroup[] {
  const held = items.filter(
    ({ reason, record }) => reason === "provider_problem" && record.providerProblem?.class !== "auth",
  );
  const placeOf = ({ record: { request } }: Attention) => `${request.provider}#${request.region}`;
  return [...groupBy(held, placeOf).values()].flatMap((those): AttentionGroup[] => {
    const [first] = those;
    if (!first || those.length < fewestHeld) return [];
    const { provider, region } = first.record.request;
    const action = `The vendor's answers in ${region} stand in the way of ${those.length} requests: ${first.action}`;
    return [
      { reason: "provider_unreadable", action, count: those.length, provider, region, ...toExample(first.record) },
    ];
  });
}
