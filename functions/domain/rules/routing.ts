import type { Flaw } from "../errors.ts";
import { type Network, overlaps, parseNetwork } from "../network/cidr.ts";
import { capabilities } from "../provider/capabilities.ts";
import { elsewhere } from "./elsewhere.ts";
import type { Rule } from "./rule.ts";

interface Place {
  text: string;
  pointer: string;
  /** Parsed once: lists of fifty are compared with lists of thousands. Absent for a text that names no network. */
  network?: Network;
}

function toPlace(text: string, pointer: string): Place {
  const network = parseNetwork(text);
  return { text, pointer, ...(network ? { network } : {}) };
}

function places(texts: readonly (string | undefined)[] | undefined, pointer: string): Place[] {
  return (texts ?? []).flatMap((text, index) => (text === undefined ? [] : [toPlace(text, `${pointer}/${index}`)]));
}

function overlapFlaws(locals: Place[], remotes: Place[]): Flaw[] {
  return remotes.flatMap((remote) => {
    const hit = locals.find((local) => placesOverlap(local, remote));
    const detail = `${remote.text} overlaps the local network ${hit?.text}`;
    return hit ? [{ pointer: remote.pointer, detail }] : [];
  });
}

function repeatedFlaws(list: Place[]): Flaw[] {
  const seen = new Set<string>();
  return list.flatMap(({ text, pointer }) => {
    if (seen.has(text)) return [{ pointer, detail: `${text} is listed twice` }];
    seen.add(text);
    return [];
  });
}

/** Networks that are not the same as an earlier one of the list, but share addresses with it. */
function nestedFlaws(list: Place[], title: string): Flaw[] {
  return list.flatMap((place, index) => {
    const hit = list.slice(0, index).find((earlier) => earlier.text !== place.text && placesOverlap(earlier, place));
    return hit ? [sharedFlaw(place, hit, title)] : [];
  });
}

function sharedFlaw({ pointer, text }: Place, hit: Place, title: string): Flaw {
  return { pointer, detail: `${text} overlaps ${hit.text}; at ${title} no two policies overlap on both sides` };
}

function placesOverlap(a: Place, b: Place): boolean {
  return a.network !== undefined && b.network !== undefined && overlaps(a.network, b.network);
}

/** Policy routing names its networks, in one of two ways; the other modes name none. */
const networksFitMode: Rule = ({ routing }) => {
  if (!routing?.mode) return [];
  const { mode, localCidrs, remoteCidrs, pairs } = routing;
  if (mode !== "policy") {
    return (["localCidrs", "remoteCidrs", "pairs"] as const)
      .filter((member) => routing[member] !== undefined)
      .map((member) => ({ pointer: `/routing/${member}`, detail: `is for mode policy only, not for mode ${mode}` }));
  }
  if (pairs !== undefined && (localCidrs !== undefined || remoteCidrs !== undefined)) {
    return [{ pointer: "/routing/pairs", detail: "give either pairs, or localCidrs and remoteCidrs" }];
  }
  if (pairs !== undefined || "pairs" in routing) return [];
  return (["localCidrs", "remoteCidrs"] as const)
    .filter((member) => !(member in routing))
    .map((member) => ({ pointer: `/routing/${member}`, detail: "is required for mode policy" }));
};

/** Local and remote networks are disjoint, and none stands twice. */
const networksAreDisjoint: Rule = ({ routing }) => {
  if (!routing) return [];
  const locals = places(routing.localCidrs, "/routing/localCidrs");
  const remotes = places(routing.remoteCidrs, "/routing/remoteCidrs");
  const pairs = routing.pairs ?? [];
  const pairLocals = pairs.flatMap((pair, index) =>
    pair?.local === undefined ? [] : [toPlace(pair.local, `/routing/pairs/${index}/local`)],
  );
  const pairRemotes = pairs.map((pair, index) => places(pair?.remotes, `/routing/pairs/${index}/remotes`));
  return [
    ...repeatedFlaws(locals),
    ...repeatedFlaws(remotes),
    ...repeatedFlaws(pairLocals),
    ...pairRemotes.flatMap(repeatedFlaws),
    ...overlapFlaws(locals, remotes),
    ...overlapFlaws(pairLocals, pairRemotes.flat()),
  ];
};

/** Where the vendor says so, no two policies overlap on both sides at once. */
const policiesAreDisjoint: Rule = ({ provider, routing }) => {
  if (!provider || !routing || capabilities[provider].policies.mayOverlap) return [];
  const { title } = capabilities[provider];
  const pairs = (routing.pairs ?? []).map((pair, index) => {
    const at = `/routing/pairs/${index}`;
    return { local: toPlace(pair?.local ?? "", `${at}/local`), remotes: places(pair?.remotes, `${at}/remotes`) };
  });
  const acrossPairs = pairs.flatMap(({ local, remotes }, index) => {
    const nested = pairs
      .slice(0, index)
      .filter((pair) => pair.local.text !== local.text && placesOverlap(pair.local, local));
    const theirs = nested.flatMap((pair) => pair.remotes);
    return remotes.flatMap((remote) => {
      const hit = theirs.find((earlier) => placesOverlap(earlier, remote));
      return hit ? [sharedFlaw(remote, hit, title)] : [];
    });
  });
  return [
    ...nestedFlaws(places(routing.localCidrs, "/routing/localCidrs"), title),
    ...nestedFlaws(places(routing.remoteCidrs, "/routing/remoteCidrs"), title),
    ...pairs.flatMap(({ remotes }) => nestedFlaws(remotes, title)),
    ...acrossPairs,
  ];
};

/** Pairs are every local network with every remote one, where the vendor takes two lists and joins them. */
const pairsFitProvider: Rule = ({ provider, routing }) => {
  const pairs = routing?.pairs;
  if (!provider || !pairs || capabilities[provider].policies.arbitraryPairs) return [];
  if (!pairs.every((pair) => pair?.remotes?.every((remote) => remote !== undefined))) return [];
  const lists = pairs.map((pair) => (pair?.remotes ?? []).map(String).toSorted().join());
  if (new Set(lists).size < 2) return [];
  const whoCan = elsewhere((row) => row.policies.arbitraryPairs, ["can express arbitrary pairs"]);
  const detail = `${capabilities[provider].title} joins every local with every remote network${whoCan}`;
  return [{ pointer: "/routing/pairs", detail }];
};

/** So many policies as a connection may have at the vendor: one for each local network. */
const policiesFitProvider: Rule = ({ provider, routing }) => {
  const row = provider && capabilities[provider];
  const most = row?.policies.most;
  if (!row || most === undefined) return [];
  return (["localCidrs", "pairs"] as const)
    .filter((member) => (routing?.[member]?.length ?? 0) > most)
    .map((member) => ({
      pointer: `/routing/${member}`,
      detail: `${row.title} takes at most ${most} local networks, a policy for each`,
    }));
};

export const routingRules: readonly Rule[] = [
  networksFitMode,
  networksAreDisjoint,
  policiesAreDisjoint,
  pairsFitProvider,
  policiesFitProvider,
];
