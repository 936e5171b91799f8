import { toPointer } from "../json-pointer.ts";
import { formatNetwork, parseNetwork } from "../network/cidr.ts";
import type { ReportedParameters } from "../provider/reported.ts";
import type { EffectiveRequest } from "../request/apply-defaults.ts";
import { vendorDefault } from "../request/create-request.ts";
import { toNameForm } from "./ids.ts";

type Routing = NonNullable<ReportedParameters["routing"]>;
type Pairs = NonNullable<Routing["pairs"]>;

/**
 * A report in the form in which this request was written, so that one can be laid beside the other: networks as lists or as
 * pairs, tunnels and networks in the request's order. Other tags than the request's are somebody else's.
 */
export function fitReport(
  request: EffectiveRequest,
  { routing, tunnels, tags = {}, ...rest }: ReportedParameters,
): ReportedParameters {
  const ours = Object.entries(tags).filter(([key]) => Object.hasOwn(request.tags ?? {}, key));
  return {
    ...rest,
    ...(routing ? { routing: fitRouting(request.routing, routing) } : {}),
    ...(tunnels ? { tunnels: fitTunnels(request, tunnels) } : {}),
    ...(ours.length > 0 ? { tags: Object.fromEntries(ours) } : {}),
  };
}

/** With one tunnel there is nothing to tell apart; of two, each is known by its role. */
function fitTunnels(request: EffectiveRequest, tunnels: NonNullable<ReportedParameters["tunnels"]>) {
  if (request.tunnels.length === 1) return tunnels.slice(0, 1);
  return request.tunnels.map(({ role }) => tunnels.find((tunnel) => tunnel.role === role) ?? {});
}

function fitRouting(asked: EffectiveRequest["routing"], { mode, ...networks }: Routing): Routing {
  const known = mode === undefined ? {} : { mode };
  const found = toPairs(networks);
  if (found.length === 0) return known;
  if (asked.pairs) return { ...known, pairs: sortPairs(found, asked.pairs) };
  const pairs = sortPairs(
    found,
    (asked.localCidrs ?? []).map((local) => ({ local, remotes: asked.remoteCidrs ?? [] })),
  );
  const [first] = pairs;
  if (!first || !pairs.every(({ remotes }) => isSameSet(remotes, first.remotes))) return { ...known, pairs };
  return { ...known, localCidrs: pairs.map(({ local }) => local), remoteCidrs: first.remotes };
}

/** Which network may talk to which, each local one once and each network as we write it. */
function toPairs({ localCidrs = [], remoteCidrs = [], pairs }: Omit<Routing, "mode">): Pairs {
  const remotesOf = new Map<string, Set<string>>();
  for (const { local, remotes } of pairs ?? localCidrs.map((one) => ({ local: one, remotes: remoteCidrs }))) {
    const known = remotesOf.get(toNetwork(local)) ?? new Set();
    remotesOf.set(toNetwork(local), new Set([...known, ...remotes.map(toNetwork)]));
  }
  return [...remotesOf].map(([local, remotes]) => ({ local, remotes: [...remotes] }));
}

function toNetwork(text: string): string {
  const network = parseNetwork(text);
  return network ? formatNetwork(network) : text;
}

/** In the order of those that were asked for; others behind them. */
function sortPairs(found: Pairs, asked: Pairs): Pairs {
  const locals = asked.map(({ local }) => local);
  return found
    .toSorted((a, b) => placeIn(locals, a.local) - placeIn(locals, b.local))
    .map(({ local, remotes }) => {
      const order = asked.find((one) => one.local === local)?.remotes ?? asked[0]?.remotes ?? [];
      return { local, remotes: remotes.toSorted((a, b) => placeIn(order, a) - placeIn(order, b)) };
    });
}

function placeIn(order: readonly string[], item: string): number {
  const place = order.indexOf(item);
  return place < 0 ? order.length : place;
}

function isSameSet(a: readonly string[], b: readonly string[]): boolean {
  const [one, other] = [new Set(a), new Set(b)];
  return one.size === other.size && a.every((item) => other.has(item));
}

/**
 * RFC 6901 pointers into the request to what a fitted report has with another value. What is on one side only is no
 * difference, and so is what was left to the vendor; of what both have switched off the other settings do not count. `name` is
 * what the connection was to be called at the vendor.
 */
export function findReportedDifferences(
  request: EffectiveRequest,
  name: string,
  reported: ReportedParameters,
): string[] {
  const { routing, ...rest } = reported;
  const inForm = rest.name !== undefined && toNameForm(rest.name) === toNameForm(name) ? { name } : {};
  const { routing: askedRouting, ...asked } = { ...request, name };
  return [...compare(asked, { ...rest, ...inForm }, []), ...(routing ? compareRouting(askedRouting, routing) : [])];
}

function compare(asked: unknown, told: unknown, path: readonly PropertyKey[]): string[] {
  if (asked === undefined || told === undefined || asked === vendorDefault || asked === told) return [];
  if (typeof asked !== "object" || typeof told !== "object" || asked === null || told === null)
    return [toPointer(path)];
  const [members, others] = [asked as Readonly<Record<string, unknown>>, told as Readonly<Record<string, unknown>>];
  if (members["enabled"] === false && others["enabled"] === false) return [];
  return Object.entries(others).flatMap(([member, value]) =>
    Object.hasOwn(members, member) ? compare(members[member], value, [...path, member]) : [],
  );
}

function compareRouting(asked: EffectiveRequest["routing"], told: Routing): string[] {
  const modes = compare({ mode: asked.mode }, { mode: told.mode }, ["routing"]);
  const found = toPairs(told);
  if (found.length === 0) return modes;
  const differs = asked.pairs
    ? { pairs: !isSameSet(toTexts(found), toTexts(asked.pairs)) }
    : {
        localCidrs:
          asked.localCidrs &&
          !isSameSet(
            found.map(({ local }) => local),
            asked.localCidrs,
          ),
        remoteCidrs: asked.remoteCidrs && !found.every(({ remotes }) => isSameSet(remotes, asked.remoteCidrs ?? [])),
      };
  const members = Object.entries(differs).flatMap(([member, isOther]) => (isOther ? member : []));
  return [...modes, ...members.map((member) => toPointer(["routing", member]))];
}

const toTexts = (pairs: Pairs) => pairs.flatMap(({ local, remotes }) => remotes.map((remote) => `${local} ${remote}`));
