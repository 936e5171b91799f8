import { groupBy } from "../group-by.ts";
import { capabilities } from "../provider/capabilities.ts";
import type { ConnectionRecord } from "../record/connection-record.ts";
import { type Bucket, hourOf, startOfHour } from "../stats/bucket.ts";
import { type Cell, countOf, toCells } from "../stats/outcomes.ts";
import { nameOf } from "../tenants/may-be-sent.ts";
import { everyTenant } from "../tenants/tenant.ts";
import type { AttentionGroup } from "./group-attention.ts";
import type { Attention } from "./list-attention.ts";

interface Asked {
  tenant: string;
  items: readonly Attention[];
  /** Those that are looked at, oldest first, and what ended in them. */
  hours: readonly string[];
  buckets: ReadonlyMap<string, Bucket>;
}

const code = "provider_auth";
const placeOf = ({ provider, region }: Pick<Cell, "provider" | "region">) => `${provider}#${region}`;

/**
 * Where a vendor refuses credentials, or what they may do, the first request says what will become of all others. By those
 * on the page, which say whose credentials it is; of a place where it has none by what was counted there, which does not tell
 * a vendor's refusal from what an operator has taken away.
 */
export function findRefusedCredentials(asked: Asked): AttentionGroup[] {
  const told = asked.items.filter(({ record }) => record.error?.code === code || refusedAt(record) !== undefined);
  const known = new Set(told.map(({ record }) => placeOf(record.request)));
  return [...findAmong(told, asked), ...findCounted(known, asked)];
}

function findAmong(told: readonly Attention[], { tenant, hours, buckets }: Asked): AttentionGroup[] {
  const from = startOfHour(hours[0] ?? "").toISOString();
  const refused = told.flatMap(({ record }) => {
    const at = refusedAt(record);
    return at !== undefined && at >= from ? [{ record, at }] : [];
  });
  const keyOf = ({ record: { request, credentials = "" } }: { record: ConnectionRecord }) =>
    `${placeOf(request)}#${credentials}`;
  return [...groupBy(refused, keyOf).values()].flatMap((those): AttentionGroup[] => {
    const [last] = those.toSorted((a, b) => (a.at < b.at ? 1 : -1));
    if (!last) return [];
    const { request, credentials, id, error, providerProblem } = last.record;
    const { provider, region } = request;
    // Of everybody's successes nobody knows which were with a tenant's own credentials.
    const tells = credentials === undefined || tenant !== everyTenant;
    const after = hours.filter((hour) => hour > hourOf(last.at));
    if (tells && succeeded(placeOf(request), after, buckets)) return [];
    const advice = error?.advice ?? providerProblem?.advice ?? "";
    const action = `With ${nameOf(credentials)} credentials every request at ${capabilities[provider].title}, ${region}, is likely to end as ${id}: ${advice} Then redrive those that failed.`;
    const group = { provider, region, errorCode: code, connectionId: id } as const;
    return [{ reason: "failure_wave", action, count: those.length, ...group }];
  });
}

/** When a vendor last refused it access, or there were no credentials to ask with; undefined where an operator took something away. */
function refusedAt({ error, providerProblem, completedAt, events }: ConnectionRecord): string | undefined {
  if (providerProblem?.class === "auth") return providerProblem.lastAt;
  if (error?.code !== code) return undefined;
  const unread = () => events.some((event) => event.type === "vendor_call" && event.outcome === "auth");
  return error.providerCode !== undefined || unread() ? completedAt : undefined;
}

function findCounted(known: ReadonlySet<string>, { hours, buckets }: Asked): AttentionGroup[] {
  const places = groupBy(cellsOf(hours, buckets), placeOf);
  return [...places].flatMap(([place, here]): AttentionGroup[] => {
    const those = here.filter((cell) => cell.code === code);
    const [first] = those;
    if (!first || known.has(place)) return [];
    const last = hours.findLast((hour) =>
      cellsOf([hour], buckets).some((cell) => cell.code === code && placeOf(cell) === place),
    );
    const since = hours.filter((hour) => last !== undefined && hour >= last);
    if (succeeded(place, since, buckets)) return [];
    const { provider, region } = first;
    const count = countOf(those);
    const action = `${count} of ${countOf(here)} requests ended with ${code} within two hours, and none has succeeded since: their credentials are refused, or an operator has taken something from their tenant. Read the advice of one of them.`;
    return [{ reason: "failure_wave", action, count, provider, region, errorCode: code }];
  });
}

function cellsOf(hours: readonly string[], buckets: ReadonlyMap<string, Bucket>): Cell[] {
  return hours.flatMap((hour) => toCells(buckets.get(hour) ?? { counts: {} }));
}

function succeeded(place: string, hours: readonly string[], buckets: ReadonlyMap<string, Bucket>): boolean {
  return cellsOf(hours, buckets).some((cell) => cell.status === "succeeded" && placeOf(cell) === place);
}
